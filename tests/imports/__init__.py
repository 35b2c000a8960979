"""Journeys of a sheet through the whole house: upload, columns, check, publication, undo, as a clerk and as a command."""
