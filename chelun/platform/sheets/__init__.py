"""Sheets: spreadsheets as they are, from an upload to a register, and back out. Knows no register by name."""
