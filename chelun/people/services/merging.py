"""Joining two files that are of one subject, and parting them again. Decision 11 says why it is done so.

A merge is a statement within the region of whoever makes it. It re-points nothing: records keep the leaf that their row
named, cards are computed from the records of all leaves, and parting computes both anew.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core import reasons
from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again, wait_for_turn
from chelun.core.scope import Node, Scope
from chelun.core.ui import listed
from chelun.people.models import LeafName, Merge
from chelun.people.rules.merging import leads_to, width
from chelun.people.selectors.records import Held, held
from chelun.people.services.batches import forget
from chelun.people.services.intake.leaves import merges_around
from chelun.people.services.intake.regrouping import (
    LEVELS,
    Place,
    hold_region,
    link_of,
    places_of,
    regroup,
    subjects_of,
)
from chelun.people.services.intake.shelf import ENTERPRISES, SHELVES, VEHICLES, Shelf
from chelun.people.services.likeness import are_one
from chelun.people.services.parting import set_aside
from chelun.platform.audit.services import Event, record_many
from chelun.platform.privacy.keys import keys_of, make_keys
from chelun.platform.regions.selectors import placed, within
from chelun.platform.sheets.batches import home_of, tell_written

MERGE = "people.merge"
MERGEABLE = ("person", "enterprise", "vehicle")
TURN = "people.merges"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two files that somebody means to join, as he sees them, and the region in which it would hold."""

    shelf: Shelf
    leaf: Held
    canonical: Held
    region: str

    @property
    def numbers(self) -> tuple[str, str]:
        """Their ID numbers, '' where there is none."""
        return self.leaf.value("id_number") or "", self.canonical.value("id_number") or ""

    @property
    def numbers_differ(self) -> bool:
        """Whether both have an ID number, and not the same."""
        one, other = self.numbers
        return bool(one and other and one != other)


def pair_of(actor: Actor, register: str, leaf: UUID, canonical: UUID) -> Pair:
    """Two files before they are joined. NotFound unless the actor may join both; Refused when no place of his has both."""
    if register not in MERGEABLE:
        raise NotFound
    shelf, scope = SHELVES[register], actor.scope_for(MERGE)
    pair = held(scope, shelf, leaf), held(scope, shelf, canonical)
    if leaf == canonical:
        raise Refused("people.merge.same", _("这是同一份档案，请选择另一份。"))
    return Pair(shelf, *pair, _region(scope, *pair))


def merge_files(
    *, actor: Actor, register: str, leaf: UUID, canonical: UUID, reason: str, wrong: UUID | None = None
) -> Merge:
    """Show `leaf` on the file of `canonical` from now on. `wrong` says whose ID number is wrong where they differ."""
    reason = reasoned(reason)
    return again(lambda: _merge(actor, register, leaf, canonical, reason, wrong))


def _merge(
    actor: Actor, register: str, leaf: UUID, canonical: UUID, reason: str, wrong: UUID | None
) -> Merge:
    wait_for_turn(TURN)
    hold_region(pair_of(actor, register, leaf, canonical).region)
    tell_written()
    pair = pair_of(actor, register, leaf, canonical)
    _check_numbers(pair, wrong)
    if refused := conflict_of(pair):
        raise refused
    merges = merges_around({leaf, canonical})
    if leads_to(map(link_of, merges), canonical, leaf):
        raise Refused(
            "people.merge.circle", _("有的地区已经按相反的方向合并了这两份档案，请改为保留另一份。")
        )
    place = placed(pair.region)
    merge = Merge(
        province=place["province"], city=place["city"], county=place["county"], home=pair.region, register=register,
        leaf=leaf, canonical=canonical, wrong=_whose(pair, wrong), reason=reason, made_by=actor.actor_name,
        made_at=timezone.now(),
    )  # fmt: skip
    bind(actor, pair.shelf, [merge], merges)
    return merge


