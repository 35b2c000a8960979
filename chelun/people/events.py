"""What the registers tell the rooms above."""

from django.dispatch import Signal

files_joined = Signal()
"""Many files of a place have been joined or parted by one act; `bulk` is its id. Sent in the transaction that ends the act,
so a receiver may queue a job, and must do nothing that takes time."""
