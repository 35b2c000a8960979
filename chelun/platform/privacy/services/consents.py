"""Notices are published, consents given to a version that was shown, and taken back: then what rests on them stops at once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.crypto import open_with, seal_with
from chelun.core.errors import NotFound, Refused
from chelun.core.jsontext import from_json, to_sorted_json
from chelun.core.locks import wait_for_turn
from chelun.platform.audit.services import record
from chelun.platform.privacy.choices import OnBehalf
from chelun.platform.privacy.keys import key_of, keys_of
from chelun.platform.privacy.kinds import SUBJECT_KINDS
from chelun.platform.privacy.models import Consent, Notice, standing
from chelun.platform.privacy.purposes import PURPOSES, asked_of
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.privacy.services.requests import REGISTER
from chelun.platform.regions.selectors import place, placed, within

SHORTEST_NOTICE = 50


def publish_notice(*, actor: Actor, region: str, text: str, valid_from: date) -> Notice:
    """A new version for a province, city or county. It may not begin in the past: nobody was told then."""
    found = place(region)
    if found is None or not within(region, actor.scope_for(DECIDE)):
        raise NotFound
    if found.level == "township":
        raise Refused("privacy.notice.place", _("告知书按省、市、县发布，请选择所在的县。"))
    if len(text.strip()) < SHORTEST_NOTICE:
        raise Refused(
            "privacy.notice.short",
            _("告知书要写明谁处理、目的和方式、种类、保存期限、本人怎样行使权利（至少 50 个字）。"),
        )
    if valid_from < timezone.localdate():
        raise Refused("privacy.notice.past", _("生效日期不能早于今天。"))
    with transaction.atomic():
        wait_for_turn(f"privacy.notice:{found.code}")
        last = Notice.objects.filter(region=found.code).aggregate(last=Max("number"))["last"] or 0
        notice = Notice.objects.create(
            region=found.code, number=last + 1, text=text.strip(), valid_from=valid_from,
            published_by=actor.actor_name, **placed(found.code),
        )  # fmt: skip
        record(
            actor=actor, action="privacy.notice.published", target_kind="notice", target=notice.pk, region=found.code,
            new={"number": notice.number, "valid_from": valid_from.isoformat()},
        )  # fmt: skip
    return notice


def notice_in_force(region: str, day: date | None = None) -> Notice | None:
    """The version that counts in a place: its own, else its city's, else its province's; of each the newest in force."""
    path = [code for code in placed(region).values() if len(code) == 6] if region else []
    rows = Notice.objects.filter(region__in=path, valid_from__lte=day or timezone.localdate())
    newest = sorted(rows, key=lambda each: (path.index(each.region), each.valid_from, each.number))
    return newest[-1] if newest else None


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody agreed to and how: having been shown the notice of this version, himself or by a guardian (`by`: who)."""

    purpose: str
    notice: UUID
    on_behalf: str
    how: str = ""
    until: date | None = None
    by: Mapping[str, str] = field(default_factory=dict)


def give_consent(
    *, actor: Actor, subject_kind: str, subject: UUID, purpose: str, notice: UUID, on_behalf: str
) -> Consent:
    """Write down that a person agreed. `notice` is the version that was shown: Refused when another one is in force now."""
    if purpose not in {each.name for each in asked_of(subject_kind)}:
        raise NotFound
    if on_behalf not in (OnBehalf.SELF, OnBehalf.GUARDIAN):
        raise Refused(
            "privacy.consent.who", _("同意只能由本人作出；不满十四周岁的，由父母或其他监护人作出。")
        )
    home = SUBJECT_KINDS[subject_kind].shown(actor.scope_for(REGISTER), subject).homes[0]
    with transaction.atomic():
        wait_for_turn(f"privacy.consent:{subject}")
        shown = _notice_shown(home, notice)
        if has_consent(subject=subject, home=home, purpose=purpose):
            raise Refused("privacy.consent.twice", _("本人已经同意过这一项。"))
        given = Given(purpose, shown.pk, on_behalf)
        return write_consent(actor=actor, subject_kind=subject_kind, subject=subject, home=home, given=given)