def bind(actor: Actor, shelf: Shelf, made: Sequence[Merge], around: Collection[Merge]) -> None:
    """Write down merges of one region that nothing speaks against, and what follows; `around` are those that stand about them.

    The caller's transaction has the turn and holds the region.
    """
    Merge.objects.bulk_create(made)
    kept = {merge.canonical for merge in made}
    make_keys(kept - keys_of(kept).keys())
    places = regroup(shelf, actor, made, [*around, *made])
    are_one(shelf.register, {(merge.leaf, merge.canonical) for merge in made})
    _note(actor, made, "merged", _homes_of_both(shelf, made, places))


def unmerge_files(*, actor: Actor, merge: UUID, reason: str) -> int:
    """Take a merge back: both files stand as their own rows say. How many rows now wait for somebody to say whose they are.

    NotFound where the actor may not join; Refused when it is undone already.
    """
    reason = reasoned(reason)
    return again(lambda: _unmerge(actor, merge, reason))


def _unmerge(actor: Actor, merge_id: UUID, reason: str) -> int:
    wait_for_turn(TURN)
    merge = Merge.objects.in_scope(actor.scope_for(MERGE)).filter(pk=merge_id).first()
    if merge is None:
        raise NotFound
    if merge.undone_at:
        raise Refused("people.merge.undone", _("这次合并已经拆分过了。"))
    hold_region(merge.home)
    tell_written()
    return part(actor, [merge], reason)


def part(actor: Actor, merges: Sequence[Merge], reason: str, *, in_bulk: bool = False) -> int:
    """Take back merges of one register and region that stand; how many rows now wait. The caller's transaction has the turn and holds the region."""
    region, shelf = merges[0].home, SHELVES[merges[0].register]
    before = merges_around({merge.leaf for merge in merges})
    subjects = subjects_of(before)
    for merge in merges:
        merge.undone_at, merge.undone_by, merge.undone_reason = timezone.now(), actor.actor_name, reason
        merge.undone_in_bulk = in_bulk
    Merge.objects.bulk_update(merges, ["undone_at", "undone_by", "undone_reason", "undone_in_bulk"])
    gone = {merge.pk for merge in merges}
    after = [each for each in before if each.pk not in gone]
    places = places_of(shelf, subjects, region)
    homes = _homes_of_both(shelf, merges, places)
    waiting = sum(set_aside(shelf, merge, before, after, places) for merge in merges)
    regroup(shelf, actor, merges, after)
    forget(shelf, subjects)
    _note(actor, merges, "unmerged", homes, waiting=waiting)
    return waiting


def reasoned(reason: str) -> str:
    """The reason as it is kept. Refused when it says nothing."""
    return reasons.reasoned(
        reason, "people.merge.reason", _("请写明理由（至少 4 个字），以后的人要靠它判断。")
    )


def _region(scope: Scope, one: Held, other: Held) -> str:
    """The smallest region around all that is seen of both files, inside one place for which the actor may join."""
    places = [[_levels(card) for card in found.cards] for found in (one, other)]
    for node in [None] if scope.is_everything else _regions(scope):
        inside = [[place for place in each if _lies_in(place, node)] for each in places]
        region = _common([*inside[0], *inside[1]]) if all(inside) else ""
        if region and within(region, scope):
            return region
    sentence = _("这两份档案不在您负责的同一个地区，请由上一级的档案管理员合并。")
    raise Refused("people.merge.apart", sentence)


def _regions(scope: Scope) -> list[Node]:
    return [Node("region", key) for key in sorted(scope.keys("region"))]


def _levels(card: object) -> Place:
    return {level: getattr(card, level) for level in LEVELS}


def _lies_in(place: Place, node: Node | None) -> bool:
    return node is None or place[LEVELS[width(node.key)]] == node.key


