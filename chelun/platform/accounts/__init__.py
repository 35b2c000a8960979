"""Accounts: who may log in, what a role may do, and where. Also shows the audit trail's pages (audit has none of its own)."""
