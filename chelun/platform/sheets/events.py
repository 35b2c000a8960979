"""What sheets tell the rooms above."""

from django.dispatch import Signal

batch_published = Signal()
"""A batch becomes visible; `batch` is its id. Sent in the transaction that shows it, so that what a receiver asks for
is not lost when the process dies at that moment: it may queue a job, and must do nothing that takes time."""
place_written = Signal()
"""Rows of a place are changed by hand, without a batch. Sent in the transaction that changes them, once the place is held;
a receiver may queue a job, and must do nothing that takes time."""
