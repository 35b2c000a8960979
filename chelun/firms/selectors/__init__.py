"""Reads of the firms app."""
