"""A bureau's own form: a workbook with titles, heads, notes and totals, filled without being redrawn. No Django.

See README.md.
"""