def _common(places: Collection[Place]) -> str:
    """The smallest region around some places; '' where not even the province is the same."""
    if len({home_of(place) for place in places}) == 1:
        return home_of(next(iter(places)))
    for level in reversed(LEVELS):
        codes = {place[level] for place in places}
        if len(codes) == 1 and "" not in codes:
            return codes.pop()
    return ""


def _check_numbers(pair: Pair, wrong: UUID | None) -> None:
    if pair.numbers_differ and wrong not in (pair.leaf.subject, pair.canonical.subject):
        sentence = _("两份档案的身份证号不同。确是同一人时，请写明哪一个号码是错的；说不清就不要合并。")
        raise Refused("people.merge.numbers", sentence)


def conflict_of(pair: Pair) -> Refused | None:
    """Why these two can never be one: with two credit codes they are two firms, with two plates or colours two vehicles."""
    sides = (pair.leaf, pair.canonical)
    one, other = (_said(found, "uscc") for found in sides)
    if pair.shelf is ENTERPRISES and _differ(one, other):
        sentence = _(
            "两份档案的统一社会信用代码不同（{one} 和 {other}），是两家企业，不能合并。代码登记错的，请先更正。"
        )
        return Refused(
            "people.merge.codes", sentence.format(one=listed(sorted(one)), other=listed(sorted(other)))
        )
    one, other = (_said(found, "plate") for found in sides)
    if pair.shelf is VEHICLES and _differ(one, other):
        sentence = _("两份档案的车牌不同（{one} 和 {other}），不能合并。")
        return Refused(
            "people.merge.plates", sentence.format(one=listed(sorted(one)), other=listed(sorted(other)))
        )
    if pair.shelf is VEHICLES and _differ(*(_said(found, "colour") for found in sides)):
        sentence = _("车牌 {plate} 有两种颜色，是两辆车，不能合并。")
        return Refused("people.merge.colours", sentence.format(plate=listed(sorted(one))))
    return None


def _said(found: Held, column: str) -> frozenset[str]:
    """What the cards of a file say in a column."""
    return frozenset(text for card in found.cards if (text := getattr(card, column, "")))


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and one.isdisjoint(other))


def _whose(pair: Pair, wrong: UUID | None) -> UUID | None:
    """The leaf from whose rows the wrong number comes."""
    if not pair.numbers_differ:
        return None
    found = pair.leaf if wrong == pair.leaf.subject else pair.canonical
    return found.facts["id_number"].record.subject


def _note(
    actor: Actor, merges: Sequence[Merge], verb: str, homes: Mapping[UUID, Sequence[str]], **told: int
) -> None:
    """In the trail of both sides of each, in each place that held both; the reason only where the merge was made."""
    events = []
    for merge in merges:
        new = {"merge": str(merge.pk), **({"bulk": str(merge.bulk)} if merge.bulk else {}), **told}
        for home in [merge.home, *(home for home in homes[merge.pk] if home != merge.home)]:
            reason = (merge.undone_reason or merge.reason) if home == merge.home else ""
            both = sorted((str(merge.leaf), str(merge.canonical)))
            for subject in both:
                events.append(Event(
                    f"people.{merge.register}.{verb}", merge.register, subject, home, new=new, reason=reason,
                    about=tuple(both),
                ))  # fmt: skip
    record_many(actor=actor, events=events)


def _homes_of_both(shelf: Shelf, merges: Sequence[Merge], places: Collection[Place]) -> dict[UUID, list[str]]:
    """For each merge the places that hold something of either side while they are joined: by a record or, of firms and vehicles, by a mention."""
    both = subjects_of(merges)
    rows = shelf.sources.filter(**{f"{shelf.subject}__among": both}, superseded_by=None).order_by()
    known = set(rows.values_list(shelf.subject, "home").distinct()) | set(
        LeafName.objects.filter(leaf__among=both).values_list("leaf", "home")
    )
    homes = [home_of(place) for place in places]
    return {
        merge.pk: [home for home in homes if {(merge.leaf, home), (merge.canonical, home)} <= known]
        for merge in merges
    }
