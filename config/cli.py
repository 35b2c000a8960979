"""The `chelun` command: Django's management commands under the product's name."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; settings are production's unless DJANGO_SETTINGS_MODULE says otherwise."""
    # Keys are made before there are any, so that command must not ask for them.
    found = "base" if sys.argv[1:3] in (["keys", "new"], ["keys", "add-data-key"]) else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{found}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
