"""Pages of the firms app: the list of lights, registers by threshold."""
