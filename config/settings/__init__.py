"""Settings: `base` for all, then `dev`, `test`, `production`."""
