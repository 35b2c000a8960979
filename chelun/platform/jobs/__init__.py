"""Jobs: long work with progress, cancel, retry, and restart after a kill; the same on SQLite and PostgreSQL."""
