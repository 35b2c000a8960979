"""`chelun regions`."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

pytestmark = pytest.mark.usefixtures("places")


def run(*words: str) -> str:
    out = StringIO()
    call_command("regions", *words, stdout=out)
    return out.getvalue().strip()


def test_command_show_explains_a_code() -> None:
    assert run("show", "610924") == "610924 陕西省 安康市 紫阳县 (2000)"
    assert run("show", "513425").splitlines()[1] == "→ 513402"
    with pytest.raises(CommandError):
        run("show", "999999")


def test_command_load_counts() -> None:
    done = dict(part.split("=") for part in run("load", "--province", "61").split())
    assert done.keys() == {"created", "changed", "unchanged", "retired", "changes"}
    assert int(done["unchanged"]) > 1000


def test_command_load_says_what_is_missing(settings: Settings, tmp_path: Path) -> None:
    settings.CHELUN_GEODATA_DIR = tmp_path
    with pytest.raises(CommandError, match="make setup"):
        run("load")


def test_command_outlines_makes_files(settings: Settings, tmp_path: Path) -> None:
    corners = [[108.0, 32.0], [108.0, 33.0], [109.0, 33.0], [108.0, 32.0]]
    drawn = {"properties": {"code": "610924"}, "geometry": {"type": "Polygon", "coordinates": [corners]}}
    (tmp_path / "district.geojson").write_text(json.dumps({"features": [drawn]}), "utf-8")
    settings.CHELUN_OUTLINES_DIR = str(tmp_path)
    settings.CHELUN_OUTLINE_CACHE = tmp_path / "made"
    assert run("outlines").startswith("files=3 示意图")
