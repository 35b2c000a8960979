"""The workbooks of each place, written once for all tests."""

from pathlib import Path

import pytest

from scenarios.common.model import WorkbookInfo
from scenarios.places import PLACES

Made = dict[str, list[WorkbookInfo]]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder: Path = tmp_path_factory.mktemp("scenarios")
    return {name: place.make(folder / name) for name, place in PLACES.items()}
