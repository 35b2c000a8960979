"""Lists that somebody has taken away."""

from collections.abc import Sequence

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.ui import Cell, Column, Row, Table, day, minute
from chelun.platform.sheets.models import StoredFile


def export_table(files: Sequence[StoredFile]) -> Table:
    """Name, purpose, when made, when it goes."""
    columns = [
        Column("name", _("文件")),
        Column("purpose", _("用途")),
        Column("size", _("大小"), numeric=True),
        Column("made", _("生成时间"), code=True),
        Column("expires", _("到期删除"), code=True),
    ]
    rows = [
        Row([
            Cell(file.name, reverse("people:export_download", args=[file.pk])), file.purpose, filesizeformat(file.size),
            minute(file.created_at), day(file.expires_at),
        ])
        for file in files
    ]  # fmt: skip
    return Table(_("我的导出"), columns, rows)
