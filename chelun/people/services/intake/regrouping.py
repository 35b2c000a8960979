"""What follows from a merge that is made or undone: which leaf counts to which file, and the cards of all of them anew."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.utils import timezone

from chelun.core.actors import Actor
from chelun.people.choices import AT_MERGING
from chelun.people.models import Leaf, Merge
from chelun.people.rules.merging import Link, counted_in, width
from chelun.people.services.intake.joined_papers import count_papers
from chelun.people.services.intake.renewal import renew
from chelun.people.services.intake.shelf import CREDENTIALS, Shelf
from chelun.platform.regions.selectors import children
from chelun.platform.sheets.batches import hold_place, home_of, levels_of, place_of
from chelun.platform.sheets.registers import Intake

LEVELS = ("province", "city", "county")
Place = dict[str, str]


def link_of(merge: Merge) -> Link:
    """A merge as the rules see it."""
    return Link(merge.leaf, merge.canonical, merge.home, merge.made_at, merge.wrong)


def places_of(shelf: Shelf, subjects: Collection[UUID], region: str) -> list[Place]:
    """The places within a region that hold anything of these subjects, published or not yet; in order."""
    found: dict[str, Place] = {}
    for manager in (shelf.cards, shelf.sources):
        rows = manager.filter(**{f"{shelf.subject}__in": list(subjects), LEVELS[width(region)]: region})
        for levels in rows.values_list(*LEVELS).distinct().order_by():
            place = dict(zip(LEVELS, levels, strict=True))
            found[home_of(place)] = place
    return [found[home] for home in sorted(found)]


def hold_region(region: str) -> None:
    """Write in every place of a region alone until the transaction ends: a merge holds wherever a row may just arrive."""
    for home in sorted(_homes(region)):
        hold_place({"province": home})


def _homes(region: str) -> Iterable[str]:
    yield region
    if width(region) < len(LEVELS) - 1:
        for below in children(region):
            if below.level in LEVELS:
                yield from _homes(below.code)


def count_anew(subjects: Collection[UUID], merges: Collection[Merge]) -> None:
    """Write down which leaf counts to which file, in each region of the merges that stand about these subjects."""
    Leaf.objects.filter(leaf__in=list(subjects)).delete()
    regions: Mapping[str, Place] = {merge.home: place_of(merge) for merge in merges}
    rows = []
    for home, place in regions.items():
        around = set(levels_of(place).values())
        counted = counted_in(home, [link_of(merge) for merge in merges if merge.home in around])
        rows += [
            Leaf(home=home, leaf=each.leaf, whole=each.whole, numbered=each.numbered) for each in counted
        ]
    Leaf.objects.bulk_create(rows)


def renew_places(shelf: Shelf, actor: Actor, subjects: Collection[UUID], places: Iterable[Place]) -> None:
    """The cards of these subjects in these places, computed anew and shown at once."""
    for place in places:
        renew(shelf, Intake(actor, place, AT_MERGING, timezone.localdate(), "form"), subjects)


def regroup(shelf: Shelf, actor: Actor, touched: Sequence[Merge], merges: Collection[Merge]) -> list[Place]:
    """What follows from merges of one region that were just made or undone; `merges` are all that stand around them. The places that they concern."""
    region = touched[0].home
    subjects = subjects_of([*merges, *touched])
    count_anew(subjects, merges)
    places = places_of(shelf, subjects, region)
    renew_places(shelf, actor, subjects, places)
    papers = count_papers(subjects)
    if papers:
        renew_places(CREDENTIALS, actor, papers, places_of(CREDENTIALS, papers, region))
    return places


def subjects_of(merges: Iterable[Merge]) -> set[UUID]:
    """All whom some merges name."""
    return {subject for merge in merges for subject in (merge.leaf, merge.canonical)}
