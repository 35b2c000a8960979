"""For the tests: fast hashes of passwords and passphrases, a database of its own, files in a temporary folder."""

import os
import tempfile
from pathlib import Path

from config.settings.dev import *  # noqa: F403
from config.settings.dev import BASE_DIR, database

DEBUG = False
DATABASES = {
    "default": database(os.environ.get("TEST_DATABASE_URL") or f"sqlite:///{BASE_DIR}/var/test.sqlite3")
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CHELUN_SEALING_COST = 1 << 4
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
VAR_DIR = Path(tempfile.gettempdir()) / f"chelun-test-{os.getpid()}"
# Processes that a test starts are told where the test's files lie.
CHELUN_FILES_DIR = Path(os.environ.get("CHELUN_FILES_DIR") or VAR_DIR / "files")
CHELUN_ANCHOR_DIR = Path(os.environ.get("CHELUN_ANCHOR_DIR") or VAR_DIR / "anchors")
CHELUN_TOMBSTONE_DIR = Path(os.environ.get("CHELUN_TOMBSTONE_DIR") or VAR_DIR / "tombstones")
CHELUN_OUTLINE_CACHE = VAR_DIR / "outlines"
STATIC_ROOT = VAR_DIR / "static"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production: threads and worker processes meet the same locks.
    VAR_DIR.mkdir(exist_ok=True)
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / "test.sqlite3"}
else:
    # No test takes the power away: a commit need not wait for the disk.
    DATABASES["default"]["OPTIONS"] = {"options": "-c synchronous_commit=off"}
WHITENOISE_AUTOREFRESH = True
