"""Registering a relative with the consent under which it is kept; before that nothing but the wish."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import seal_with
from chelun.core.errors import NotFound
from chelun.core.identifiers import uuid7
from chelun.core.jsontext import to_sorted_json
from chelun.families.choices import Stage
from chelun.families.models import FamilyWish, Relative
from chelun.families.place_settings import PENDING, TERM
from chelun.families.rules import CONTACT, consent_end
from chelun.families.selectors import (
    KIND,
    facts_of,
    is_open,
    open_facts,
    person_of,
    relative_kept,
    standing_of,
    wishes_seen,
    write_right,
)
from chelun.families.services.erasing import restate
from chelun.families.services.facts import (
    Agreed,
    Facts,
    birth_of,
    check_agreed,
    check_relation,
    check_telephone,
    read_facts,
    stage_of,
    wrong,
)
from chelun.platform.audit.services import record
from chelun.platform.privacy.choices import Occasion
from chelun.platform.privacy.keys import key_of, make_keys
from chelun.platform.privacy.services.assessments import require_assessment
from chelun.platform.privacy.services.consents import Given, write_consent
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.words import values_for
from chelun.platform.sheets.batches import hold_place


def register_relative(
    *, actor: Actor, person: UUID, relation: str, raw: Mapping[str, str], minor: bool, agreed: Agreed
) -> Relative:
    """Keep a relative of somebody on file, under the consent that was just given. NotFound where the actor may not.

    Refused without a consent of whoever may give it, without a notice, and of minors without an impact assessment.
    """
    home = _home(actor, person, minor=minor)
    facts = read_facts(raw, minor=minor)
    check_relation(relation, stage_of(facts))
    check_agreed(facts, agreed)
    check_telephone(facts, agreed)
    with transaction.atomic():
        hold_place(placed(home))
        person_of(actor, person, write_right(stage_of(facts)))
        relative = Relative(
            pk=uuid7(), person_id=person, home=home, relation=relation, registered_by=actor.actor_name,
            **placed(home),
        )  # fmt: skip
        _not_there_yet(relative, facts)
        key = make_keys([relative.pk])[relative.pk]
        _agree(actor, relative, facts, agreed, key)
        FamilyWish.objects.filter(person=person, home=home, relation=relation, stage=relative.stage).delete()
        _noted(actor, relative, "created")
    return relative


def renew_consent(*, actor: Actor, relative: UUID, agreed: Agreed, raw: Mapping[str, str]) -> Relative:
    """A consent given anew before it ends or while it is waited for: by the relative's age of today. `raw` may bring a telephone."""
    with transaction.atomic():
        row = _locked(actor, relative)
        key = key_of(row.pk)
        facts = open_facts(row, key)
        if birth_of(facts) and stage_of(facts) == Stage.ADULT:
            facts.pop("birth")
        if raw.get("phone") and stage_of(facts) != Stage.CHILD:
            facts |= {"phone": read_facts({**facts, **raw}, minor="birth" in facts).get("phone", "")}
        if not standing_of([row.pk], CONTACT):
            check_telephone({"phone": raw.get("phone", ""), "birth": facts.get("birth", "")}, agreed)
        _agree(actor, row, facts, agreed, key)
        _noted(actor, row, "renewed")
    return row


def correct_relative(*, actor: Actor, relative: UUID, relation: str, raw: Mapping[str, str]) -> Relative:
    """Put right what is kept. '' leaves a value as it is. A birth that makes somebody older or younger asks for a new consent."""
    with transaction.atomic():
        row = _locked(actor, relative)
        if not is_open(row):
            raise NotFound
        check_relation(relation, row.stage)
        key = key_of(row.pk)
        old = open_facts(row, key)
        facts = read_facts(old | {name: text for name, text in raw.items() if text}, minor="birth" in old)
        if stage_of(facts) != row.stage:
            raise wrong("birth", _("这样一改，应由谁同意就变了。请先撤回同意，再重新登记。"))
        if raw.get("phone") and row.stage == Stage.ADULT and not standing_of([row.pk], CONTACT):
            raise wrong("phone", _("没有同意联系的，不登记电话。本人同意了，请先“重新同意”。"))
        row.relation, row.sealed = relation, seal_with(key, to_sorted_json(facts))
        row.save(update_fields=["relation", "sealed"])
        changed = sorted(name for name in facts.keys() | old.keys() if facts.get(name) != old.get(name))
        _noted(actor, row, "corrected", fields=changed)
    return row


