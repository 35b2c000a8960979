"""Reads of the sheets app, by what is read: imports, their columns, their results, files."""
