"""The audit trail for the audit administrator: list, one row, checking the chain, its anchors."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from chelun.core.pages import PageRequest, page
from chelun.core.ui import Address, Cell, Column, Fact, Page, Row, Table, aside, keyset_page
from chelun.core.ui.tables import CellLike
from chelun.platform.accounts.forms import AuditFilterForm
from chelun.platform.accounts.selectors.entries import (
    chain_length,
    entry_get,
    entry_moment,
    entry_search,
    pretty,
    user_names,
)
from chelun.platform.accounts.selectors.places import place_label
from chelun.platform.audit.anchors import anchor_bytes, anchor_path, read_anchors
from chelun.platform.audit.background import start_check
from chelun.platform.audit.checking import chain_check, last_check
from chelun.platform.audit.models import AuditEntry
from chelun.platform.audit.reasons import purposes_of
from chelun.platform.audit.services import record
from chelun.platform.audit.wording import action_label, actor_label, target_label

# A longer chain is checked in the background: verifying takes about a second for every 50,000 rows.
INLINE_ROWS = 50_000


@page("audit.view")
def audit_list_page(request: PageRequest) -> HttpResponse:
    """Rows of the trail, newest first, with filters kept in the address; the last check of the chain."""
    form, address = AuditFilterForm(request.GET), Address.of(request)
    wanted = form.cleaned_data if form.is_valid() else {}
    turned = keyset_page(entry_search(scope=request.scope, **wanted), ("-seq",), address)
    context = {
        "form": form,
        "address": address,
        "page": turned,
        "table": _table(turned, address),
        "last": last_check(),
        "length": chain_length(),
        "anchors": len(read_anchors()),
    }
    return render(request, "accounts/audit_list.html", context)


@page("audit.view")
def audit_detail_page(request: PageRequest, seq: int) -> HttpResponse:
    """One row with its old and new values."""
    entry = entry_get(scope=request.scope, seq=seq)
    context = {"entry": entry, "facts": _facts(entry), "old": pretty(entry.old), "new": pretty(entry.new)}
    return render(request, "accounts/audit_detail.html", context)


@page("audit.view")
@require_POST
def chain_check_do(request: PageRequest) -> HttpResponse:
    """Check the chain: at once, or in the background when it is long."""
    progress = start_check(request.actor) if chain_length() > INLINE_ROWS else None
    if progress:
        return redirect(progress)
    check = chain_check(actor=request.actor)
    if check.found:
        messages.error(request, _("审计链不完整，请看下面列出的问题。"))
    else:
        messages.success(request, _("审计链完整，没有发现改动。"))
    return redirect("accounts:audit_list")


@page("audit.view")
def anchors_download(request: PageRequest) -> HttpResponse:
    """The anchors as the file that lies outside the database, to be kept elsewhere."""
    record(actor=request.actor, action="audit.anchors.downloaded")
    headers = {"Content-Disposition": f'attachment; filename="{anchor_path().name}"'}
    return HttpResponse(anchor_bytes(), content_type="application/jsonl", headers=headers)


def _table(turned: Page[AuditEntry], address: Address) -> Table:
    columns = [
        Column("seq", _("序号"), numeric=True, fixed=True),
        Column("at", _("时间"), code=True),
        Column("actor", _("操作者")),
        Column("action", _("动作")),
        Column("target", _("对象")),
        Column("region", pgettext("audit", "地区"), extra=True),
        Column("purpose", _("目的"), extra=True),
    ]
    names, purposes = user_names(turned.items), purposes_of(turned.items)
    rows = [_row(entry, names, purposes[entry.pk]) for entry in turned.items]
    return Table(_("审计记录"), columns, rows, address)


def _row(entry: AuditEntry, names: Mapping[str, str], purpose: str) -> Row:
    cells: list[CellLike] = [
        Cell(str(entry.seq), reverse("accounts:audit_detail", args=[entry.seq])),
        entry_moment(entry),
        entry.actor,
        Cell(action_label(entry.action), note=entry.action),
        Cell(names.get(entry.target, entry.target), note=target_label(entry.target_kind)),
        entry.region,
        purpose,
    ]
    return Row(cells, key=str(entry.seq))


def _facts(entry: AuditEntry) -> list[Fact]:
    return [
        Fact(_("序号"), str(entry.seq)),
        Fact(_("时间"), entry_moment(entry)),
        Fact(_("操作者"), aside(entry.actor, actor_label(entry.actor_kind))),
        Fact(_("动作"), aside(action_label(entry.action), entry.action)),
        Fact(_("目的"), purposes_of([entry])[entry.pk]),
        Fact(pgettext("audit", "地区"), place_label(entry.region) if entry.region else ""),
        Fact(_("对象"), _target(entry)),
        Fact(_("导入批次"), entry.batch),
        Fact(_("链值"), entry.seal),
    ]


def _target(entry: AuditEntry) -> str:
    """«账号 wang（01a1ff27-…）»: in words what the row is about, with the number by which it is found again."""
    name = user_names([entry]).get(entry.target, "")
    named = aside(name, entry.target) if name else entry.target
    return f"{target_label(entry.target_kind)} {named}".strip()
