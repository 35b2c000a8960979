"""Changing what a place decides for itself."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import NotFound, Refused
from chelun.core.reasons import without_numbers
from chelun.platform.audit.services import record
from chelun.platform.regions.events import setting_changed
from chelun.platform.regions.models import PlaceSetting
from chelun.platform.regions.place_settings import GUARDS, SETTINGS, Setting, Value
from chelun.platform.regions.selectors import Place, place, within
from chelun.platform.regions.words import values_for

PERMISSION = "regions.manage"
LONGEST_TEXT = 20
REASON_LETTERS = 4


def set_place_setting(*, actor: Actor, region: str, key: str, value: Value, reason: str = "") -> None:
    """Let a province, city or county decide a setting. Deciding the same again takes note of what stands above now.

    A city or county that decides otherwise than what counts above it says why. NotFound outside the actor's places;
    Refused for a value that does not fit, or without a reason.
    """
    found, setting = _managed(actor, region), _declared(key)
    decided, why = _checked(setting, value), without_numbers(" ".join(reason.split()))
    _guarded(found.code, key, decided)
    with transaction.atomic():
        before = PlaceSetting.objects.select_for_update().filter(region=found.code, key=key).first()
        above = values_for(found.code).above(key)
        row = before or PlaceSetting(region=found.code, key=key)
        old = {} if before is None else _told(row)
        _check_reason(found, above.value, decided, why or (row.reason if old else ""))
        row.value, row.reason = decided, why or row.reason
        row.above = {"value": above.value, "region": above.region}
        if old == (new := _told(row)):
            return
        row.changed_by, row.changed_at = actor.actor_name, timezone.now()
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save()
        _record(actor, "regions.setting.changed", found, key, old, new, row.reason)
        setting_changed.send(sender=PlaceSetting, region=found.code, key=key)


def keep_place_setting(*, actor: Actor, region: str, key: str) -> None:
    """Say that a place's own decision stays though what stands above has changed. Nothing happens where it has none."""
    row = PlaceSetting.objects.filter(region=region, key=key).first()
    if row is not None:
        set_place_setting(actor=actor, region=region, key=key, value=row.value)


def clear_place_setting(*, actor: Actor, region: str, key: str) -> None:
    """Take a place's own decision back, so that it has again what counts above it."""
    found = _managed(actor, region)
    _declared(key)
    with transaction.atomic():
        before = PlaceSetting.objects.select_for_update().filter(region=found.code, key=key).first()
        if before is None:
            return
        before.delete()
        _guarded(found.code, key, values_for(found.code).value(key))
        _record(actor, "regions.setting.cleared", found, key, _told(before), {}, before.reason)
        setting_changed.send(sender=PlaceSetting, region=found.code, key=key)


def _told(row: PlaceSetting) -> dict[str, Any]:
    """A decision as the trail tells it."""
    return {"value": row.value, "reason": row.reason, "above": row.above}


def _check_reason(found: Place, above: Value, decided: Value, reason: str) -> None:
    """Whether a place below the province that differs from above says why; raises what is wrong."""
    if decided != above and found.level != "province" and len(reason) < REASON_LETTERS:
        text = _("这一项与上级不同，请写明为什么（至少 {letters} 个字），上级看得到。")
        raise Refused("regions.setting_reason", text.format(letters=REASON_LETTERS))


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


def _guarded(region: str, key: str, value: Value) -> None:
    for guard in GUARDS:
        guard(region, key, value)


def _record(
    actor: Actor, action: str, found: Place, key: str, old: dict[str, Any], new: dict[str, Any], reason: str
) -> None:
    record(
        actor=actor,
        action=action,
        target_kind="place_setting",
        target=f"{found.code}:{key}",
        region=found.code,
        purpose=reason,
        old=old,
        new=new,
    )
