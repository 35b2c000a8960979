"""What regions tells: a place has decided a setting otherwise. Arguments: `region`, `key`."""

from django.dispatch import Signal

setting_changed = Signal()
