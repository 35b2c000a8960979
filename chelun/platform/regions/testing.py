"""For tests of this and higher rooms: a few provinces of the real tables, quickly."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import connection

from chelun.platform.regions.atlas import atlas, forget_atlas
from chelun.platform.regions.models import Region, RegionChange
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

    Call it from a fixture that stands before `db`.
    """
    with blocker.unblock():
        ensure_regions(provinces)


def spare_regions() -> None:
    """From now on tests with real transactions, which empty all tables at their end, leave the regions where they are.

    Nothing refers to these by key, and whoever writes to them in such a test takes it back himself.
    """
    spared = {model._meta.db_table for model in (Region, RegionChange)}
    names = connection.introspection.django_table_names

    def emptied(only_existing: bool = False, include_views: bool = True) -> list[str]:
        return [name for name in names(only_existing, include_views) if name not in spared]

    connection.introspection.django_table_names = emptied  # type: ignore[method-assign]
