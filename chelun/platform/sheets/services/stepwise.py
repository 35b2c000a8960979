"""Long work on the rows of a place in short steps: each a transaction of its own, and others write between two of them."""

import time
from collections.abc import Callable, Iterator, Mapping
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from chelun.core.locks import ATTEMPTS, collided
from chelun.platform.sheets.batches import hold_place
from chelun.platform.sheets.models import SheetImport, StagedChunk
from chelun.platform.sheets.registers import REGISTERS, Register, Steps
from chelun.platform.sheets.turns import Pace, give_turn

STEP_CHUNKS = 20

Told = Callable[[int], None]
Make = Callable[[Pace], Steps]


def nobody(count: int) -> None:
    """Nobody wants to know."""


def forwards(act: Callable[[Register], Steps]) -> Steps:
    """The steps of all registers, in the order in which they are filled."""
    for register in REGISTERS:
        yield from act(register)


def backwards(act: Callable[[Register], Steps]) -> Steps:
    """The steps of all registers, the last first: who is tied to something goes before what he is tied to."""
    for register in reversed(list(REGISTERS)):
        yield from act(register)


def in_steps(
    place: Mapping[str, str], make: Make, *, guard: Callable[[], object] = lambda: None, told: Told = nobody
) -> None:
    """Take the steps of `make` to the end, holding the place in each. `guard` runs first in each transaction.

    `told` hears how many rows a step dealt with, after its commit. When another writer was first, the steps are made
    anew: what is done they do not find again.
    """
    pace = Pace()
    steps, left = make(pace), 1 if connection.in_atomic_block else ATTEMPTS
    while True:
        try:
            count = _step(place, steps, guard, pace)
        except DatabaseError as error:
            left -= 1
            if not left or not collided(error):
                raise
            steps = make(pace)
            continue
        if count is None:
            return
        give_turn()
        told(count)


def _step(
    place: Mapping[str, str], steps: Iterator[int], guard: Callable[[], object], pace: Pace
) -> int | None:
    with transaction.atomic():
        guard()
        hold_place(place)
        begun = time.monotonic()
        count = next(steps, None)
    pace.took(time.monotonic() - begun)
    return count


def drop_staged(import_id: UUID, *kinds: str) -> None:
    """Delete staged chunks, all or those of some kinds, some at a time."""
    chunks = StagedChunk.objects.filter(sheet_import=import_id)
    if kinds:
        chunks = chunks.filter(kind__in=kinds)
    while ids := list(chunks.values_list("id", flat=True)[:STEP_CHUNKS]):
        StagedChunk.objects.filter(id__in=ids).delete()
        give_turn()


def locked(import_id: UUID) -> SheetImport:
    """The import as it is now, nobody else's until the transaction ends."""
    return SheetImport.objects.select_for_update().get(pk=import_id)
