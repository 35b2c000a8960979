"""docs/how-to/add-a-register.md is true: somebody who does what it says, in a copy of the tree, has a register whose tests are green."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT, tracked
from tests.walking import follow

MADE = ("chelun/people/tests/test_routes.py", "chelun/people/tests/test_registers.py")


@pytest.mark.slow
def test_register_of_the_how_to_is_added_by_following_it(tmp_path: Path) -> None:
    tree = tmp_path / "house"
    for path in tracked(
        "chelun/**", "config/**", "scenarios/**", "tests/**", "tools/**", "conftest.py", "pyproject.toml"
    ):
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, tree / path)
    (tree / "frontend").mkdir()
    (tree / "frontend/node_modules").symlink_to(ROOT / "frontend/node_modules")
    page = (ROOT / "docs/how-to/add-a-register.md").read_text("utf-8")
    assert follow(page, tree) == []
    run(tree, "config.cli", "makemigrations", "people", "--name", "route", settings="config.settings.dev")
    run(tree, "pytest", "-n0", "-q", "-p", "no:cacheprovider", *MADE)


def run(tree: Path, *command: str, settings: str = "config.settings.test") -> None:
    """A command in the copy, on SQLite."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        "DJANGO_SETTINGS_MODULE": settings, "PYTHONPATH": str(tree), "TEST_DATABASE_URL": "",
        "CHELUN_GEODATA_DIR": str(ROOT / "var/geodata"), "CHELUN_VAR": str(tree / "var"),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)}\n{done.stdout[-6000:]}\n{done.stderr[-3000:]}")
