"""Long work in short steps lets others write; and its steps shrink when they take long."""

import threading
import time

import pytest
from django.db import connection, transaction

from chelun.platform.regions.models import PlaceSetting
from chelun.platform.sheets.models import Batch
from chelun.platform.sheets.turns import FEWEST_ROWS, MOST_ROWS, STEP_SECONDS, Pace, give_turn

WRITES = 12


@pytest.mark.django_db(transaction=True)
def test_give_turn_lets_others_write_between_two_steps() -> None:
    batch = Batch.objects.create(province="510000")
    over, began = threading.Event(), threading.Event()

    def work() -> None:
        """One step after the other, as an import does: without a gap nobody else would get in."""
        pause = threading.Event()
        while not over.is_set():
            with transaction.atomic():
                Batch.objects.filter(pk=batch.pk).update(city="513400")
                began.set()
                pause.wait(0.05)
            give_turn()
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    assert began.wait(60)
    waits = []
    try:
        for number in range(WRITES):
            started = time.monotonic()
            PlaceSetting.objects.create(region=f"51{number:04d}", key="x", value={})
            waits.append(time.monotonic() - started)
    finally:
        over.set()
        worker.join(60)
    assert max(waits) < 2.0


def test_pace_keeps_steps_short() -> None:
    pace = Pace()
    for _step in range(20):
        pace.took(STEP_SECONDS / 10)
    assert pace.rows == MOST_ROWS
    for _step in range(20):
        pace.took(STEP_SECONDS * 5)
    assert pace.rows == FEWEST_ROWS
