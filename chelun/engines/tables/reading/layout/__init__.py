"""Finding tables on a sheet: where heads, titles, notes and side by side blocks are. No file is read here."""
