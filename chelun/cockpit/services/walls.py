"""Screens on walls: opened by an administrator for a region and some months, closed again at any time.

The token is shown once and kept as a keyed digest. Whoever holds it sees one page of numbers and nothing else.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.cockpit.choices import WallTheme
from chelun.cockpit.models import WallScreen
from chelun.cockpit.selectors.walls import digest_of, screen_get
from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.platform.audit.services import record
from chelun.platform.regions.selectors import place, placed, within

PERMISSION = "walls.manage"
LONGEST_DAYS = 366
SHORTEST_LABEL, LONGEST_LABEL = 2, 40
SEEN_EVERY = timedelta(minutes=15)


def open_screen(
    *,
    actor: Actor,
    region: str,
    label: str,
    days: int,
    theme: str = WallTheme.AUTO,
    language: str = "zh-hans",
) -> str:
    """A new screen; its token, to be shown once. NotFound outside the actor's places, Refused for what does not fit."""
    here = place(region)
    if (
        here is None
        or not here.in_force
        or len(region) != 6
        or not within(region, actor.scope_for(PERMISSION))
    ):
        raise NotFound
    name = " ".join(label.split())
    if not SHORTEST_LABEL <= len(name) <= LONGEST_LABEL:
        raise Refused("cockpit.wall.label", _("请写明屏挂在哪里，例如“一楼大厅”，以后收回时认得出来。"))
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused(
            "cockpit.wall.days", _("有效期请填 1 到 {most} 天，到期后重新开一块。").format(most=LONGEST_DAYS)
        )
    token, now = secrets.token_urlsafe(32), timezone.now()
    levels = {level: code for level, code in placed(region).items() if level != "township"}
    with transaction.atomic():
        screen = WallScreen(
            **levels, region=region, label=name, theme=theme, language=language, digest=digest_of(token),
            made_by=actor.actor_name, made_at=now, expires_at=now + timedelta(days=days),
        )  # fmt: skip
        screen.full_clean(exclude=["seen_at", "closed_at"], validate_unique=False, validate_constraints=False)
        screen.save()
        record(
            actor=actor, action="cockpit.wall.enabled", target_kind="wall", target=str(screen.pk), region=region,
            new={"label": name, "days": days},
        )  # fmt: skip
    return token


@transaction.atomic
def close_screen(*, actor: Actor, screen: object) -> None:
    """Take a screen's token back: within a minute the wall shows nothing any more. Closing it again changes nothing."""
    row = screen_get(actor.scope_for(PERMISSION), screen)
    now = timezone.now()
    closed = WallScreen.objects.filter(pk=row.pk, closed_at=None).update(
        closed_at=now, closed_by=actor.actor_name
    )
    if closed:
        record(
            actor=actor, action="cockpit.wall.withdrawn", target_kind="wall", target=str(row.pk), region=row.region,
            old={"label": row.label},
        )  # fmt: skip


def note_seen(screen: WallScreen) -> None:
    """That a screen was looked at; at most once in some minutes, so that a wall does not write all day."""
    now = timezone.now()
    if screen.seen_at is None or now - screen.seen_at >= SEEN_EVERY:
        WallScreen.objects.filter(pk=screen.pk).update(seen_at=now)
