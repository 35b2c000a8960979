"""The invented 美姑县: 64 truck drivers in three fields, Yi-style names among them."""
