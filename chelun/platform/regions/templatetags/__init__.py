"""Template tags of the regions app."""
