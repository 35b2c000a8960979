"""Writes of accounts, by noun: login, passwords, sessions, factors, accounts, grants."""
