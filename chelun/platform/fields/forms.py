"""Forms of fields of places: what was written, as a draft. What is allowed is asked of services."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chelun.engines.tables.columns.own_fields import TEXT_LIMIT, is_own_sealed
from chelun.platform.fields.choices import COUNTED, FieldType
from chelun.platform.fields.models import OwnField
from chelun.platform.fields.rules import LONGEST_LABEL, LONGEST_UNIT, Draft
from chelun.platform.fields.services import draft_of
from chelun.platform.sheets.registers import REGISTERS

OPTION = "option_"
_LINES = forms.Textarea(attrs={"rows": 4})
_NUMBER_PARTS = ("unit", "low", "high")


class KindForm(forms.Form):
    """The first step: to which register the field belongs, and what it holds. Neither can be changed later."""

    register = forms.ChoiceField(label=_("加在哪里"))
    type = forms.ChoiceField(label=_("填什么"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        registers, types = self.fields["register"], self.fields["type"]
        assert isinstance(registers, forms.ChoiceField)
        assert isinstance(types, forms.ChoiceField)
        registers.choices = [(each.name, gettext(each.label)) for each in REGISTERS if each.takes_own]
        types.choices = [(each.value, type_label(each.value)) for each in FieldType]


def type_label(type_: str) -> str:
    """What a type holds, with an example."""
    told = {
        FieldType.TEXT: gettext("短文字，例如“常跑路线”，不超过 {limit} 个字").format(limit=TEXT_LIMIT),
        FieldType.NUMBER: gettext("数字，可带单位和上下限，例如“核定座位”"),
        FieldType.DAY: gettext("日期，例如“最近培训日期”"),
        FieldType.CHOICE: gettext("选项，从几个里选一个，例如“所属片区”"),
        FieldType.YES_NO: gettext("是或否，例如“已装北斗”"),
    }
    return told[FieldType(type_)]


class FieldForm(forms.Form):
    """A field of one type; it asks only for what belongs to the type. Options in use each stand in a line of their own."""

    label = forms.CharField(
        label=_("名称"), max_length=LONGEST_LABEL, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    help = forms.CharField(
        label=_("填写说明"),
        max_length=100,
        required=False,
        help_text=_("写给填表的人看，会出现在表单和模板里。"),
    )
    unit = forms.CharField(
        label=_("单位"), max_length=LONGEST_UNIT, required=False, help_text=_("例如：吨、座、公里。")
    )
    low = forms.DecimalField(label=_("最小值"), required=False, max_digits=16, decimal_places=4)
    high = forms.DecimalField(label=_("最大值"), required=False, max_digits=16, decimal_places=4)
    options = forms.CharField(label=_("选项"), max_length=1000, required=False, widget=_LINES)
    heads = forms.CharField(
        label=_("其他列名"), max_length=400, required=False, widget=_LINES,
        help_text=_("表格里这一列还可能叫什么，一行一个。名称本身不用再写。"),
    )  # fmt: skip
    sealed = forms.BooleanField(
        label=_("加密保存"), required=False,
        help_text=_("加密的项在档案里打码，查看要写理由；不在名单里显示，不计数，只能按完整内容筛选。建好后不能更改。"),
    )  # fmt: skip
    shown = forms.BooleanField(label=_("在名单里显示"), required=False)
    filtered = forms.BooleanField(label=_("名单可以按它筛选"), required=False)
    counted = forms.BooleanField(label=_("在驾驶舱计数"), required=False)

    def __init__(self, *args: Any, type_: str, field: OwnField | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offered = [] if field is None else [each for each in field.options if not each.get("off")]
        self._leave_out(type_, changing=field is not None)
        if type_ == FieldType.CHOICE:
            self._ask_for_options()

    def _leave_out(self, type_: str, *, changing: bool) -> None:
        left = {"sealed"} if changing else set()
        left |= set() if type_ == FieldType.NUMBER else set(_NUMBER_PARTS)
        left |= set() if type_ == FieldType.CHOICE else {"options"}
        left |= set() if type_ in COUNTED else {"counted"}
        for name in left:
            del self.fields[name]

    def _ask_for_options(self) -> None:
        more = self.fields.pop("options")
        rest: dict[str, forms.Field] = {
            name: self.fields.pop(name)
            for name in ("heads", "sealed", "shown", "filtered", "counted")
            if name in self.fields
        }
        for number, each in enumerate(self._offered, 1):
            self.fields[OPTION + each["code"]] = forms.CharField(
                label=gettext("选项 {number}").format(number=number), required=False, max_length=LONGEST_LABEL,
                initial=each["label"],
            )  # fmt: skip
        more.label = gettext("增加选项") if self._offered else gettext("选项")
        more.help_text = gettext("一行一个。")
        if self._offered:
            more.help_text += gettext("上面的选项改字就是改名，清空就不再提供；已登记的保留。")
        self.fields["options"] = more
        self.fields.update(rest)

    def draft(self) -> Draft:
        """What was written."""
        data = self.cleaned_data
        kept = [(each["code"], data.get(OPTION + each["code"], "")) for each in self._offered]
        more = [("", line) for line in _lines(data.get("options", ""))]
        return Draft(
            label=data["label"], help=data["help"], unit=data.get("unit", ""), low=data.get("low"), high=data.get("high"),
            options=tuple((code, label) for code, label in (*kept, *more) if label.strip()),
            heads=tuple(_lines(data["heads"])), shown=data["shown"], filtered=data["filtered"],
            counted=data.get("counted", False),
        )  # fmt: skip


def initial_of(field: OwnField) -> dict[str, Any]:
    """A field as its form begins."""
    draft = draft_of(field)
    return {
        "label": draft.label, "help": draft.help, "unit": draft.unit, "low": draft.low, "high": draft.high,
        "heads": "\n".join(draft.heads), "sealed": is_own_sealed(field.key), "shown": draft.shown,
        "filtered": draft.filtered, "counted": draft.counted,
    }  # fmt: skip


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
