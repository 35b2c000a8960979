"""The workbooks of each place, written once for all tests."""

from pathlib import Path

import pytest

from scenarios.common.model import WorkbookInfo
from scenarios.places import PLACES, sichuan

FIXED = [name for name, place in PLACES.items() if place.scaled is None]
"""The places whose workbooks are written down one by one; the province is tried at a small scale, two cities of it."""
SMALL, TWO = 3_000, ("510400", "512000")
Made = dict[str, list[WorkbookInfo]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder: Path = tmp_path_factory.mktemp("scenarios")
    tried = {**PLACES, "sichuan": sichuan(SMALL, TWO)}
    return {name: place.make(folder / name) for name, place in tried.items()}
