"""What privacy tells the rooms above."""

from django.dispatch import Signal

subject_erased = Signal()
"""Somebody was erased; `erasure` is the key of the proof. Sent in the transaction that erases: a receiver may queue a job."""
data_deleted = Signal()
"""Rows that were counted are gone; `after` names the erasure, or the job that deleted by term. A receiver may queue a job."""
erasure_declined = Signal()
"""An erasure was not approved; `erasure` is its key."""
