"""Subjects in addresses: veiled, and the same whichever way an address is made."""

from uuid import UUID

import pytest
from django.urls import reverse, set_script_prefix
from hypothesis import given
from hypothesis import strategies as st

from chelun.platform.privacy.addresses import address_of, unveil, veil


@given(st.uuids())
def test_veil_is_taken_off_again(subject: UUID) -> None:
    assert unveil(veil(subject)) == subject


@pytest.mark.parametrize(
    ("name", "words"),
    [("people:person_detail", ()), ("people:enterprise_detail", ()), ("people:past", ("person",))],
)
def test_address_is_that_of_reverse(name: str, words: tuple[str, ...]) -> None:
    subject = UUID(int=77)
    assert address_of(name, subject, *words) == reverse(name, args=[*words, subject])
    set_script_prefix("/office/")
    try:
        assert address_of(name, subject, *words) == reverse(name, args=[*words, subject])
        assert address_of(name, subject, *words).startswith("/office/")
    finally:
        set_script_prefix("/")
