"""What places decide: to see, to change, to take back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chelun.core.errors import NotFound, Refused
from chelun.core.pages import PageRequest, page
from chelun.core.scope import Scope
from chelun.core.ui import minute
from chelun.platform.regions.acts import Act, named
from chelun.platform.regions.directory import region_url
from chelun.platform.regions.forms import SettingForm
from chelun.platform.regions.place_settings import GROUPS, SETTINGS, Text
from chelun.platform.regions.selectors import Place, children, name_of, place, within
from chelun.platform.regions.services import clear_place_setting, keep_place_setting, set_place_setting
from chelun.platform.regions.words import Effective, PlaceValues, all_values, shown, values_for


@dataclass(frozen=True, slots=True)
class Line:
    """One setting on the page: its value in words, where that comes from, why it differs, and the form that changes it."""

    effective: Effective
    value: str
    origin: str
    replaced: str
    decided: str
    reason: str
    form: SettingForm


@dataclass(frozen=True, slots=True)
class Below:
    """A place below the one on the page, how many settings it has decided for itself, and of how many what stood above has changed since."""

    name: str
    url: str
    decided: int
    overtaken: int


@page("regions.manage")
def settings(request: PageRequest) -> HttpResponseBase:
    """The places whose settings the reader manages; straight to the one if there is only one."""
    mine = [
        found for code in sorted(request.scope.keys("region")) if (found := _settable(code, request.scope))
    ]
    if len(mine) == 1:
        return redirect("regions:settings_of", mine[0].code)
    below = _with_numbers(mine or list(children("")) if request.scope.is_everything else mine)
    return render(request, "regions/settings.html", {"below": below})


@page("regions.manage")
def settings_of(request: PageRequest, code: str) -> HttpResponseBase:
    """All settings of one place."""
    return _shown(request, code)


@page("regions.manage")
@require_POST
def setting_change(request: PageRequest, code: str, key: str) -> HttpResponseBase:
    """Decide one setting, or take the decision back."""
    found, setting = _managed(request, code), SETTINGS.get(key)
    if setting is None:
        raise NotFound
    form = SettingForm(setting, request.POST, auto_id=f"id_{key}_%s")
    if "clear" in request.POST:
        clear_place_setting(actor=request.actor, region=found.code, key=key)
        messages.success(request, _("“{label}”已恢复为上级的值。").format(label=setting.label))
    elif "keep" in request.POST:
        keep_place_setting(actor=request.actor, region=found.code, key=key)
        messages.success(request, _("“{label}”仍用本地的值。").format(label=setting.label))
    elif not form.is_valid() or not _decided(request, found, form):
        return _shown(request, code, form)
    return redirect(f"{reverse('regions:settings_of', args=[found.code])}#{key}")


def _decided(request: PageRequest, found: Place, form: SettingForm) -> bool:
    """Decide what the form says; False where it was refused, with the sentence in the form."""
    setting, reason = form.setting, form.cleaned_data["reason"]
    try:
        set_place_setting(
            actor=request.actor, region=found.code, key=setting.key, value=form.decided(), reason=reason
        )
    except Refused as refusal:
        form.add_error("reason" if refusal.code == "regions.setting_reason" else "value", refusal.message)
        return False
    messages.success(request, _("“{label}”已改，下级地区随之生效。").format(label=setting.label))
    return True


def _shown(request: PageRequest, code: str, refused: SettingForm | None = None) -> HttpResponse:
    found = _managed(request, code)
    below = [child for child in children(found.code) if child.level != "township"]
    context = {
        "place": found,
        "groups": _groups(values_for(found.code), refused),
        "below": _with_numbers(below),
        "region_url": region_url(found.code),
        "refused": refused,
    }
    return render(request, "regions/settings_of.html", context, status=422 if refused else 200)


def _settable(code: str, scope: Scope) -> Place | None:
    found = place(code)
    settable = found is not None and found.in_force and found.level != "township"
    return found if found and settable and within(found.code, scope) else None


def _managed(request: PageRequest, code: str) -> Place:
    found = _settable(code, request.scope)
    if found is None:
        raise NotFound
    return found


def _groups(values: PlaceValues, refused: SettingForm | None) -> list[tuple[Text, Text, list[Line]]]:
    found = {setting.key: values.effective(setting.key) for setting in SETTINGS}
    who = named((each.decision.region, each.decision.changed_by) for each in found.values() if each.decision)
    return [
        (label, text, [_line(found[each.key], who, refused) for each in SETTINGS if each.group == group])
        for group, (label, text) in GROUPS.items()
    ]


def _line(effective: Effective, who: Mapping[Act, str], refused: SettingForm | None) -> Line:
    setting, key = effective.setting, effective.setting.key
    value: object = effective.value
    if setting.kind == "flag":
        value = "on" if effective.value else "off"
    own = effective.decision if effective.own else None
    held = {"value": value, "reason": own.reason if own else ""}
    fresh = SettingForm(setting, initial=held, auto_id=f"id_{key}_%s")
    form = refused if refused and refused.setting.key == key else fresh
    return Line(
        effective, shown(effective.value, setting), _origin(effective), _replaced(effective), _when(effective, who),
        own.reason if own else "", form,
    )  # fmt: skip


def _when(effective: Effective, who: Mapping[Act, str]) -> str:
    """Since when a decision stands, and by whom."""
    found = effective.decision
    if found is None or found.changed_at is None:
        return ""
    by = who[found.region, found.changed_by] or _("不详")
    return _("{when} 起，{who}").format(when=minute(found.changed_at), who=by)


def _origin(effective: Effective) -> str:
    if effective.own:
        return _("本地设置")
    return name_of(effective.source) if effective.source else _("默认")


def _replaced(effective: Effective) -> str:
    if not effective.own or effective.replaced is None:
        return ""
    whose = name_of(effective.replaced_source) if effective.replaced_source else _("默认")
    return _("替换了{whose}的“{value}”").format(
        whose=whose, value=shown(effective.replaced, effective.setting)
    )


def _with_numbers(places: list[Place]) -> list[Below]:
    values = all_values() if places else {}
    found = []
    for each in places:
        here = values.get(each.code)
        own = [here.effective(key) for key in here.decisions] if here else []
        own = [effective for effective in own if effective.own]
        url = reverse("regions:settings_of", args=[each.code])
        found.append(Below(each.name, url, len(own), sum(effective.overtaken for effective in own)))
    return found
