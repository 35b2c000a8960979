"""Pages of the regions app: the directory, what places decide, outlines for maps."""
