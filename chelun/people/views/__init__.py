"""Pages of the registers, one module a screen."""
