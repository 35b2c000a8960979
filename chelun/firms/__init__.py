"""Firms: what the rooms below know of each, as lights that go out by themselves and registers by threshold."""
