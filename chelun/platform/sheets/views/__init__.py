"""Pages of the sheets app, by screen."""
