"""Screens of accounts and of the audit trail, one module each."""
