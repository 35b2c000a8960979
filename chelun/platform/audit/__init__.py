"""The audit trail: a keyed, append-only hash chain that everybody writes and nobody edits. Lowest room of the platform."""
