"""Break-glass in the registers: finding one person by a whole number outside the usual right, and what may be seen of him."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.scope import Node, Scope
from chelun.people.models import PersonCard
from chelun.people.selectors.files import PersonFile, person_file
from chelun.people.selectors.search import person_condition, recognise
from chelun.platform.accounts.models import User
from chelun.platform.privacy.models import BreakGlass
from chelun.platform.privacy.services import spend_lookup, spend_reveal
from chelun.platform.privacy.services.glass import check_reason, look_through, open_glass, reach_of
from chelun.platform.sheets.batches import hidden_batches


def ask_for_file(*, actor: User, number: str, reason: str) -> BreakGlass:
    """Open the file of whoever has this ID number or telephone, for a reason. One answer for absent and for out of reach."""
    check_reason(reason)
    asked = recognise(number)
    if asked.kind not in ("id", "phone"):
        raise Refused("people.glass.number", _("请填写完整的 18 位身份证号或 11 位手机号。"))
    spend_lookup(actor=actor, what="lookup:glass")
    condition = person_condition(asked)
    rows = PersonCard.objects.in_scope(reach_of(actor)).visible(hidden_batches()).filter(condition)
    cards = list(rows.order_by("-as_of", "home")[:20])
    if not cards:
        raise Refused("people.glass.nobody", _("在您可以紧急查看的范围里，没有登记这个号码。"))
    if len({card.person_id for card in cards}) > 1:
        raise Refused("people.glass.several", _("这个手机号登记在不止一人名下，请改用身份证号。"))
    mine = actor.scope_for("people.view")
    usual = set(
        PersonCard.objects.in_scope(mine)
        .filter(pk__in=[card.pk for card in cards])
        .values_list("pk", flat=True)
    )
    foreign = [card for card in cards if card.pk not in usual] if not usual else []
    if not foreign:
        raise Refused("privacy.glass.usual", _("这份档案在您平时就能查看的范围里，请用“查找”打开。"))
    return open_glass(
        actor=actor, subject_kind="person", subject=foreign[0].person_id, home=foreign[0].home, reason=reason
    )


def file_through(*, actor: User, glass: UUID) -> tuple[BreakGlass, PersonFile]:
    """What the place of the opening holds, written down as seen; sensitive values masked."""
    found = look_through(actor=actor, glass=glass)
    return found, person_file(_scope_of(found), found.subject)


def phones_through(*, actor: User, glass: UUID) -> Any:
    """The telephone numbers in the clear: what an emergency mostly needs. Counts as one reveal."""
    found, file = file_through(actor=actor, glass=glass)
    value = file.held.value("phones")
    if not value:
        raise Refused("people.glass.phones", _("这份档案里没有手机号。"))
    spend_reveal(
        actor=actor, subject=found.subject, subject_kind="person", field="phones", reason=found.reason,
        region=found.home,
    )  # fmt: skip
    return value


def _scope_of(glass: BreakGlass) -> Scope:
    return Scope.of([Node("region", glass.home)])
