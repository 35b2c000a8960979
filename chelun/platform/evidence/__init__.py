"""Photos and documents attached to a record: sealed, stripped, opened for a reason, known again by what they show."""