def write_consent(*, actor: Actor, subject_kind: str, subject: UUID, home: str, given: Given) -> Consent:
    """For rooms that ask on pages of their own, whose rules say who may agree: one purpose, in place of what was given before."""
    with transaction.atomic():
        wait_for_turn(f"privacy.consent:{subject}")
        shown = _notice_shown(home, given.notice)
        end_consents([subject], home, given.purpose)
        consent = Consent.objects.create(
            subject=subject, subject_kind=subject_kind, home=home, purpose=given.purpose, notice=shown,
            on_behalf=given.on_behalf, how=given.how, until=given.until, taken_by=actor.actor_name,
            sealed=seal_with(key_of(subject), to_sorted_json(dict(given.by))) if given.by else b"", **placed(home),
        )  # fmt: skip
        _noted(actor, consent, "given")
    return consent


def _notice_shown(home: str, notice: UUID) -> Notice:
    shown = notice_in_force(home)
    if shown is None:
        raise Refused(
            "privacy.consent.no_notice", _("本地还没有生效的告知书，不能征求同意。请个人信息保护专员先发布。")
        )
    if shown.pk != notice:
        raise Refused("privacy.consent.other_notice", _("告知书已有新版本，请让本人看过新的再同意。"))
    return shown


def end_consents(subjects: Collection[UUID], home: str, purpose: str) -> None:
    """What was agreed to ends without anybody taking it back: its day is over, its object gone, or it is given anew."""
    rows = Consent.objects.filter(subject__in=list(subjects), home=home, purpose=purpose, withdrawn_at=None)
    rows.update(withdrawn_at=datetime.now(UTC))


def givers_of(consents: Collection[Consent]) -> dict[UUID, dict[str, str]]:
    """Who agreed for somebody, by consent; left out where he agreed himself or his key is gone."""
    sealed = [each for each in consents if bytes(each.sealed)]
    keys = keys_of({each.subject for each in sealed}) if sealed else {}
    return {
        each.pk: from_json(open_with(keys[each.subject], bytes(each.sealed)))
        for each in sealed
        if each.subject in keys
    }


def withdraw_consent(*, actor: Actor, consent: UUID, permission: str = REGISTER) -> Consent:
    """Take a consent back: what rests on it stops before this returns, or nothing is taken back. NotFound out of scope."""
    with transaction.atomic():
        rows = Consent.objects.select_for_update(of=("self",)).in_scope(actor.scope_for(permission))
        present = rows.filter(pk=consent).first()
        if present is None:
            raise NotFound
        if present.withdrawn_at:
            raise Refused("privacy.consent.withdrawn", _("这项同意已经撤回。"))
        present.withdrawn_at, present.withdrawn_by = datetime.now(UTC), actor.actor_name
        present.save(update_fields=["withdrawn_at", "withdrawn_by"])
        purpose = PURPOSES.get(present.purpose)
        if purpose is not None:
            purpose.withdrawn(actor, present.subject, present.home)
        _noted(actor, present, "withdrawn")
    return present


def has_consent(*, subject: UUID, home: str, purpose: str) -> bool:
    """Whether a purpose may go on for a person in a place now. Whatever rests on consent asks this each time."""
    rows = Consent.objects.filter(standing(timezone.localdate()), subject=subject, home=home, purpose=purpose)
    return rows.exists()


def _noted(actor: Actor, consent: Consent, verb: str) -> None:
    record(
        actor=actor, action=f"privacy.consent.{verb}", target_kind=consent.subject_kind, target=consent.subject,
        region=consent.home, new={"purpose": consent.purpose, "notice": str(consent.notice_id)},
    )  # fmt: skip
