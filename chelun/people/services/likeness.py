"""Finding files that may be one, place by place and only where something changed; and saying that two are not the same.

Nothing is ever joined here. What is found is the same each time for the same cards, so finding it again changes nothing.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import again, wait_for_turn
from chelun.core.reasons import reasoned
from chelun.people.models import EnterpriseCard, Likeness, LikenessState, PersonCard, VehicleCard
from chelun.people.rules.likeness import (
    FirmKnown,
    Pair,
    PersonKnown,
    PlateKnown,
    alike_firms,
    alike_persons,
    alike_vehicles,
)
from chelun.people.selectors.joins import Joins
from chelun.people.services.door import EDIT
from chelun.people.services.intake.ledger import open_facts
from chelun.platform.audit.services import Event, record_many
from chelun.platform.jobs.services import enqueue
from chelun.platform.privacy.keys import keys_of
from chelun.platform.regions.selectors import name_of, placed
from chelun.platform.sheets.batches import held_state, hidden_batches, levels_of, place_states

KIND, KIND_LABEL = "people.likeness", gettext_lazy("查找可能重复的档案")
TURN = "people.likeness"
Found = Mapping[str, Mapping[Pair, list[str]]]


def ask_to_look(*, actor: Actor, after: str = "all") -> None:
    """Queue a search that sees what `after` brought; those that wait are done together."""
    enqueue(actor=actor, kind=KIND, title=str(KIND_LABEL), dedupe=after)


def find_likenesses(*, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Compare the files of every place that changed since it was last looked at; how many places.

    Comparing holds nobody up, only writing down does. A place that changed meanwhile is left for the next search.
    """
    states = place_states()
    seen = dict(LikenessState.objects.values_list("home", "version"))
    changed = sorted(home for home, version in states.items() if seen.get(home) != version)
    for done, home in enumerate(changed):
        progress(done, len(changed))
        found = _found(home)
        again(partial(_keep_unless_changed, home, found, states[home]))
    return len(changed)


def _keep_unless_changed(home: str, found: Found, version: int) -> None:
    wait_for_turn(TURN)
    if held_state(home) == version:
        _keep(home, found)
        LikenessState.objects.update_or_create(home=home, defaults={"version": version})


def _found(home: str) -> Found:
    """The pairs of each register in one place, with the rules by which they are alike."""
    return {"person": _persons(home), "enterprise": _firms(home), "vehicle": _vehicles(home)}


def _cards(model: type[Any], home: str) -> Any:
    """The cards of a place, in the order of their keys, so that the same cards make the same pairs."""
    rows = model._default_manager.visible(hidden_batches()).filter(home=home, **levels_of(placed(home)))
    return rows.order_by("id")


def _persons(home: str) -> Mapping[Pair, list[str]]:
    names = ("person_id", "name", "name_phone", "has_id", "sex", "birth_year", "enterprise_id")
    rows = [PersonKnown(*row) for row in _cards(PersonCard, home).values_list(*names)]
    joins = Joins.around({row.firm for row in rows if row.firm})
    known = [
        replace(row, firm=joins.whole(row.firm, home)) if row.firm and row.firm in joins.leaves else row
        for row in rows
    ]

    def births(persons: Collection[UUID]) -> dict[UUID, str]:
        keys = keys_of(persons)
        cards = (
            _cards(PersonCard, home).filter(person__among=list(persons)).values_list("person_id", "sealed")
        )
        return {
            person: str(open_facts(keys.get(person), bytes(sealed)).get("birth", ""))
            for person, sealed in cards
        }

    return alike_persons(known, births)


def _firms(home: str) -> Mapping[Pair, list[str]]:
    rows = _cards(EnterpriseCard, home).values_list("enterprise_id", "name", "uscc")
    places = [name_of(code) for code in levels_of(placed(home)).values()]
    return alike_firms((FirmKnown(*row) for row in rows), places)


def _vehicles(home: str) -> Mapping[Pair, list[str]]:
    rows = _cards(VehicleCard, home).values_list("vehicle_id", "plate", "colour")
    return alike_vehicles(PlateKnown(*row) for row in rows)


