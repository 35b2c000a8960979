"""Pages of evidence: add a file to a record, open one for a reason, take one away."""

import io
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from chelun.core.errors import Refused
from chelun.core.pages import PageRequest, page
from chelun.platform.evidence.choices import FileKind
from chelun.platform.evidence.forms import EvidenceForm, OpenForm, RemoveForm
from chelun.platform.evidence.selectors import evidence_get, record_of
from chelun.platform.evidence.services import ADD, OPEN, add_evidence, open_evidence, remove_evidence
from chelun.platform.sheets.uploads import was_too_large


@page(ADD)
def add(request: PageRequest, holder: str, record: UUID) -> HttpResponseBase:
    """Attach a file to a record."""
    named = record_of(request.actor, holder, record)
    form = EvidenceForm(request.POST or None, request.FILES or None)
    if was_too_large(request):
        form.add_error("file", _("文件太大。"))
    elif request.method == "POST" and form.is_valid() and _added(request, holder, record, form):
        return redirect(named.url)
    return render(
        request, "evidence/add.html", {"form": form, "named": named}, status=422 if form.errors else 200
    )


def _added(request: PageRequest, holder: str, record: UUID, form: EvidenceForm) -> bool:
    file = form.cleaned_data["file"]
    try:
        row = add_evidence(
            actor=request.actor, holder=holder, record=record, content=file.read(), name=file.name,
            what=form.cleaned_data["what"],
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(
            "what" if refusal.code in ("evidence.what", "evidence.forbidden") else "file", refusal.message
        )
        return False
    picture = row.kind == FileKind.PICTURE
    messages.success(request, _("已添加。照片里的拍摄地点和时间已经去掉。") if picture else _("已添加。"))
    return True


@page(OPEN)
def open_file(request: PageRequest, evidence: UUID) -> HttpResponseBase:
    """Ask for the reason, then send the file."""
    row, named = evidence_get(request.actor, evidence)
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _sent(
                *open_evidence(actor=request.actor, evidence=row.pk, reason=form.cleaned_data["reason"])
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
    return render(
        request, "evidence/open.html", {"form": form, "named": named}, status=422 if form.errors else 200
    )


def _sent(content: bytes, media: str, name: str) -> HttpResponse:
    """A picture is shown, a document is downloaded; neither is kept by the browser."""
    response = HttpResponse(content, content_type=media)
    shown = media.startswith("image/")
    named = FileResponse(io.BytesIO(), as_attachment=not shown, filename=name or _("附件"))
    response["Content-Disposition"] = named["Content-Disposition"]
    response["X-Content-Type-Options"] = "nosniff"
    return response


@page(ADD)
def remove(request: PageRequest, evidence: UUID) -> HttpResponseBase:
    """Ask for the reason, then take the file away."""
    row, named = evidence_get(request.actor, evidence)
    form = RemoveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_evidence(actor=request.actor, evidence=row.pk, reason=form.cleaned_data["reason"])
            return redirect(named.url)
        except Refused as refusal:
            form.add_error(None, refusal.message)
    context = {
        "heading": _("删除附件"), "text": _("文件立即清除，不能恢复；删除会留下记录。"), "button": _("删除附件"),
        "form": form, "name": named.name, "cancel_url": named.url, "facts": [],
    }  # fmt: skip
    return render(request, "core/confirm.html", context, status=422 if form.errors else 200)
