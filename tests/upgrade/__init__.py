"""The upgrade from earlier states, each with data that was written by that state's own code."""
