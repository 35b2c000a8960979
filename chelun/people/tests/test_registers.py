"""Whoever adds a register learns here what he forgot (docs/how-to/add-a-register.md)."""

import pytest
from django.template.loader import get_template
from django.urls import reverse

from chelun.core.identifiers import uuid7
from chelun.core.menu import MENU
from chelun.people.displays.lists import LISTINGS
from chelun.people.displays.lists_then import TABLES
from chelun.people.displays.words import FACTS, UNITS, WANTED, fact_label
from chelun.people.rules.cards import CALLED_BY
from chelun.people.rules.ranks import GROUPS
from chelun.people.selectors.facets import FACETS
from chelun.people.selectors.lists_then import THEN
from chelun.people.services.intake.shelf import SHELVES, SOURCE_COMMON
from chelun.people.services.meeting import MEETINGS
from chelun.people.views.entry import words_of
from chelun.people.views.lists import FORMS
from chelun.platform.archives.carried import CARRIED
from chelun.platform.privacy.subjects import SUBJECT_ROOTS, SUBJECT_TABLES
from chelun.platform.sheets.registers import REGISTERS

NAMES = [register.name for register in REGISTERS]


def test_every_register_has_its_tables_and_its_pages() -> None:
    assert set(NAMES) == {*SHELVES} == {*LISTINGS} == {*FACTS} == {*WANTED} == {*FORMS}
    assert (
        set(NAMES)
        == {*THEN}
        == {*TABLES}
        == {*FACETS}
        == {*UNITS}
        == {*GROUPS}
        == {*CALLED_BY}
        == {*MEETINGS}
    )
    assert {f"people.{name}" for name in NAMES} <= set(CARRIED.names())


@pytest.mark.parametrize("name", NAMES)
def test_register_can_be_opened_and_entered(name: str) -> None:
    for address in (
        reverse(f"people:{name}_list"),
        reverse(f"people:{name}_new"),
        reverse(f"people:{name}_detail", args=[uuid7()]),
    ):
        assert address.startswith("/people/")
    assert get_template(f"people/{name}_list.html")
    assert get_template(f"people/{name}_detail.html")
    assert all(str(text) for text in words_of(name).values())
    assert f"people:{name}_list" in {item.url_name for item in MENU}


@pytest.mark.parametrize("name", NAMES)
def test_register_declares_what_it_holds(name: str) -> None:
    shelf = SHELVES[name]
    assert shelf.identity in list(SUBJECT_ROOTS)
    for model in (shelf.source_model, shelf.card_model):
        assert SUBJECT_TABLES[model._meta.label].path == shelf.subject.removesuffix("_id")


@pytest.mark.parametrize("name", NAMES)
def test_register_writes_every_column_of_its_tables(name: str) -> None:
    shelf = SHELVES[name]
    assert {*shelf.card_fields()} == {f.attname for f in shelf.card_model._meta.concrete_fields}
    assert {*SOURCE_COMMON, shelf.subject} == {f.attname for f in shelf.source_model._meta.concrete_fields}


@pytest.mark.parametrize("name", NAMES)
def test_register_calls_every_fact_by_its_name(name: str) -> None:
    fields = {spec.name for spec in REGISTERS[name].fields}
    assert fields - {"phone", "phone2", "long_term"} <= {
        *FACTS[name],
        *({"phone"} if "phones" in FACTS[name] else ()),
    }
    assert [fact for fact in (*FACTS[name], *WANTED[name]) if fact_label(name, fact) == fact] == []
    assert {*SHELVES[name].secret} <= {*FACTS[name]}
