"""Backing up and restoring a whole installation: the database, the files, and – apart from both – each person's key."""

from chelun.platform.jobs.safekeeping.manifest import Manifest
from chelun.platform.jobs.safekeeping.services import AFTER_RESTORE, backup, check, restore

__all__ = ["AFTER_RESTORE", "Manifest", "backup", "check", "restore"]
