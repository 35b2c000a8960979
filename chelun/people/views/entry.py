"""The forms by which one person, firm, vehicle or paper is entered, and by which a person's facts are corrected."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chelun.core.pages import PageRequest, page
from chelun.people.forms import RowForm, problem_text
from chelun.people.services.door import Brought, RowRefused, bring
from chelun.people.views.shared import entry_regions, kind_names
from chelun.platform.regions.selectors import placed
from chelun.platform.regions.words import home_region
from chelun.platform.sheets.registers import own_columns


@page("people.edit")
def person_new(request: PageRequest) -> HttpResponseBase:
    """Enter a person."""
    return _enter(request, "person")


@page("people.edit")
def enterprise_new(request: PageRequest) -> HttpResponseBase:
    """Enter a firm."""
    return _enter(request, "enterprise")


@page("people.edit")
def vehicle_new(request: PageRequest) -> HttpResponseBase:
    """Enter a vehicle."""
    return _enter(request, "vehicle")


@page("people.edit")
def credential_new(request: PageRequest) -> HttpResponseBase:
    """Enter a paper, with whoever holds it."""
    return _enter(request, "credential")


def _enter(request: PageRequest, register: str) -> HttpResponseBase:
    regions = entry_regions(request.scope)
    home = regions[0][0] if len(regions) == 1 else home_region(request.scope)
    form = RowForm(
        request.POST or None, register=register, kinds=kind_names(request.scope),
        regions=regions if len(regions) > 1 else (), own=own_columns(placed(home)).get(register, ()),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        region = form.cleaned_data.get("region") or regions[0][0]
        try:
            brought = bring(register, actor=request.actor, region=region, raw=form.raw())
            return tell(request, register, brought)
        except RowRefused as refusal:
            form.take_problems(refusal.problems)
    context = {**words_of(register), "form": form, "place": regions[0][1] if len(regions) == 1 else ""}
    return render(request, "people/entry.html", context, status=422 if form.errors else 200)


def words_of(register: str) -> dict[str, str]:
    """What the entry page of a register says, and where it leads back to."""
    headings = {
        "person": (_("登记一人"), _("人员"), _("只有姓名必填。有身份证号请填上，同一个人就不会登记两次。")),
        "enterprise": (_("登记一家企业"), _("企业"), _("只有企业名称必填。有统一社会信用代码请填上。")),
        "vehicle": (_("登记一辆车"), _("车辆"), _("只有车牌号必填。同一车牌不同颜色是两辆车。")),
        "credential": (
            _("登记一本证照"),
            _("证照"),
            _(
                "证照种类必填。个人的证照填姓名和身份证号，企业的填企业名称，车辆的填车牌号；已在册的，也可以在他的档案里登记。"
            ),
        ),
    }
    heading, up, lead = headings[register]
    url = reverse(f"people:{register}_list")
    return {"heading": heading, "up": up, "lead": lead, "up_url": url, "back_url": url}


def tell(request: PageRequest, register: str, brought: Brought) -> HttpResponseBase:
    """Say what became of the row, with what the rules remarked, and go to where it is now."""
    sentences = {
        "created": _("已登记。"),
        "changed": _("已更新。"),
        "unchanged": _("内容和已有的登记相同，没有改动。"),
        "unresolved": _("没有身份证号，且可能是已在册的人，请认定这一行是谁。"),
    }
    level = messages.SUCCESS if brought.outcome in ("created", "changed") else messages.WARNING
    messages.add_message(request, level, sentences[brought.outcome])
    for problem in brought.warnings:
        messages.warning(request, problem_text(problem))
    if brought.waiting:
        return redirect("people:unresolved_detail", row=brought.waiting)
    if brought.subject:
        return redirect(f"people:{register}_detail", brought.subject)
    return redirect(f"people:{register}_list")
