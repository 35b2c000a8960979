"""Sending a table of the cockpit's numbers as a workbook: watermarked, and written down."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.platform.sheets.writing import answers
from chelun.platform.sheets.writing.export import ExportTable


def workbook_response(actor: Actor, name: str, region: str, *tables: ExportTable) -> HttpResponse:
    """A download of tables of numbers (never of persons), each on a sheet of its own, with a log row."""
    return answers.workbook_response(
        actor, name, region, *tables, purpose=_("查看驾驶舱指标"), action="cockpit.table.exported"
    )
