"""JSON as it is stored and sealed: compact, readable characters, the same bytes for the same values."""

from typing import Any

import orjson


def to_json(value: Any) -> str:
    """The text of a JSON value; what JSON does not know (a UUID, a date) as its own text."""
    return orjson.dumps(value, default=str, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def to_sorted_json(value: Any) -> str:
    """As `to_json`, the same text whatever the order of the keys."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def to_json_bytes(value: Any) -> bytes:
    """As `to_json`, in UTF-8."""
    return orjson.dumps(value, default=str, option=orjson.OPT_PASSTHROUGH_DATETIME)


def from_json(text: str | bytes) -> Any:
    """The value of a JSON text; ValueError when it is none."""
    return orjson.loads(text)
