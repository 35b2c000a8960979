"""The `chelun` command: Django's management commands under the product's name."""

import gc
import os
import sys
from collections.abc import Mapping
from contextlib import suppress

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.utils import translation


def main() -> None:
    """Run one command; settings are production's unless DJANGO_SETTINGS_MODULE says otherwise.

    Settings that are refused end it with a sentence.
    """
    # Keys are made before there are any, so that command must not ask for them.
    found = "base" if sys.argv[1:3] in (["keys", "new"], ["keys", "add-data-key"]) else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"config.settings.{found}")
    begin()
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")


def begin() -> None:
    """Set Django up in the operator's language; settings that are refused are reported by the command itself.

    What a start makes stays: looking through it again and again for something to throw away is a quarter of its time.
    """
    gc.disable()
    with suppress(ImproperlyConfigured):
        django.setup()
        if wants_english(os.environ):
            translation.activate("en")
    gc.freeze()
    gc.enable()


def wants_english(environment: Mapping[str, str]) -> bool:
    """Whether the operator's locale is English (LC_ALL before LC_MESSAGES before LANG); Chinese otherwise."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = next((environment[name] for name in names if environment.get(name)), "")
    return chosen.partition(".")[0].partition("_")[0] == "en"


if __name__ == "__main__":
    main()
