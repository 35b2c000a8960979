"""For tests of this and higher rooms: a few provinces of the real tables, quickly."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from chelun.platform.regions.atlas import atlas, forget_atlas
from chelun.platform.regions.models import Region
from chelun.platform.regions.services import store_regions

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

EXAMPLES = ("33", "37", "51", "61")
"""浙江, 山东, 四川 and 陕西: where the documents' counties lie."""


def ensure_regions(provinces: Collection[str] = EXAMPLES) -> None:
    """Load these provinces (first two digits) unless they are there; under a second. Writes no audit row."""
    wanted = {f"{code[:2]}0000" for code in provinces}
    present = set(Region.objects.filter(code__in=wanted).values_list("code", flat=True))
    if wanted - present:
        store_regions(provinces=sorted(wanted - present))
    if not wanted <= atlas().places.keys():
        forget_atlas()


def keep_regions(blocker: "DjangoDbBlocker", provinces: Collection[str] = EXAMPLES) -> None:
    """`ensure_regions` outside the transaction of the test, so that they stay for the tests that follow.

    Call it from a fixture that stands before `db`, for every test: tests with real transactions empty all tables.
    """
    with blocker.unblock():
        ensure_regions(provinces)
