"""What sheets tell the rooms above."""

from django.dispatch import Signal

batch_published = Signal()
"""A batch has become visible; `batch` is its id. Sent after the commit."""
