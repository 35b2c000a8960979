"""What pages of the firms app show."""
