"""What a request of a relative, or of a child's guardian, really does."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.scope import Scope
from chelun.engines.ids import mask_name, mask_phone
from chelun.families.models import Relative
from chelun.families.services.registering import correct_relative
from chelun.platform.privacy.acts import Act, Ask


def ask_correction(scope: Scope, relative: UUID, home: str) -> Sequence[Ask]:
    """What may be corrected on request."""
    return [
        Ask("name", _("更正后的姓名"), help=_("不改就留空。"), masked=mask_name),
        Ask("phone", _("更正后的电话"), help=_("不改就留空。"), masked=mask_phone),
    ]


def carry_out_correction(actor: Actor, relative: UUID, home: str, asked: Mapping[str, str]) -> None:
    """The correction, as by the form."""
    if not any(asked.get(name) for name in ("name", "phone")):
        raise Refused("families.request.nothing", _("请求里没有写明要改什么，请本人撤回后重新登记。"))
    row = Relative.objects.filter(pk=relative).first()
    if row is None:
        raise NotFound
    correct_relative(actor=actor, relative=relative, relation=row.relation, raw=asked)


def _file(relative: UUID) -> str:
    return reverse("families:relative_detail", args=[relative])


def _copy(relative: UUID) -> str:
    return reverse("families:relative_copy", args=[relative])


RELATIVE_ACTS = {
    "see": Act(url=_file),
    "copy": Act(url=_copy),
    "looks": Act(url=_file),
    "correct": Act(ask_correction, carry_out_correction),
}
