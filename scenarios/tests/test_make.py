"""The workbooks: same bytes, the figures that are written down by hand, and counts that a naive reader finds."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from scenarios.common import people
from scenarios.common.model import WorkbookInfo
from scenarios.places import PLACES
from scenarios.tests.conftest import FIXED, Made
from scenarios.tests.reading import id_check, read

ID_18 = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
ID_15 = re.compile(r"(?<!\d)\d{15}(?!\d)")
INVISIBLE = dict.fromkeys(map(ord, "\u200b\ufeff\u00a0\u200e\u3000 "))
NO_ID_IN_ZIYANG = 3


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(INVISIBLE).upper()


def id_numbers(infos: Iterable[WorkbookInfo]) -> set[str]:
    """Valid ID numbers of all cells, 15 digits raised to 18."""
    found: set[str] = set()
    for info in infos:
        for seen in read(info.path):
            text = plain(seen.text) if isinstance(seen.value, str) else ""
            found.update(number for number in ID_18.findall(text) if id_check(number[:17]) == number[17])
            for short in ID_15.findall(text):
                body = f"{short[:6]}19{short[6:]}"
                found.add(body + id_check(body))
    return {number for number in found if number[4:6] == "99"}


@pytest.mark.parametrize("name", FIXED)
def test_make_writes_same_bytes_again(name: str, made: Made, tmp_path: Path) -> None:
    again = PLACES[name].make(tmp_path)
    assert [info.path.name for info in again] == [info.path.name for info in made[name]]
    for first, second in zip(made[name], again, strict=True):
        assert first.path.read_bytes() == second.path.read_bytes(), first.path.name


@pytest.mark.parametrize("name", FIXED)
def test_make_comes_to_the_figures_written_by_hand(name: str, made: Made) -> None:
    assert {info.path.name: info.figures for info in made[name]} == PLACES[name].figures


@pytest.mark.parametrize("name", FIXED)
def test_figures_add_up(name: str) -> None:
    for figures in PLACES[name].figures.values():
        assert figures.rows == figures.created + figures.joined + figures.unresolved + figures.refused


@pytest.mark.parametrize("name", FIXED)
def test_order_numbers_files_as_received(name: str, made: Made) -> None:
    assert [info.order for info in made[name]] == list(range(1, len(made[name]) + 1))
    assert all(info.path.name.startswith(f"{info.order:02d}_") for info in made[name])


def test_ziyang_holds_349_staff_and_182_workers_apart(made: Made) -> None:
    infos = [info for info in made["ziyang"] if info.register == "person"]
    staff = id_numbers(info for info in infos if info.source == "企业职工花名册")
    workers = id_numbers(info for info in infos if info.source != "企业职工花名册")
    assert len(staff) == 349
    assert len(workers) + NO_ID_IN_ZIYANG == 182
    assert not staff & workers


def test_meigu_holds_64_drivers(made: Made) -> None:
    assert len(id_numbers(info for info in made["meigu"] if info.register == "person")) == 64


@pytest.mark.parametrize(
    ("name", "register", "number"),
    [
        ("ziyang", "person", 531),
        ("meigu", "person", 64),
        ("zhaoyuan", "person", 2934),
        ("zhaoyuan", "enterprise", 318),
        ("yuhang", "person", 1220),
        ("yuhang", "vehicle", 1212),
    ],
)
def test_created_sums_to_persons(name: str, register: str, number: int, made: Made) -> None:
    assert sum(info.figures.created for info in made[name] if info.register == register) == number


def test_ziyang_lists_8_firms(made: Made) -> None:
    assert sum(info.figures.created for info in made["ziyang"] if info.register == "enterprise") == 8


def test_id_numbers_lie_under_demo_areas_only(made: Made) -> None:
    for infos in made.values():
        for info in infos:
            texts = [plain(seen.text) for seen in read(info.path) if isinstance(seen.value, str)]
            numbers = [
                number for text in texts for number in ID_18.findall(text) if not number.startswith("9")
            ]
            assert all(number[4:6] == "99" or number[2:6] == "9901" for number in numbers)


def test_phones_lie_in_the_demo_block(made: Made) -> None:
    phones = set()
    for infos in made.values():
        for info in infos:
            for seen in read(info.path):
                text = re.sub(r"(?<=\d)[ -](?=\d)", "", unicodedata.normalize("NFKC", seen.text))
                phones.update(re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", text))
    assert len(phones) > 3500
    last = people.PHONE_BLOCK + people.PHONES_OF_BLOCK
    assert all(people.PHONE_BLOCK <= int(phone) < last for phone in phones)


def test_places_share_no_phone_and_no_id_number(made: Made) -> None:
    seen: dict[str, str] = {}
    for name, infos in made.items():
        for number in id_numbers(infos):
            assert seen.setdefault(number, name) == name


def test_names_meet_nobody_of_the_documents(made: Made) -> None:
    for infos in made.values():
        for info in infos:
            for seen in read(info.path):
                assert not people.is_barred(re.sub(r"\(.*\)", "", plain(seen.text))), info.path.name


def test_firms_say_that_they_are_invented(made: Made) -> None:
    for infos in made.values():
        texts = {plain(seen.text) for info in infos for seen in read(info.path)}
        firms = {text for text in texts if text.endswith("公司")}
        assert firms
        assert all("示例" in firm or "演示" in firm for firm in firms)
