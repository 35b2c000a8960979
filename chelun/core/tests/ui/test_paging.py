"""Keyset paging meets every row once, forward and backward, in any order."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from chelun.core.ui import Address, capped_count, keyset_page

pytestmark = pytest.mark.django_db
ORDERS = [("app_label", "pk"), ("-app_label", "pk"), ("-app_label", "model", "-pk"), ("pk",)]


@dataclass
class _Way:
    """Walks a list by its neighbours' addresses."""

    order: tuple[str, ...]
    size: int = 3

    def walk(self, url: str, neighbour: str) -> list[list[str]]:
        pages = []
        while url:
            parts = urlsplit(url)
            page = keyset_page(
                _rows(), self.order, Address(parts.path, tuple(parse_qsl(parts.query))), self.size
            )
            pages.append([str(row.pk) for row in page.items])
            url = getattr(page, neighbour)
        return pages


def _rows() -> QuerySet[ContentType]:
    return ContentType.objects.filter(model__startswith="paged")


@pytest.fixture
def _many() -> None:
    ContentType.objects.bulk_create(
        ContentType(app_label=f"app{at % 3}", model=f"paged{at % 4}{at}") for at in range(10)
    )


@pytest.mark.usefixtures("_many")
@pytest.mark.parametrize("order", ORDERS)
def test_pages_hold_every_row_once(order: tuple[str, ...]) -> None:
    expected = [str(key) for key in _rows().order_by(*order).values_list("pk", flat=True)]
    forward = _Way(order).walk("/r/", "next")
    assert [key for page in forward for key in page] == expected
    last = forward[-1][0]
    backward = _Way(order).walk(f"/r/?before={last}", "previous")
    assert [key for page in reversed(backward) for key in page] == expected[: expected.index(last)]


@pytest.mark.usefixtures("_many")
def test_page_of_an_unknown_key_is_the_first() -> None:
    first = keyset_page(_rows(), ("pk",), Address("/r/"), 3)
    assert keyset_page(_rows(), ("pk",), Address("/r/", (("after", "gone"),)), 3) == first
    assert first.previous == ""
    assert not first.is_only


@pytest.mark.usefixtures("_many")
def test_count_stops_at_the_cap() -> None:
    assert str(capped_count(_rows())) == "10"
    assert str(capped_count(_rows(), 4)) == "超过 4"
