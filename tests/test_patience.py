"""Who wants to write waits until the other has written; who waits too long is told so."""

import threading
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, transaction

from chelun.core import patience
from chelun.platform.regions.models import Region

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "999900"


@pytest.fixture
def holder() -> Iterator[tuple[threading.Event, threading.Event]]:
    """Somebody who writes and does not end before he is told: (he has begun, he may end)."""
    begun, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Region.objects.filter(code=CODE).update(name="甲")
            begun.set()
            may_end.wait(120)
        connection.close()

    Region.objects.create(code=CODE, name="一", level="city", province=CODE, from_year=1980)
    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(60)
    yield begun, may_end
    may_end.set()
    thread.join(60)
    Region.objects.filter(code=CODE).delete()


def test_writer_waits_for_the_one_who_writes(holder: tuple[threading.Event, threading.Event]) -> None:
    threading.Timer(0.5, holder[1].set).start()
    Region.objects.filter(code=CODE).update(name="乙")
    assert Region.objects.get(code=CODE).name == "乙"


def test_writer_on_sqlite_is_told_after_his_patience(
    holder: tuple[threading.Event, threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE_SECONDS", 0.1)
    if connection.vendor == "sqlite":
        with pytest.raises(OperationalError) as trouble:
            Region.objects.filter(code=CODE).update(name="乙")
        assert patience.is_locked(trouble.value)
    else:
        threading.Timer(0.5, holder[1].set).start()
        Region.objects.filter(code=CODE).update(name="乙")
        assert Region.objects.get(code=CODE).name == "乙"
