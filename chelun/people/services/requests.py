"""What a person's request does in the registers: a correction, the end of an employment, a record that is not about him."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.scope import Scope
from chelun.core.ui import clauses, day
from chelun.people.choices import AT_COUNTER
from chelun.people.displays.facts import is_masked
from chelun.people.displays.ranks import source_name
from chelun.people.displays.words import fact_label, fact_masked
from chelun.people.models import PersonSource, VersionedQuerySet
from chelun.people.selectors.files import works_of
from chelun.people.services.corrections import correct_person, end_engagement, facts_of
from chelun.people.services.door import RowRefused
from chelun.people.services.intake.leaves import joined_in
from chelun.people.services.intake.renewal import renew
from chelun.people.services.intake.shelf import PERSONS
from chelun.platform.audit.services import record
from chelun.platform.privacy.acts import Act, Ask
from chelun.platform.regions.selectors import placed
from chelun.platform.sheets.batches import hidden_batches, write_by_hand
from chelun.platform.sheets.registers import Intake
from chelun.platform.sheets.wording import said, told

CORRECTABLE = ("name", "phone", "birth", "address", "certificate", "position")
FACT_OF = {"phone": "phones"}


def ask_correction(scope: Scope, person: UUID, home: str) -> Sequence[Ask]:
    """What may be corrected on request; the ID number makes another person."""
    return [_correction(name, FACT_OF.get(name, name)) for name in CORRECTABLE]


def _correction(name: str, fact: str) -> Ask:
    label = _("更正后的{what}").format(what=fact_label("person", fact))
    masked = partial(_masked, fact) if is_masked("person", fact) else None
    return Ask(name, label, "day" if name == "birth" else "text", help=_("不改就留空。"), masked=masked)


def _masked(fact: str, value: str) -> str:
    return fact_masked(fact, [value] if fact == "phones" else value)


def carry_out_correction(actor: Actor, person: UUID, home: str, asked: Mapping[str, str]) -> None:
    """The correction, by the rules and in the way of the counter's form."""
    raw = {name: asked[name] for name in CORRECTABLE if asked.get(name)}
    if not raw:
        raise Refused("people.request.nothing", _("请求里没有写明要改什么，请本人撤回后重新登记。"))
    try:
        correct_person(actor=actor, person=person, home=home, raw=raw)
    except RowRefused as refusal:
        faults = [problem.fault for problem in refusal.problems]
        words = [told(said(each.template, each.params), said(each.advice, each.params)) for each in faults]
        raise Refused("people.request.row", clauses(words) or refusal.message) from refusal


def ask_leaving(scope: Scope, person: UUID, home: str) -> Sequence[Ask]:
    """Which employment ended, and when."""
    works = [work for work in works_of(scope, person) if work.engagement.to_date is None]
    choices = [
        (str(work.engagement.pk), work.firm or work.engagement.platform or _("个人")) for work in works
    ]
    return [
        Ask("engagement", _("离开的单位或平台"), "choice", choices, required=True),
        Ask("to_date", _("离岗日期"), "day", required=True),
    ]


def carry_out_leaving(actor: Actor, person: UUID, home: str, asked: Mapping[str, str]) -> None:
    """The employment ends on that day."""
    end_engagement(
        actor=actor, person=person, engagement=UUID(asked["engagement"]), to_date=date.fromisoformat(asked["to_date"])
    )  # fmt: skip


def ask_foreign(scope: Scope, person: UUID, home: str) -> Sequence[Ask]:
    """Which source record is about somebody else."""
    rows = _records(person, home).in_scope(scope).visible(hidden_batches())
    choices = [(str(row.pk), _record_words(row)) for row in rows.order_by("-as_of", "-known_at")[:50]]
    return [Ask("record", _("哪一条来源记录不是本人"), "choice", choices, required=True)]


def _records(person: UUID, home: str) -> VersionedQuerySet[PersonSource]:
    """What a place holds of him; of a joined file what it holds of each leaf."""
    leaves = joined_in(placed(home), [person]).leaves_of(person)
    return PersonSource.objects.filter(person__in=leaves, home=home)


def _record_words(row: PersonSource) -> str:
    where = _("第 {row} 行").format(row=row.row_number) if row.row_number else ""
    return " ".join(part for part in (source_name(row.source), day(row.as_of), row.sheet, where) if part)


def carry_out_foreign(actor: Actor, person: UUID, home: str, asked: Mapping[str, str]) -> None:
    """The record is taken off him and his card computed from what is left. The last one cannot go so: that is a deletion."""
    write_by_hand(placed(home))
    facts_of(actor, person, home)
    rows = _records(person, home).filter(superseded_by=None)
    row = rows.filter(pk=asked["record"]).first()
    if row is None:
        raise NotFound
    if rows.count() == 1:
        raise Refused(
            "people.request.only_record",
            _("这是他在本地仅有的一条记录。全部都不是本人的，请按“删除我的信息”办理。"),
        )
    leaf = row.person_id
    row.delete()
    intake = Intake(actor, placed(home), AT_COUNTER, timezone.localdate(), "form")
    renew(PERSONS, intake, [person])
    record(
        actor=actor, action="people.record.taken_off", target_kind="person", target=leaf, region=home,
        purpose=row.source, old={"record": str(row.pk)},
    )  # fmt: skip


def _copy(person: UUID) -> str:
    return reverse("people:person_copy", args=[person])


def _looks(person: UUID) -> str:
    return f"{reverse('people:person_detail', args=[person])}?part=looks"


PERSON_ACTS = {
    "see": Act(url=_copy),
    "copy": Act(url=_copy),
    "explain": Act(url=_copy),
    "looks": Act(url=_looks),
    "correct": Act(ask_correction, carry_out_correction),
    "left_firm": Act(ask_leaving, carry_out_leaving),
    "not_me": Act(ask_foreign, carry_out_foreign),
}
