"""Which fields places have added for themselves: what other places do not have."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chelun.core.scope import Scope
from chelun.platform.fields.choices import FieldType
from chelun.platform.fields.models import OwnField
from chelun.platform.regions.deviations import DEVIATIONS, Deviation, DeviationSource
from chelun.platform.sheets.wording import register_label

_FIELDS = _("自定字段")


def _fields(area: Scope) -> Iterator[Deviation]:
    """The fields in use that places of an area have added. Their ground is what is said of them on the form."""
    for row in OwnField.objects.in_scope(area).filter(retired_at=None).order_by("home", "register", "id"):
        here = f"{register_label(row.register)} · {FieldType(row.type).label}"
        yield Deviation(
            _FIELDS, row.home, row.label, here, "", "", row.created_at, row.created_by, row.help, False,
            reverse("fields:place", args=[row.home]), "fields.manage",
        )  # fmt: skip


DEVIATIONS.add("fields.own", DeviationSource("fields.own", _FIELDS, _fields))
