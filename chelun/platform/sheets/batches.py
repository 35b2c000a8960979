"""Batches: how a large change stays out of sight until it is whole.

Rows written by a batch carry its id; readers leave out the rows of hidden batches. Publishing is one small write.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.locks import wait_for_turn
from chelun.core.once import once
from chelun.platform.audit.hidden import register_hidden_batches
from chelun.platform.regions.models import Placed
from chelun.platform.sheets.events import batch_published, place_written
from chelun.platform.sheets.models import Batch, PlaceState

PLACE = ("province", "city", "county", "township")


class Busy(Refused):
    """Another batch is at work in the same place: whoever comes later waits, and begins when it is done."""

    def __init__(self) -> None:
        sentence = _("这个地区正有另一批数据入库或撤销，等它完成后自动开始，不必守在这里。")
        super().__init__("sheets.batch.busy", sentence)


def hidden_batches() -> frozenset[UUID]:
    """The batches whose rows nobody sees yet; nearly always empty. One query, for all parts of a page together."""
    return once(
        "sheets.hidden", lambda: frozenset(Batch.objects.filter(hidden=True).values_list("id", flat=True))
    )


def open_batch(place: dict[str, str]) -> Batch | None:
    """A new hidden batch for a place; None while another one is at work in the same place, above or below."""
    with transaction.atomic():
        wait_for_turn("sheets.batch")
        if any(_overlap(place, place_of(other)) for other in Batch.objects.filter(hidden=True)):
            return None
        return Batch.objects.create(**place)


def hold_place(place: Mapping[str, str]) -> None:
    """Write the rows of a place one after the other, until the transaction ends: forms, imports and undoings alike.

    What a card says is computed from rows that others may just be writing; PostgreSQL would not show them. Whoever
    changes rows of a place in any way holds it, so that what was counted there is known to be old.
    """
    wait_for_turn(f"place:{home_of(place)}")
    _another_state(place)


def write_by_hand(place: Mapping[str, str]) -> None:
    """Hold a place for a change without a batch, and tell the rooms above that what they counted there is old."""
    hold_place(place)
    tell_written()


def tell_written() -> None:
    """Say that rows are changed by hand in places that the caller holds."""
    place_written.send(sender=PlaceState)


def place_states() -> dict[str, int]:
    """Which state each place is in. One query; a place that nobody has written is not in it."""
    return dict(PlaceState.objects.values_list("home", "version"))


def held_state(home: str) -> int | None:
    """Which state a place is in, and stays in until the caller's transaction ends; None where nobody has written."""
    states = PlaceState.objects.select_for_update().filter(home=home)
    return states.values_list("version", flat=True).first()


def outdate_places(region: str) -> None:
    """What was counted in the places of a region holds no longer, though no row has changed: a rule has."""
    ending = "0000" if region.endswith("0000") else "00" if region.endswith("00") else ""
    PlaceState.objects.filter(home__startswith=region.removesuffix(ending)).update(version=F("version") + 1)


def _another_state(place: Mapping[str, str]) -> None:
    home = home_of(place)
    if not PlaceState.objects.filter(home=home).update(version=F("version") + 1):
        PlaceState.objects.get_or_create(home=home, defaults={"version": 1})


def home_of(place: Mapping[str, str]) -> str:
    """Whose rows these are: the county, else the city, else the province."""
    return place.get("county") or place.get("city") or place["province"]


def levels_of(place: Mapping[str, str]) -> dict[str, str]:
    """The level columns of a place that say something: what an index by level begins with."""
    return {name: place[name] for name in ("province", "city", "county") if place.get(name)}


def publish_batch(batch_id: UUID) -> datetime:
    """Let everybody see the batch. The caller's transaction makes it one with whatever must happen at that moment."""
    now = datetime.now(UTC)
    Batch.objects.filter(pk=batch_id).update(hidden=False, published_at=now)
    _another_state(place_of(Batch.objects.get(pk=batch_id)))
    batch_published.send(sender=Batch, batch=batch_id)
    return now


def place_of(row: Placed) -> dict[str, str]:
    """The place of a row as a mapping of its level columns."""
    return {name: getattr(row, name) for name in PLACE}


def _overlap(one: dict[str, str], other: dict[str, str]) -> bool:
    return all(one[name] == other[name] for name in PLACE if one[name] and other[name])


def _hidden_texts() -> frozenset[str]:
    return frozenset(str(batch) for batch in hidden_batches())


register_hidden_batches(_hidden_texts)
