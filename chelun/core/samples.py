"""Invented data for the style guide: every component once, in the states that pages meet. Nothing here is a register."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.ui import (
    Address,
    Cell,
    Chart,
    Column,
    Count,
    Fact,
    Moment,
    Page,
    Row,
    Series,
    Stat,
    Tab,
    Table,
)

KINDS = [
    ("", gettext_lazy("全部")),
    ("truck", gettext_lazy("货车司机")),
    ("parcel", gettext_lazy("快递员")),
    ("meal", gettext_lazy("外卖骑手")),
]
AREAS = ("999101", "999102", "999103", "999104")


class SampleFilter(forms.Form):
    """The filters of an invented list."""

    q = forms.CharField(label=gettext_lazy("姓名、拼音或车牌"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("岗位"), choices=KINDS, required=False)
    stale = forms.BooleanField(label=gettext_lazy("只看半年未核对"), required=False)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=gettext_lazy("姓名"), max_length=30, help_text=gettext_lazy("按身份证上的写法填写。")
    )
    born = forms.DateField(
        label=gettext_lazy("出生日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(label=gettext_lazy("岗位"), choices=KINDS[1:])
    ways = forms.MultipleChoiceField(
        label=gettext_lazy("联系方式"),
        choices=[("phone", gettext_lazy("电话")), ("visit", gettext_lazy("上门"))],
        widget=forms.CheckboxSelectMultiple,
    )
    remark = forms.CharField(
        label=gettext_lazy("备注"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.BooleanField(label=gettext_lazy("本人已同意登记"))
    file = forms.FileField(
        label=gettext_lazy("表格"),
        help_text=gettext_lazy("支持 xlsx、xls、csv、ods，最大 150 MB；可以直接拖到这里。"),
    )


def everything(address: Address) -> dict[str, Any]:
    """The context of the style guide."""
    return {
        "address": address,
        "stats": _stats(address),
        "table": sample_table(address, 12),
        "page": Page([], "", address.having(after="sample")),
        "count": Count(10_000, capped=True),
        "facts": _facts(),
        "moments": _moments(),
        "tabs": [
            Tab(_("档案"), address.path, current=True),
            Tab(_("从业经历"), address.path, count="3"),
            Tab(_("谁看过"), address.path, count="12"),
        ],
        "charts": _charts(address),
    }


def sample_table(address: Address, rows: int) -> Table:
    """An invented roster of that many rows."""
    columns = [
        Column("name", _("姓名"), sort=True, fixed=True),
        Column("kind", _("岗位"), sort=True),
        Column("firm", _("企业"), wide=True),
        Column("plate", _("车牌"), code=True),
        Column("phone", _("手机号"), code=True),
        Column("area", _("工作地")),
        Column("checked", _("上次核对"), sort=True, code=True),
        Column("facts", _("事实数"), numeric=True),
        Column("state", _("状态")),
        Column("source", _("来源"), extra=True),
    ]
    return Table(_("示例名册"), columns, [_row(at, address.path) for at in range(rows)], address)


def _row(at: int, url: str) -> Row:
    states = [(_("在册"), "ok"), (_("待核对"), "warn"), (_("身份证号缺失"), "bad"), (_("已离岗"), "idle")]
    label, tone = states[at % 4]
    return Row(
        [
            Cell(f"示例{'甲乙丙丁戊己'[at % 6]}", url, note=_("曾用名 示例") if at % 5 == 3 else ""),
            _("货车司机"),
            Cell(_("示例运输有限公司"), url),
            f"川Z·{10000 + at * 37}",
            "138****0000" if at % 3 else "",
            _("示例县示例镇"),
            "2026-11-20",
            str(3 + at),
            Cell(label, tone=tone),
            _("表格导入"),
        ],
        tone if tone != "ok" else "",
    )


def _stats(address: Address) -> list[Stat]:
    here = address.path
    return [
        Stat(
            _("登记在册"), "182", here, _("人"), "", "2026-11-21", about=_("工作地在本县、目前有从业关系的人")
        ),
        Stat(_("企业"), "8", here, _("家"), _("本县登记的运输企业和平台站点")),
        Stat(_("待认定的行"), "17", here, _("行"), _("没有身份证号、无法确定是谁的表格行"), tone="warn"),
        Stat(_("超期未核对"), "3", here, _("人"), _("最近一次核对早于半年前"), tone="bad"),
    ]


def _facts() -> list[Fact]:
    source = _("2026-11-20 表格导入 第 12 行")
    return [
        Fact(_("姓名"), "示例甲", source),
        Fact(_("身份证号"), "999101********0017", source, reveal_url=reverse("core:styleguide")),
        Fact(_("企业"), _("示例运输有限公司"), _("人工登记"), url=reverse("core:styleguide")),
        Fact(_("从业资格证"), ""),
    ]


def _moments() -> list[Moment]:
    return [
        Moment("2026-11-21 09:30", _("查看了手机号原文"), _("理由：电话通知体检"), "registrar", tone="info"),
        Moment("2026-11-20 16:05", _("核对了从业关系"), who="clerk", tone="ok"),
        Moment("2026-11-20 15:40", _("由表格登记"), _("来源：示例运输有限公司花名册"), "clerk"),
    ]


def _charts(address: Address) -> list[Chart]:
    kinds = [str(label) for _key, label in KINDS[1:]]
    people = [Series(_("人数"), [120, 45, 17])]
    urls = [address.path] * 4
    return [
        _map(urls),
        Chart("kinds", "rows", _("按岗位"), kinds, people, _("人"), first_head=_("岗位"), urls=urls[:3]),
        _months(),
        Chart("share", "pie", _("岗位构成"), kinds, people, _("人"), first_head=_("岗位")),
        Chart(
            "towns",
            "bar",
            _("各乡镇按岗位"),
            _towns(),
            [Series(_("货车司机"), [40, 8, 3, 20]), Series(_("快递员"), [24, 4, 1, 11])],
            _("人"),
            first_head=_("乡镇"),
            stacked=True,
        ),
    ]


def _towns() -> list[str]:
    return [_("东镇"), _("西镇"), _("南乡"), _("北乡")]


def _map(urls: list[str]) -> Chart:
    people = [Series(_("人数"), [64, 12, None, 31])]
    source = reverse("core:styleguide_outlines")
    title, head = _("各乡镇登记人数"), _("乡镇")
    return Chart("area", "map", title, _towns(), people, _("人"), _("示意图"), head, urls, AREAS, source)


def _months() -> Chart:
    months = ["2026-06", "2026-07", "2026-08", "2026-09", "2026-10", "2026-11"]
    lines = [Series(_("登记"), [5, 12, 30, 64, 110, 182]), Series(_("核对"), [0, 4, 18, 40, 95, 160])]
    return Chart("months", "line", _("每月登记与核对"), months, lines, _("人"), first_head=_("月份"))


def outlines() -> dict[str, Any]:
    """Four invented areas as GeoJSON; `code` is what a chart's `keys` name."""
    corners = [(0, 0), (1, 0), (0, 1), (1, 1)]
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "name": code},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[x, y], [x + 1, y + 0.1], [x + 1, y + 1.1], [x, y + 1], [x, y]]],
                },
            }
            for code, (x, y) in zip(AREAS, corners, strict=True)
        ],
    }
