"""Break-glass: a file outside the usual right, for three hours and a reason.

How far it reaches is named beforehand by a security administrator: holders of a role inside a region may open files in
that region and nowhere else. It ends by itself, to the second; with the area, the right or the account it ends at once. What is
opened is a file of the registers; what rooms above add to files is not shown, so membership never is.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.locks import wait_for_turn
from chelun.core.reasons import reasoned, without_numbers
from chelun.core.scope import Node, Scope
from chelun.platform.accounts.models import User
from chelun.platform.accounts.roles import roles_with
from chelun.platform.audit.services import record
from chelun.platform.privacy.choices import GlassVerdict, ToldHow
from chelun.platform.privacy.models import BreakGlass, GlassArea
from chelun.platform.privacy.services.holds import DECIDE
from chelun.platform.privacy.services.looking import note_opening
from chelun.platform.regions.selectors import place, placed, within

ASK, SECURITY, AUDIT, USUAL = "people.glass", "security.manage", "audit.view", "people.view"
TERM = timedelta(hours=3)
MOST_A_DAY = 3
REASON_LETTERS = 10
WHAT = "glass"


def name_area(*, actor: Actor, role: str, region: str) -> GlassArea:
    """Say how far break-glass reaches for the holders of a role inside a region. NotFound outside the actor's own scope."""
    found = place(region)
    if found is None or not within(region, actor.scope_for(SECURITY)):
        raise NotFound
    if role not in roles_with(ASK):
        raise Refused("privacy.glass.role", _("这个角色没有紧急查看的权限，请选择别的角色。"))
    if found.level == "township":
        raise Refused("privacy.glass.place", _("紧急查看的范围按省、市、县指定。"))
    try:
        with transaction.atomic():
            area = GlassArea.objects.create(
                region=found.code, role=role, named_by=actor.actor_name, **placed(found.code)
            )
            _noted_area(actor, area, "made")
    except IntegrityError as error:
        raise Refused("privacy.glass.twice", _("这个范围已经指定过了。")) from error
    return area


def end_area(*, actor: Actor, area: UUID) -> None:
    """No more break-glass there; what is open under it closes at once."""
    with transaction.atomic():
        present = GlassArea.objects.select_for_update().filter(pk=area, ended_at=None).first()
        if present is None or not within(present.region, actor.scope_for(SECURITY)):
            raise NotFound
        present.ended_by, present.ended_at = actor.actor_name, datetime.now(UTC)
        present.save(update_fields=["ended_by", "ended_at"])
        _noted_area(actor, present, "ended")


def reach_of(user: User) -> Scope:
    """The regions in which a user may break glass now: areas of a role that he holds on a region inside them."""
    grants = (
        [grant for grant in user.current_grants() if grant.node_kind == "region"] if user.is_active else []
    )
    roles = {grant.role for grant in grants} & roles_with(ASK)
    areas = GlassArea.objects.filter(role__in=roles, ended_at=None) if roles else ()
    held = [
        Node("region", area.region)
        for area in areas
        for grant in grants
        if grant.role == area.role and within(grant.node_key, Scope.of([Node("region", area.region)]))
    ]
    return Scope.of(held)


def check_reason(reason: str) -> str:
    """The reason, cleaned; Refused when it says nothing."""
    sentence = _("请写明什么紧急情况、为什么等不及（至少 10 个字），本人和审计管理员都会看到。")
    return reasoned(reason, "privacy.glass.reason", sentence, least=REASON_LETTERS)


def open_glass(*, actor: User, subject_kind: str, subject: UUID, home: str, reason: str) -> BreakGlass:
    """Open the file that one place holds. NotFound outside the actor's reach; Refused inside his usual right, and too often."""
    cleaned = check_reason(reason)
    if not within(home, reach_of(actor)):
        raise NotFound
    if within(home, actor.scope_for(USUAL)):
        raise Refused("privacy.glass.usual", _("这份档案在您平时就能查看的范围里，请用“查找”打开。"))
    now = timezone.now()
    with transaction.atomic():
        wait_for_turn(f"privacy.glass:{actor.actor_name}")
        if (
            BreakGlass.objects.filter(by=actor.actor_name, opened_at__gt=now - timedelta(days=1)).count()
            >= MOST_A_DAY
        ):
            raise Refused(
                "privacy.glass.often",
                _("一天内已紧急查看 {most} 次。确有需要，请联系安全管理员。").format(most=MOST_A_DAY),
            )
        glass = BreakGlass.objects.create(
            subject=subject, subject_kind=subject_kind, home=home, by=actor.actor_name, reason=cleaned, opened_at=now,
            until=now + TERM, **placed(home),
        )  # fmt: skip
        _noted(actor, glass, "opened", reason=cleaned)
    return glass