def _keep(home: str, found: Found) -> None:
    """Write down what is new, take away what is alike no longer; what somebody has decided stays."""
    rows = {(row.register, row.one, row.other): row for row in Likeness.objects.filter(home=home)}
    now = {(register, *pair): rules for register, pairs in found.items() for pair, rules in pairs.items()}
    gone = [row.pk for key, row in rows.items() if key not in now and row.apart_at is None]
    Likeness.objects.filter(pk__among=gone).delete()
    place, today = placed(home), timezone.localdate()
    levels = {level: place[level] for level in ("province", "city", "county")}
    Likeness.objects.bulk_create(
        [
            Likeness(
                **levels, home=home, register=key[0], one=key[1], other=key[2], rules=rules, found_on=today
            )
            for key, rules in now.items()
            if key not in rows
        ],
        batch_size=500,
    )
    others = [row for key, row in rows.items() if key in now and row.rules != now[key]]
    for row in others:
        row.rules = now[row.register, row.one, row.other]
    Likeness.objects.bulk_update(others, ["rules"], batch_size=500)


def tell_apart(*, actor: Actor, likeness: UUID, reason: str) -> None:
    """Say that the two are not the same, so that they are not offered again. NotFound where the actor may not edit."""
    why = _reasoned(reason)
    with transaction.atomic():
        row = _locked(actor, likeness)
        if row.apart_at is not None:
            raise Refused("people.likeness.apart", _("已经有人认定这两份不是同一份。"))
        row.apart_at, row.apart_by, row.apart_reason = timezone.now(), actor.actor_name, why
        row.save(update_fields=["apart_at", "apart_by", "apart_reason"])
        _note(actor, row, "told_apart", why)


def offer_again(*, actor: Actor, likeness: UUID, reason: str) -> None:
    """Take it back that the two are not the same: they are offered again for as long as they are alike."""
    why = _reasoned(reason)
    with transaction.atomic():
        row = _locked(actor, likeness)
        if row.apart_at is None:
            raise Refused("people.likeness.open", _("这两份已经在可能重复的名单里。"))
        row.apart_at, row.apart_by, row.apart_reason = None, "", ""
        row.save(update_fields=["apart_at", "apart_by", "apart_reason"])
        # Whether they are still alike the next search says.
        LikenessState.objects.filter(home=row.home).delete()
        _note(actor, row, "offered_again", why)


def are_one(register: str, joined: Collection[tuple[UUID, UUID]]) -> None:
    """Pairs of files have been joined: they are no longer alike but the same."""
    pairs = {(min(pair), max(pair)) for pair in joined}
    rows = Likeness.objects.filter(register=register, one__among=[one for one, _other in pairs])
    gone = [key for key, *pair in rows.values_list("id", "one", "other") if tuple(pair) in pairs]
    Likeness.objects.filter(pk__among=gone).delete()


def likenesses_about(subjects: Collection[UUID]) -> Any:
    """All pairs in which any of these subjects is, also those that somebody told apart."""
    named = list(subjects)
    return Likeness.objects.filter(Q(one__in=named) | Q(other__in=named))


def _locked(actor: Actor, likeness: UUID) -> Likeness:
    rows = Likeness.objects.in_scope(actor.scope_for(EDIT)).select_for_update()
    row = rows.filter(pk=likeness).first()
    if row is None:
        raise NotFound
    return row


def _reasoned(reason: str) -> str:
    return reasoned(reason, "people.likeness.reason", _("请写明理由（至少 4 个字），以后的人要靠它判断。"))


def _note(actor: Actor, row: Likeness, verb: str, reason: str) -> None:
    """In the trail of both; the reason under the keys of both."""
    both, new = (str(row.one), str(row.other)), {"pair": str(row.pk)}
    record_many(actor=actor, events=[
        Event(
            f"people.{row.register}.{verb}", row.register, subject, row.home, new=new, reason=reason, about=both
        )
        for subject in both
    ])  # fmt: skip
