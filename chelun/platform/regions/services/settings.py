"""Changing what a place decides for itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.platform.audit.services import record
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.place_settings import SETTINGS, Setting, Value
from chelun.platform.regions.selectors import Place, place, within

PERMISSION = "regions.manage"
LONGEST_TEXT = 20


def set_place_setting(*, actor: Actor, region: str, key: str, value: Value) -> None:
    """Let a province, city or county decide a setting. Nothing happens when it has decided just that already.

    NotFound outside the actor's places; Refused for a value that does not fit.
    """
    found, setting = _managed(actor, region), _declared(key)
    decided = _checked(setting, value)
    with transaction.atomic():
        before = PlaceSetting.objects.select_for_update().filter(region=found.code, key=key).first()
        if before is not None and before.value == decided:
            return
        row = before or PlaceSetting(region=found.code, key=key)
        old = {} if before is None else {"value": before.value}
        row.value, row.changed_by = decided, actor.actor_name
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save()
        _record(actor, "regions.setting.changed", found, key, old, {"value": decided})


def clear_place_setting(*, actor: Actor, region: str, key: str) -> None:
    """Take a place's own decision back, so that it has again what counts above it."""
    found = _managed(actor, region)
    _declared(key)
    with transaction.atomic():
        before = PlaceSetting.objects.select_for_update().filter(region=found.code, key=key).first()
        if before is None:
            return
        before.delete()
        _record(actor, "regions.setting.cleared", found, key, {"value": before.value}, {})


def _managed(actor: Actor, region: str) -> Place:
    found = place(region)
    if found is None or not within(found.code, actor.scope_for(PERMISSION)):
        raise NotFound
    if found.level == "township" or not found.in_force:
        text = _("“{name}”不能单独设置：只有现行的省、市、县可以。请到它所在的县去改。")
        raise Refused("regions.setting_place", text.format(name=found.name))
    return found


def _declared(key: str) -> Setting:
    setting = SETTINGS.get(key)
    if setting is None:
        raise NotFound
    return setting


def _checked(setting: Setting, value: Value) -> Value:
    if setting.kind == "flag":
        if isinstance(value, bool):
            return value
    elif isinstance(value, str):
        text = " ".join(value.split())
        if setting.kind == "choice" and text in setting.choices:
            return text
        if setting.kind == "text" and text.isprintable() and 0 < len(text) <= LONGEST_TEXT:
            return text
    message = _("“{label}”填得不对：请写 1 到 {most} 个字，或选一个列出的值。")
    raise Refused("regions.setting_value", message.format(label=setting.label, most=LONGEST_TEXT))


def _record(
    actor: Actor, action: str, found: Place, key: str, old: dict[str, Value], new: dict[str, Value]
) -> None:
    record(
        actor=actor,
        action=action,
        target_kind="place_setting",
        target=f"{found.code}:{key}",
        region=found.code,
        old=old,
        new=new,
    )
