"""Pages of the cockpit: the start page, a region, what indicators mean, the quality of the data."""
