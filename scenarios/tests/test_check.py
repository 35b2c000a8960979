"""What is compared with what, and the command's answers."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from chelun.platform.accounts.models import User
from chelun.platform.accounts.roles import ROLES
from scenarios.accounts import PASSWORD_FILE, clerk_of, logins_of
from scenarios.check import COUNTERS, LISTERS, Count, ImportCount
from scenarios.common.model import Figures, Stated
from scenarios.places import PLACES

AT_LEAST = Stated("firms", "S0", "多于8家", "企业", 8, "at_least")
EXACT = Stated("firms", "S0", "8家", "企业", 8)


@pytest.fixture(autouse=True)
def _own_var(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path


def test_count_holds_exactly_or_at_least() -> None:
    assert [Count(EXACT, number).holds for number in (7, 8, 9)] == [False, True, False]
    assert [Count(AT_LEAST, number).holds for number in (7, 8, 9)] == [False, True, True]


def test_more_than_is_more_than_and_lists_line_by_line() -> None:
    more = Stated("firms", "S2", "8余家", "企业", 8, "more_than")
    assert [Count(more, number).holds for number in (8, 9)] == [False, True]
    listed = Stated("fleets_of_50", "S1", "名录", "企业", 2, listed=("甲 50 55", "乙 51 56"))
    assert Count(listed, 2, lines=("乙 51 56", "甲 50 55")).holds
    assert Count(listed, 2, lines=("乙 51 56", "丙 50 55")).differences == ["丙 50 55", "甲 50 55"]
    assert not Count(listed, 2, lines=("乙 51 56", "丙 50 55")).holds


def test_stated_numbers_have_counters() -> None:
    stated = [each for place in PLACES.values() for each in place.stated]
    assert {each.key for each in stated if not each.listed} == set(COUNTERS)
    assert {each.key for each in stated if each.listed} == set(LISTERS)
    assert all(each.number == len(each.listed) for each in stated if each.listed)


def test_import_count_names_each_difference() -> None:
    expected = Figures(rows=3, created=2, refused=1, dropped=("民族", "党派"))
    assert ImportCount("a", expected, Figures(rows=3, created=2, refused=1, dropped=("党派", "民族"))).holds
    wrong = ImportCount("a", expected, Figures(rows=3, created=1, joined=1, refused=1, dropped=("民族",)))
    assert set(wrong.differences()) == {"created", "joined", "dropped"}
    assert not ImportCount("a", expected, None).holds


@pytest.mark.django_db
def test_check_fails_for_a_place_that_was_not_loaded() -> None:
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("scenario", "check", "meigu", "--imports", stdout=out)
    assert caught.value.returncode == 1
    assert "64" in out.getvalue()
    assert "没有导入" in out.getvalue()


@pytest.mark.django_db
def test_accounts_are_made_once_for_every_role() -> None:
    place = PLACES["ziyang"]
    clerk = clerk_of(place)
    again = clerk_of(place)
    assert clerk.pk == again.pk
    assert clerk.has("sheets.import")
    assert User.objects.filter(is_demo=True).count() == len(ROLES)
    codes = {login.username: login.code for login in logins_of(place)}
    assert len(codes["ziyang-registrar"]) == 6
    assert codes["ziyang-clerk"] == ""


@pytest.mark.django_db
def test_password_is_drawn_and_set_again_when_its_file_is_lost(tmp_path: Path) -> None:
    clerk_of(PLACES["ziyang"])
    file = tmp_path / PASSWORD_FILE
    first = file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    file.unlink()
    clerk = clerk_of(PLACES["ziyang"])
    assert file.read_text() != first
    assert clerk.check_password(file.read_text())


@pytest.mark.django_db
def test_load_is_refused_outside_the_demo(settings: Settings) -> None:
    settings.CHELUN_DEMO = False
    with pytest.raises(CommandError, match="不是演示环境"):
        call_command("scenario", "load", "ziyang", stdout=StringIO())
    assert not User.objects.exists()


@pytest.mark.django_db
def test_logins_list_every_account_of_loaded_places() -> None:
    clerk_of(PLACES["meigu"])
    out = StringIO()
    call_command("scenario", "logins", stdout=out)
    assert "meigu-audit-admin" in out.getvalue()
    assert "ziyang-clerk" not in out.getvalue()


def test_make_writes_the_workbooks(tmp_path: Path) -> None:
    out = StringIO()
    call_command("scenario", "make", "meigu", "--to", str(tmp_path / "here"), stdout=out)
    assert len(list((tmp_path / "here").iterdir())) == len(PLACES["meigu"].figures)
