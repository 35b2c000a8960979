"""JSON as it is stored and sealed."""

from datetime import date
from uuid import UUID

import pytest

from chelun.core.jsontext import from_json, to_json, to_json_bytes, to_sorted_json


def test_same_values_make_the_same_text() -> None:
    assert (
        to_sorted_json({"乙": [2], "a": "一"})
        == to_sorted_json({"a": "一", "乙": [2]})
        == '{"a":"一","乙":[2]}'
    )


def test_what_json_does_not_know_is_written_as_text() -> None:
    values = {"id": UUID(int=7), "day": date(2026, 11, 1)}
    assert from_json(to_json(values)) == {"id": str(UUID(int=7)), "day": "2026-11-01"}
    assert to_json_bytes(values) == to_json(values).encode()


def test_half_a_character_is_refused() -> None:
    with pytest.raises(TypeError):
        to_json("\ud800")


def test_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="unexpected"):
        from_json("{")
