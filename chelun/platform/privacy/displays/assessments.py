"""Impact assessments in words: the list, and the sheet to print."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.ui import Address, Cell, Column, Fact, Row, Table, day, listed, minute
from chelun.platform.accounts.selectors.names import person_names
from chelun.platform.privacy.choices import Occasion, Risk
from chelun.platform.privacy.forms_assessments import cover_choices
from chelun.platform.privacy.models import Assessment
from chelun.platform.regions.selectors import name_of

TONES = {Risk.LOW: "ok", Risk.MIDDLE: "warn", Risk.HIGH: "bad"}


def assessment_table(rows: Sequence[Assessment], address: Address) -> Table:
    """Assessments, the newest first."""
    columns = [
        Column("title", _("评估事项"), fixed=True, wide=True), Column("place", _("地区")),
        Column("when", _("须评估的情形"), wide=True), Column("risk", _("采取措施后的风险")),
        Column("on", _("评估日期"), code=True), Column("until", _("再次评估的日期"), code=True),
    ]  # fmt: skip
    return Table(_("影响评估"), columns, [_row(row) for row in rows], address)


def _row(row: Assessment) -> Row:
    over = row.valid_until < timezone.localdate()
    return Row([
        Cell(row.title, reverse("privacy:assessment_detail", args=[row.pk])), name_of(row.region), _occasions(row),
        Cell(row.get_risk_display(), tone=TONES[Risk(row.risk)]), day(row.assessed_on),
        Cell(day(row.valid_until), tone="bad" if over else ""),
    ])  # fmt: skip


def _occasions(row: Assessment) -> str:
    return listed(str(Occasion(each).label) for each in row.occasions)


def assessment_facts(row: Assessment) -> list[Fact]:
    """What stands above the three contents."""
    names = dict(cover_choices())
    return [
        Fact(_("地区"), name_of(row.region)),
        Fact(_("须评估的情形"), _occasions(row)),
        Fact(_("涉及的目的"), listed(str(names[each]) for each in row.covers if each in names)),
        Fact(_("采取措施后的风险"), row.get_risk_display()),
        Fact(_("评估日期"), day(row.assessed_on), by=row.assessors),
        Fact(_("再次评估的日期"), day(row.valid_until)),
        Fact(_("记录人"), person_names([row.recorded_by])[row.recorded_by], when=minute(row.recorded_at)),
    ]
