"""`chelun scenario`."""
