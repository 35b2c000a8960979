"""Commands of the cockpit."""
