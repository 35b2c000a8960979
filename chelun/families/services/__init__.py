"""Writes of families."""
