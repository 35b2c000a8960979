"""What waits in the registers."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from chelun.core.actors import Actor
from chelun.core.today import DUTIES, Duty, up_to_most
from chelun.people.choices import PaperState
from chelun.people.models import PersonCard, UnresolvedRow
from chelun.people.reminders import Reminders
from chelun.people.selectors import Filters, credential_list
from chelun.people.selectors.likeness import likeness_list
from chelun.platform.sheets.batches import hidden_batches


def count_unresolved(actor: Actor) -> int:
    """Rows that wait for a decision."""
    rows = UnresolvedRow.objects.in_scope(actor.scope_for("people.edit")).visible(hidden_batches())
    return rows.filter(settled_as="").count()


def count_without_phone(actor: Actor) -> int:
    """Persons who cannot be called; counted up to 1,000."""
    rows = PersonCard.objects.in_scope(actor.scope_for("people.edit")).visible(hidden_batches())
    return up_to_most(rows.filter(phone_index=""))


DUTIES.add(
    "people.unresolved",
    Duty(
        "people.unresolved", _("待甄别的行"), _("逐行确认是谁，或登记为新人员"), _("没有待甄别的行"),
        "people.edit", "people:unresolved_list", "user-question", count_unresolved, order=10,
    ),
)  # fmt: skip


def count_likenesses(actor: Actor) -> int:
    """Pairs of files that may be one; counted up to 1,000."""
    return up_to_most(likeness_list(actor.scope_for("people.edit")))


DUTIES.add(
    "people.likenesses",
    Duty(
        "people.likenesses", _("可能重复的档案"), _("看看是不是同一份：是就请档案管理员合并，不是就写明理由"), _("没有可能重复的档案"),
        "people.edit", "people:likeness_list", "copy", count_likenesses, order=15,
    ),
)  # fmt: skip
DUTIES.add(
    "people.without_phone",
    Duty(
        "people.without_phone", _("缺联系电话的人员"), _("打电话前先补齐号码"), _("在册人员都有联系电话"),
        "people.edit", "people:person_list", "phone-off", count_without_phone, "missing=phones", order=30,
    ),
)  # fmt: skip


def count_papers(state: PaperState, actor: Actor) -> int:
    """Papers that stand so; counted up to 1,000."""
    rows = credential_list(actor.scope_for("people.edit"), Filters())
    return up_to_most(rows.filter(Reminders.of().conditions()[state]))


DUTIES.add(
    "people.papers_expired",
    Duty(
        "people.papers_expired", _("已过期的证照"), _("联系持证人换证；打开证照可看材料和受理窗口"), _("没有过期的证照"),
        "people.edit", "people:credential_list", "certificate-off", partial(count_papers, PaperState.EXPIRED), "state=expired",
        order=22, tone="bad",
    ),
)  # fmt: skip
DUTIES.add(
    "people.papers_expiring",
    Duty(
        "people.papers_expiring", _("快到期的证照"), _("提醒持证人备齐材料，到期前去换证"), _("近期没有到期的证照"),
        "people.edit", "people:credential_list", "certificate", partial(count_papers, PaperState.EXPIRING), "state=expiring", order=24,
    ),
)  # fmt: skip
