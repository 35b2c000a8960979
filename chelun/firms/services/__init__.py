"""Writes of the firms app."""
