"""What names, places and firms of the benchmark are put together from; where each list is from stands in its head."""
