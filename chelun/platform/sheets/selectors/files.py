"""Reading stored files: one's own exports."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound
from chelun.core.scope import Scope, scope_filter
from chelun.core.ui import Cell, Column, Row, Table, day, minute, number
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.words import home_region
from chelun.platform.sheets.models import StoredFile


def export_list(*, scope: Scope, owner: Actor) -> QuerySet[StoredFile]:
    """The owner's exports that have not expired, within the scope that he has now."""
    here = Q(**placed(home_region(scope)))
    rows = StoredFile.objects.filter(scope_filter(StoredFile, scope) | here)
    return rows.filter(kind="export", owner=owner.actor_name, expires_at__gt=timezone.now())


def export_get(*, scope: Scope, owner: Actor, file_id: UUID) -> StoredFile:
    """One of the owner's exports; NotFound otherwise."""
    found = export_list(scope=scope, owner=owner).filter(pk=file_id).first()
    if found is None:
        raise NotFound
    return found


def export_table(files: Sequence[StoredFile]) -> Table:
    """Exports as a list."""
    columns = [
        Column("name", _("文件")), Column("purpose", _("用途")), Column("size", _("大小（KB）"), numeric=True),
        Column("created", _("生成时间"), code=True), Column("expires", _("到期清除"), code=True),
    ]  # fmt: skip
    rows = [
        Row([
            Cell(file.name, reverse("sheets:export_download", args=[file.pk])), file.purpose,
            number(max(1, file.size // 1024)), minute(file.created_at), day(file.expires_at),
        ])
        for file in files
    ]  # fmt: skip
    return Table(_("我的导出"), columns, rows)
