"""The clerk confirms what columns mean; the mapping is remembered for the next sheet of the same source."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from chelun.core.actors import Actor
from chelun.core.errors import Refused
from chelun.core.ui import listed
from chelun.platform.audit.services import record
from chelun.platform.sheets.batches import place_of
from chelun.platform.sheets.choices import ImportState
from chelun.platform.sheets.models import SheetImport, SourceMapping, StagedChunk
from chelun.platform.sheets.registers import Register, registers_at
from chelun.platform.sheets.services.checking import CHECKED_BEFORE
from chelun.platform.sheets.services.stepwise import locked
from chelun.platform.sheets.staging import RAW

SKIP = ""
Registers = Mapping[str, Register]


def confirm_mapping(*, actor: Actor, sheet_import: SheetImport, choices: Sequence[Mapping[str, Any]]) -> None:
    """Set what each table is and what its columns mean: [{"register": …, "mapping": {"0": "name", …}}, …], in order.

    A register of '' leaves the table out. Refused when a field is given twice or a required one is missing.
    """
    _open_for_mapping(sheet_import.state)
    tables, registers = list(sheet_import.tables), registers_at(place_of(sheet_import))
    for table, choice in zip(tables, choices, strict=True):
        table["register"] = choice["register"]
        table["mapping"] = {at: name for at, name in choice["mapping"].items() if name != SKIP}
        if table["register"]:
            _check(table, registers)
    if not any(table["register"] for table in tables):
        raise Refused("sheets.mapping.nothing", _("没有选择要导入的表，请至少为一张表选择登记类别。"))
    with transaction.atomic():
        present = locked(sheet_import.pk)
        _open_for_mapping(present.state)
        sheet_import.tables, sheet_import.state = tables, ImportState.CHECKING
        again = (
            StagedChunk.objects.filter(sheet_import=sheet_import).exclude(kind=RAW, applied=False).exists()
        )
        sheet_import.counts = {**present.counts, CHECKED_BEFORE: True} if again else present.counts
        sheet_import.save(update_fields=["tables", "state", "counts"])
        for table in tables:
            if table["register"]:
                _remember(actor, sheet_import, table)
        record(
            actor=actor, action="sheets.mapping.confirmed", target_kind="import", target=sheet_import.pk,
            region=sheet_import.county or sheet_import.city or sheet_import.province,
            new={table["sheet"] or str(table["key"]): table["register"] for table in tables},
        )  # fmt: skip


def is_settled(sheet_import: SheetImport) -> bool:
    """Whether nothing has to be asked: every column that is taken is taken surely or was confirmed before."""
    registers = registers_at(place_of(sheet_import))
    return all(
        table["remembered"]
        or (
            table["register"]
            and not _missing(table, registers)
            and all(_sure(table, at) for at in table["mapping"])
        )
        for table in sheet_import.tables
        if table["rows"]
    )


def present_choices(sheet_import: SheetImport) -> list[dict[str, Any]]:
    """What is set at present, in the form that `confirm_mapping` takes; tables that cannot be taken are left out."""
    registers = registers_at(place_of(sheet_import))
    return [
        {
            "register": "" if not table["rows"] or _missing(table, registers) else table["register"],
            "mapping": table["mapping"],
        }
        for table in sheet_import.tables
    ]


def _sure(table: Mapping[str, Any], at: str) -> bool:
    guess = table["guesses"].get(at, {})
    return bool(guess.get("sure")) and guess.get("field") == table["mapping"][at]


def _missing(table: Mapping[str, Any], registers: Registers) -> list[str]:
    register = registers.get(table["register"])
    if register is None:
        return ["register"]
    taken = set(table["mapping"].values())
    return [spec.label for spec in register.fields if spec.required and spec.name not in taken]


def _open_for_mapping(state: str) -> None:
    if state not in (ImportState.MAPPING, ImportState.CHECKED):
        raise Refused("sheets.mapping.closed", _("这份表已不能再改对应列，请重新上传。"))


def _check(table: Mapping[str, Any], registers: Registers) -> None:
    register = registers.get(table["register"])
    if register is None:
        raise Refused("sheets.mapping.register", _("请为每张表选择登记类别，或选择不导入。"))
    fields = {spec.name: spec for spec in register.fields}
    _check_known(table, fields)
    taken = [name for name in table["mapping"].values() if name in fields]
    for name in taken:
        if taken.count(name) > 1 and not fields[name].many:
            sentence = _("“{field}”对应了不止一列，请只留一列。")
            raise Refused("sheets.mapping.twice", sentence.format(field=_(fields[name].label)))
    missing = _missing(table, registers)
    if missing:
        sentence = _("表“{sheet}”缺少必需的列：{fields}。请指定对应的列，或选择不导入这张表。")
        words = listed(_(label) for label in missing)
        raise Refused("sheets.mapping.missing", sentence.format(sheet=table["sheet"], fields=words))


def _check_known(table: Mapping[str, Any], fields: Mapping[str, object]) -> None:
    """A field that was retired since the columns were recognised is not taken silently for nothing."""
    if not set(table["mapping"].values()) <= fields.keys():
        sentence = _("有一列对应的字段已停用或不存在，请重新选择，或选“不导入”。")
        raise Refused("sheets.mapping.unknown", sentence)


def _remember(actor: Actor, sheet_import: SheetImport, table: Mapping[str, Any]) -> None:
    """Keep the mapping by the place among the columns that came in: the next sheet may have others left out before.

    What a form of the place says is kept with the form and nowhere else, so that a change of the form counts at once.
    """
    meant = {
        "source": sheet_import.source, "signature": table["signature"], "province": sheet_import.province,
        "city": sheet_import.city, "county": sheet_import.county,
    }  # fmt: skip
    layout = table.get("layout")
    if layout and (layout["register"], layout["mapping"]) == (table["register"], table["mapping"]):
        SourceMapping.objects.filter(**meant).delete()
        return
    kept = [column["at"] for column in table["columns"]]
    mapping = {str(kept.index(int(at))): name for at, name in table["mapping"].items()}
    SourceMapping.objects.update_or_create(
        **meant,
        defaults={
            "register": table["register"], "mapping": mapping, "confirmed_by": actor.actor_name,
            "township": sheet_import.township,
        },
    )  # fmt: skip