def note_wish(*, actor: Actor, person: UUID, relation: str, stage: str) -> FamilyWish:
    """Keep that a relative of such a kind wishes to be served, and nothing else, for as long as the place waits for a consent."""
    if stage not in Stage.values:
        raise wrong("stage", _("请选择年龄段。"))
    check_relation(relation, stage)
    home = _home(actor, person, minor=stage != Stage.ADULT)
    days = int(str(values_for(home).value(PENDING)))
    with transaction.atomic():
        hold_place(placed(home))
        person_of(actor, person, write_right(stage))
        FamilyWish.objects.filter(person=person, until__lt=timezone.localdate()).delete()
        wish, made = FamilyWish.objects.get_or_create(
            person_id=person, home=home, relation=relation, stage=stage,
            defaults={
                "until": timezone.localdate() + timedelta(days=days), "noted_by": actor.actor_name, **placed(home),
            },
        )  # fmt: skip
        if made:
            record(
                actor=actor, action="families.wish.made", target_kind="wish", target=wish.pk, region=home,
                new={"until": wish.until.isoformat()},
            )  # fmt: skip
    return wish


def drop_wish(*, actor: Actor, wish: UUID) -> FamilyWish:
    """It is not wished any more."""
    with transaction.atomic():
        found = wishes_seen(actor).filter(pk=wish).first()
        if found is None:
            raise NotFound
        if (
            not FamilyWish.objects.in_scope(actor.scope_for(write_right(found.stage)))
            .filter(pk=wish)
            .exists()
        ):
            raise NotFound
        FamilyWish.objects.filter(pk=wish).delete()
        record(
            actor=actor, action="families.wish.deleted", target_kind="wish", target=wish, region=found.home
        )
    return found


def _home(actor: Actor, person: UUID, *, minor: bool) -> str:
    return person_of(actor, person, write_right(Stage.CHILD if minor else Stage.ADULT)).homes[0]


def _not_there_yet(row: Relative, facts: Facts) -> None:
    """Refused where the same relative of the same person is kept already: somebody pressed twice, or went back and sent again."""
    rows = Relative.objects.filter(
        person=row.person_id, home=row.home, relation=row.relation, stage=stage_of(facts)
    )
    for other in facts_of(rows).values():
        if (other["name"], other.get("birth")) == (facts["name"], facts.get("birth")):
            raise wrong(
                "name",
                _("已经登记过同名、同样关系的家属，没有再登记一次。要改资料、重新同意，请打开那一份。"),
            )


def _locked(actor: Actor, relative: UUID) -> Relative:
    relative_kept(actor, relative)
    found = Relative.objects.select_for_update(of=("self",)).filter(pk=relative).first()
    if found is None:
        raise NotFound
    return found


def _agree(actor: Actor, row: Relative, facts: Facts, agreed: Agreed, key: bytes) -> None:
    """Write what was agreed to, purpose by purpose, and what may be kept for it."""
    on_behalf, by = check_agreed(facts, agreed)
    row.stage = stage_of(facts)
    if row.stage != Stage.ADULT:
        require_assessment(row.home, Occasion.SENSITIVE)
    years = int(str(values_for(row.home).value(TERM)))
    until, row.ends = consent_end(birth_of(facts), timezone.localdate(), years)
    row.sealed = seal_with(key, to_sorted_json(facts))
    row.save()
    for purpose in agreed.purposes:
        given = Given(purpose, UUID(agreed.notice), on_behalf, agreed.how, until, by)
        write_consent(actor=actor, subject_kind=KIND, subject=row.pk, home=row.home, given=given)
    restate(row)


def _noted(actor: Actor, row: Relative, verb: str, **new: object) -> None:
    record(
        actor=actor, action=f"families.relative.{verb}", target_kind=KIND, target=row.pk, region=row.home,
        new={"stage": row.stage, "until": row.until.isoformat() if row.until else "", **new},
    )  # fmt: skip
