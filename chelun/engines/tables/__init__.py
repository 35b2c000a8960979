"""Tables as people have them: spreadsheets read from their bytes, and what their columns mean."""
