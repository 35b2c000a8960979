"""Regions: GB/T 2260 codes to township, their history, how they are found, and the words each place uses."""
