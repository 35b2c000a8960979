"""A run's folder is private, gone with the run, and removed by the next one where a run was killed."""

import stat
from pathlib import Path

import pytest

from chelun.engines.matching import MatchingError
from chelun.engines.matching.folders import LOCK, PREFIX, private_folder, sweep


def test_folder_is_private_and_gone_at_the_end(tmp_path: Path) -> None:
    with private_folder(tmp_path) as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "spill").write_text("x")
    assert list(tmp_path.iterdir()) == []


def test_folder_is_gone_after_a_failure(tmp_path: Path) -> None:
    with pytest.raises(NotADirectoryError), private_folder(tmp_path) as folder:
        (folder / LOCK / "spill").write_text("x")
    assert list(tmp_path.iterdir()) == []


def test_folder_of_a_killed_run_is_removed_and_that_of_a_living_one_stays(tmp_path: Path) -> None:
    left = tmp_path / f"{PREFIX}left"
    left.mkdir()
    (left / LOCK).touch()
    (left / "spill").write_text("x")
    with private_folder(tmp_path) as living:
        assert not left.exists()
        assert sweep(tmp_path) == 0
        assert living.exists()


def test_what_is_no_folder_of_a_run_stays(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / LOCK).touch()
    (tmp_path / f"{PREFIX}link").symlink_to(elsewhere)
    (tmp_path / f"{PREFIX}file").touch()
    (tmp_path / f"{PREFIX}new").mkdir()
    before = sorted(tmp_path.iterdir())
    assert sweep(tmp_path) == 0
    assert sorted(tmp_path.iterdir()) == before
    assert (elsewhere / LOCK).exists()


def test_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    with pytest.raises(MatchingError, match="--work") as refused, private_folder(tmp_path / "nowhere"):
        pass
    assert refused.value.code == "folder"
