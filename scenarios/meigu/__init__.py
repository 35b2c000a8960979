"""The invented 美姑县 (S3): 64 truck drivers in three fields, Yi-style names among them."""
