"""Forms of layouts: the upload, and what a clerk has said of a form, as a shape."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chelun.core.errors import Refused
from chelun.platform.sheets.layouts.parts import LIMIT_MB
from chelun.platform.sheets.layouts.refs import cell_at
from chelun.platform.sheets.layouts.shape import (
    COUNT,
    DAY,
    FIXED,
    PLACE,
    PURPOSE,
    SERIAL,
    WHO,
    FixedCell,
    FormColumn,
    Shape,
)
from chelun.platform.sheets.registers import REGISTERS, Register

SPARE_CELLS = 3
"""So many empty lines are offered for cells that were not recognised."""


class LayoutUploadForm(forms.Form):
    """A blank or an example form, whose it is, and for which register."""

    file = forms.FileField(
        label=_("空白表或样表"),
        max_length=250,
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=_(
            "上级或本单位发的那张表，.xlsx，连标题、表头、合计和填表说明一起。样表里的例子会清掉，不保存。"
        ),
    )
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("例如“省厅货车司机登记表”。"))
    region = forms.ChoiceField(label=_("谁的表"), help_text=_("这个地区和它的下级都能用。"))
    register = forms.ChoiceField(label=_("填什么名册"))

    def __init__(self, *args: Any, regions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region, register = self.fields["region"], self.fields["register"]
        assert isinstance(region, forms.ChoiceField)
        assert isinstance(register, forms.ChoiceField)
        region.choices = list(regions)
        register.choices = [
            ("", gettext("请选择")),
            *((each.name, gettext(each.label)) for each in REGISTERS),
        ]

    def clean_file(self) -> Any:
        """A form is a small file."""
        file = self.cleaned_data["file"]
        if file.size > LIMIT_MB * 1024**2:
            told = gettext("版式文件超过 {limit} MB。请删掉大图片和多余的行，只留空白表，再上传。")
            raise forms.ValidationError(told.format(limit=LIMIT_MB))
        return file


def what_words() -> dict[str, str]:
    """What a cell beside the table may be filled with, in words."""
    return {
        PLACE: gettext("填报单位（导出人所在地区）"), DAY: gettext("填报日期（导出当天）"), WHO: gettext("填报人（导出人）"),
        COUNT: gettext("总数（名单的行数）"), PURPOSE: gettext("导出用途"),
    }  # fmt: skip


def field_options(register: Register, chosen: str) -> list[tuple[str, str, bool]]:
    """The fields that a column may have, «serial number» first."""
    named = [
        (SERIAL, gettext("序号（自动编号）")),
        *((spec.name, gettext(spec.label)) for spec in register.fields),
    ]
    return [(name, label, name == chosen) for name, label in named]


def read_shape(shape: Shape, sent: Mapping[str, str]) -> Shape:
    """The shape as a clerk has corrected it; a row that cannot be read stays as it was (`check_sent` says so)."""
    columns = tuple(
        FormColumn(
            column.at, column.head, "" if column.out else sent.get(f"column-{column.at}", ""), column.out
        )
        for column in shape.columns
    )
    first, last = (
        _row(sent.get(name, ""), kept) for name, kept in (("first", shape.first), ("last", shape.last))
    )
    return Shape(shape.sheet, shape.heads, first, last, columns, tuple(_cells(sent)))


def check_sent(shape: Shape, sent: Mapping[str, str]) -> None:
    """Refused where a row or a cell beside the table is not one."""
    if any(name in sent and _row(sent[name], -1) < 0 for name in ("first", "last")):
        raise Refused("sheets.layout.row", gettext("表格的第一行和最后一行要写行号，例如 5。"))
    wrong = next((each.cell for each in shape.fixed if cell_at(each.cell) is None), None)
    if wrong is not None:
        told = gettext("表外自动填的格“{cell}”不是一个位置。请写列和行，例如 B2；不需要的选“不填”。")
        raise Refused("sheets.layout.cell", told.format(cell=wrong))


def _cells(sent: Mapping[str, str]) -> list[FixedCell]:
    found = []
    for place in range(len(FIXED) * 4):
        cell, what = _folded(sent.get(f"cell-{place}", ""))[:20], sent.get(f"what-{place}", "")
        if what in FIXED:
            found.append(FixedCell(cell, what))
    return list(dict.fromkeys(found))


def _row(sent: str, kept: int) -> int:
    sent = _folded(sent)
    return int(sent) if sent.isdecimal() and 0 < len(sent) < 7 else kept


def _folded(text: str) -> str:
    """As an input method may have typed it: full-width letters and figures become plain ones, letters large."""
    return unicodedata.normalize("NFKC", text).strip().upper()
