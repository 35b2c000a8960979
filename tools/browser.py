"""Where this machine keeps a Chromium, if it has one."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium() -> str | None:
    """The path of a Chromium: CHELUN_CHROMIUM first, then the usual names."""
    named = os.environ.get("CHELUN_CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next((path for name in NAMES if (path := shutil.which(name))), None)