def look_through(*, actor: User, glass: UUID, now: datetime | None = None) -> BreakGlass:
    """The opened file, once more; the look is written down. NotFound for anybody else's, Refused when it is over."""
    found = BreakGlass.objects.filter(pk=glass, by=actor.actor_name).first()
    if found is None:
        raise NotFound
    moment = now or timezone.now()
    if found.closed_at or moment >= found.until:
        raise Refused("privacy.glass.over", _("这次紧急查看已经结束。还需要时请重新申请，并再写理由。"))
    if not within(found.home, reach_of(actor)):
        raise Refused("privacy.glass.ended", _("紧急查看的范围已经取消，这次查看随之结束。"))
    note_opening(
        actor=actor, subject=found.subject, subject_kind=found.subject_kind, regions=[found.home], what=WHAT,
        reason=found.reason,
    )  # fmt: skip
    return found


def close_glass(*, actor: User, glass: UUID) -> None:
    """Done before the time is over."""
    closed = BreakGlass.objects.filter(pk=glass, by=actor.actor_name, closed_at=None)
    if not closed.update(closed_at=datetime.now(UTC)):
        raise NotFound


def tell_person(*, actor: Actor, glass: UUID, how: str) -> None:
    """Write down that the person was told, and how. Refused for the one who had opened the file."""
    if how not in ToldHow.values:
        raise Refused("privacy.glass.how", _("请选择怎样告知了本人。"))
    with transaction.atomic():
        present = _present(actor, glass, DECIDE)
        if present.by == actor.actor_name:
            raise Refused("privacy.glass.self", _("要由查看者以外的人告知本人。"))
        if present.told_at:
            raise Refused("privacy.glass.told", _("已经告知过本人。"))
        present.told_at, present.told_by, present.told_how = datetime.now(UTC), actor.actor_name, how
        present.save(update_fields=["told_at", "told_by", "told_how"])
        _noted(actor, present, "told", new={"how": how})


def review_glass(*, actor: Actor, glass: UUID, verdict: str, note: str) -> None:
    """The audit administrator says whether it was an emergency."""
    if verdict not in GlassVerdict.values:
        raise Refused("privacy.glass.verdict", _("请选择复核结论。"))
    with transaction.atomic():
        present = _present(actor, glass, AUDIT)
        if present.by == actor.actor_name:
            raise Refused("privacy.glass.own", _("不能复核自己的紧急查看。"))
        if present.reviewed_at:
            raise Refused("privacy.glass.reviewed", _("已经复核过。"))
        present.reviewed_at, present.reviewed_by = datetime.now(UTC), actor.actor_name
        present.verdict, present.note = verdict, without_numbers(note.strip()[:200])
        present.save(update_fields=["reviewed_at", "reviewed_by", "verdict", "note"])
        _noted(actor, present, "reviewed", new={"verdict": verdict})


def _present(actor: Actor, pk: UUID, permission: str) -> BreakGlass:
    found = BreakGlass.objects.select_for_update().in_scope(actor.scope_for(permission)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def _noted(
    actor: Actor, glass: BreakGlass, verb: str, *, reason: str = "", new: dict[str, str] | None = None
) -> None:
    record(
        actor=actor, action=f"privacy.glass.{verb}", target_kind=glass.subject_kind, target=glass.subject,
        region=glass.home, reason=reason, new={"glass": str(glass.pk), **(new or {})},
    )  # fmt: skip


def _noted_area(actor: Actor, area: GlassArea, verb: str) -> None:
    record(
        actor=actor, action=f"privacy.glass.area_{verb}", target_kind="glass", target=area.pk, region=area.region,
        new={"role": area.role},
    )  # fmt: skip
