"""The peer: django-import-export writing the same persons after the same checks, the way its documentation says."""

import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.utils import timezone
from import_export import fields, resources
from openpyxl import load_workbook
from tablib import Dataset

from chelun.core.actors import SystemActor
from chelun.core.crypto import blind_index, new_key, seal_with
from chelun.people.models import Person, PersonCard, PersonSource
from chelun.people.rules.cards import person_values
from chelun.people.rules.facts import canonical
from chelun.people.rules.rows import check_person
from chelun.platform.audit.services import record
from chelun.platform.regions.selectors import area_history, placed
from chelun.platform.sheets.registers import CheckContext

NAMES = {
    "姓名": "name", "性别": "sex", "身份证号": "id_number", "联系电话": "phone", "从业类别": "kinds",
    "所属企业": "enterprise", "车牌号": "plate", "入职日期": "start", "地址": "address", "备注": "note",
}  # fmt: skip


class PersonResource(resources.ModelResource):  # type: ignore[misc]
    """One row, one person: checked by our rules, then saved with what we save, by the ORM."""

    number = fields.Field(attribute="id_index", column_name="身份证号")

    class Meta:
        model = Person
        import_id_fields = ("number",)
        fields = ("number",)
        skip_diff = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._place = placed("610924")
        self._context = CheckContext(date.today(), area_history(), True, self._place)  # noqa: DTZ011
        self._actor = SystemActor("bench")

    def before_import_row(self, row: Any, **kwargs: Any) -> None:
        """The same rules as ours."""
        checked = check_person({NAMES[head]: str(row[head] or "") for head in NAMES}, self._context)
        if checked.problems:
            raise ValidationError("; ".join(problem.fault.code for problem in checked.problems))
        row["facts"] = checked.facts
        row["身份证号"] = blind_index("id_number", checked.facts["id_number"])

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        """Source record, card and audit row, encrypted as ours."""
        facts, key = row["facts"], new_key()
        common = {**self._place, "home": "610924", "as_of": date(2026, 11, 1), "person": instance}
        sealed = seal_with(key, canonical(facts))
        now = timezone.now()
        PersonSource.objects.create(
            **common, source="peer", known_at=now, door="sheet", digest=uuid4().hex, sealed=sealed
        )
        values = person_values(facts, common["as_of"], sources=1, enterprise=None)
        PersonCard.objects.create(**{**values, **common, "updated_at": now, "sealed": sealed})
        record(
            actor=self._actor,
            action="people.person.created",
            target=instance.pk,
            new={"sealed": sealed.hex()},
        )


def import_with_library(path: Path) -> None:
    """The file into the register by the library."""
    sheet = load_workbook(path, read_only=True).worksheets[0]
    rows = sheet.iter_rows(min_row=2, values_only=True)
    data = Dataset(headers=list(next(rows)))
    for row in rows:
        data.append(list(row))
    result = PersonResource().import_data(data, dry_run=False, use_transactions=True, raise_errors=False)
    print(dict(result.totals), file=sys.stderr)
