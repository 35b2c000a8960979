"""Decisions of the cockpit without tables and clock."""
