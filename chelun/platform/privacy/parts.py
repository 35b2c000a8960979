"""What the page of a person's request shows beside its own: rooms above add to `REQUEST_PARTS` from their `sections.py`."""

from collections.abc import Callable
from typing import Any

from chelun.core.actors import Actor
from chelun.core.registries import Registry
from chelun.platform.privacy.models import PersonRequest

REQUEST_PARTS: Registry[Callable[[Actor, PersonRequest], tuple[str, Any] | None]] = Registry(
    "part of a request"
)
"""Each gives (template, what it finds as `section`), or None where it has nothing to show."""


def parts_of(actor: Actor, request: PersonRequest) -> list[tuple[str, Any]]:
    """The parts that rooms above have for this request."""
    made = (make(actor, request) for make in REQUEST_PARTS)
    return [part for part in made if part is not None]
