"""Commands of the sheets app."""
