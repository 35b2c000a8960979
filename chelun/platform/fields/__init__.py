"""Fields that a place adds to the registers by itself, without code."""
