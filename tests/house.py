"""What the tests of the house share: the files under version control, the layers, and who owns a template or a model."""

import subprocess
import tomllib
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(settings.BASE_DIR)


def tracked(*patterns: str) -> list[Path]:
    """The files under version control (or about to be) that fit the patterns, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", *patterns],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = sorted(set(filter(None, listed.stdout.split("\0"))))
    return [Path(name) for name in names if (ROOT / name).exists()]


def contracts() -> dict[str, Any]:
    """The layers that import-linter checks, by the name of the contract."""
    linter = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    return {contract["name"]: contract for contract in linter["contracts"]}


def layer_order() -> list[str]:
    """The rooms of the house as dotted packages, lowest first; the platform's rooms in its place."""
    order: list[str] = []
    for room in reversed(contracts()["Rooms"]["layers"]):
        inner = reversed(contracts()["Platform"]["layers"]) if room == "platform" else ()
        order += [f"chelun.platform.{name}" for name in inner] or [f"chelun.{room}"]
    return order


def rank(package: str) -> int:
    """How high a package stands; what is not ours stands below everything."""
    for place, room in enumerate(layer_order()):
        if package == room or package.startswith(f"{room}."):
            return place
    return -1


def our_apps() -> list[str]:
    """The dotted packages of our Django apps."""
    return [config.name for config in apps.get_app_configs() if config.name.startswith("chelun.")]


def our_models() -> list[type[models.Model]]:
    """Our tables, in the order of their labels."""
    found = [model for model in apps.get_models() if model.__module__.startswith("chelun.")]
    return sorted(found, key=lambda model: model._meta.label)


def package_of(path: Path) -> str:
    """The app in whose folder a file lies, as a dotted package; '' outside of all apps."""
    dotted = ".".join(path.parts)
    owners = [app for app in our_apps() if dotted.startswith(f"{app}.")]
    return max(owners, key=len, default="")
