"""Writes of sheets: `files` keeps bytes sealed; `receiving` → `mapping` → `checking` → `publishing` → `undoing` is the way
of a file into a register."""
