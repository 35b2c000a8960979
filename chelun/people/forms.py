"""Forms of the registers: one for each register made from the fields of its sheet, and those of single acts (filters: forms_filters.py).

The rules are not here: a form only carries text to `services.door`, whose problems come back to its fields.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.errors import Refused
from chelun.core.reasons import without_numbers
from chelun.engines.ids import COLOURS
from chelun.engines.tables.columns.fields import FieldSpec
from chelun.engines.tables.columns.own_fields import OwnColumn
from chelun.people.choices import Energy, FirmStatus, PaperKind, PaperStatus, Presence
from chelun.people.displays.owned import own_field
from chelun.people.displays.words import KindNames
from chelun.people.forms_filters import MOMENTS, Choices
from chelun.people.rules.cells import BETWEEN, KIND_WORDS, SEX_WORDS
from chelun.platform.sheets.models import Layout
from chelun.platform.sheets.registers import REGISTERS, Problem
from chelun.platform.sheets.wording import layout_name, said, told

LINES = ("note",)
NOT_NARROWED: Mapping[str, Iterable[str]] = {}


class SearchForm(forms.Form):
    """The one box."""

    q = forms.CharField(
        label=gettext_lazy("查找"),
        max_length=60,
        required=False,
        help_text=gettext_lazy(
            "姓名、拼音或首字母；完整的身份证号、手机号；姓名加尾号（如“王 1234”）；车牌、企业名称。"
        ),
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )


class ReasonForm(forms.Form):
    """Why a sensitive value is looked at. The person can read it."""

    reason = forms.CharField(
        label=gettext_lazy("查看理由"),
        max_length=200,
        help_text=gettext_lazy(
            "至少 4 个字，例如“电话通知体检”，不要写姓名和号码。查看会留下记录，本人可以看到。"
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class PurposeForm(forms.Form):
    """For what a list leaves the house."""

    purpose = forms.CharField(
        label=gettext_lazy("导出用途"),
        max_length=100,
        min_length=4,
        help_text=gettext_lazy(
            "至少 4 个字，例如“报送市局年度统计”。不要写姓名和号码：用途会写进表格的水印和审计记录。"
        ),
    )
    layout = forms.ChoiceField(
        label=gettext_lazy("填进哪份版式"),
        required=False,
        help_text=gettext_lazy("选一份版式，名单就填进那张表里。"),
    )

    def __init__(self, *args: Any, layouts: Sequence[Layout] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["layout"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("系统的名单")), *((str(each.pk), layout_name(each)) for each in layouts)]
        if not layouts:
            del self.fields["layout"]

    def clean_purpose(self) -> str:
        """The purpose, which is as open to everybody as any reason."""
        try:
            return without_numbers(self.cleaned_data["purpose"])
        except Refused as refusal:
            raise forms.ValidationError(refusal.message) from refusal


class CopyForm(forms.Form):
    """A copy for the person: with whole numbers only for a reason, and only by those who may see them."""

    whole = forms.BooleanField(label=gettext_lazy("写出完整号码（计入今天的查看次数）"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("打印理由"),
        max_length=200,
        help_text=gettext_lazy("至少 4 个字，例如“本人申请查阅”，不要写姓名和号码。打印会留下记录。"),
    )

    def __init__(self, *args: Any, may_reveal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_reveal:
            del self.fields["whole"]


class EndForm(forms.Form):
    """From which day somebody no longer works there."""

    to_date = forms.DateField(
        label=gettext_lazy("离岗日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class PastForm(forms.Form):
    """Which day, and what was known at which moment; both may be left open."""

    day = forms.DateField(
        label=gettext_lazy("截至哪一天的情况"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("只算数据日期不晚于这一天的来源；不填就不限。"),
    )  # fmt: skip
    moment = forms.DateTimeField(
        label=gettext_lazy("当时所知：到哪一刻为止"), required=False, input_formats=MOMENTS,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENTS[0]),
        help_text=gettext_lazy("只算这一刻已经入库、还没有撤回的来源；不填就是现在。"),
    )  # fmt: skip


class SettleForm(forms.Form):
    """Whose a waiting row is: one of the candidates, or somebody new."""

    person = forms.ChoiceField(label=gettext_lazy("这一行是谁"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, persons: Choices, may_be_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*persons, *([("new", _("都不是，登记为新的人"))] if may_be_new else [])]


class MergeForm(forms.Form):
    """Which of two files stays, why they are one, and which ID number is wrong where they differ."""

    keep = forms.ChoiceField(label=gettext_lazy("合并后用哪一份的网址和编号"), widget=forms.RadioSelect)
    wrong = forms.ChoiceField(
        label=gettext_lazy("哪一个身份证号是错的"),
        help_text=gettext_lazy("错的号码不再显示为本人的号码，原来的记录保留。说不清就不要合并。"),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        help_text=gettext_lazy("至少 4 个字，写明凭什么认定，例如“本人到窗口确认”。不要写姓名和号码。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, files: Choices, numbers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not numbers:
            del self.fields["wrong"]
        for name, choices in (("keep", files), ("wrong", numbers)):
            field = self.fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class PartForm(forms.Form):
    """Why two files are not one after all; `label` and `example` say it in other words."""

    reason = forms.CharField(
        label=gettext_lazy("拆分理由"),
        max_length=200,
        help_text=gettext_lazy("至少 4 个字，例如“是同名的两个人”。不要写姓名和号码。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )

    def __init__(self, *args: Any, label: str = "", example: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = self.fields["reason"]
        reason.label, reason.help_text = label or reason.label, example or reason.help_text


class RowForm(forms.Form):
    """One row of a register by hand. Its fields are those of the register's sheet; `offered` narrows the choices of some."""

    def __init__(
        self,
        *args: Any,
        register: str,
        kinds: KindNames,
        regions: Choices = (),
        leave: Iterable[str] = (),
        own: Iterable[OwnColumn] = (),
        offered: Mapping[str, Iterable[str]] = NOT_NARROWED,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.register = register
        self._names = {spec.name for spec in REGISTERS[register].fields}
        if regions:
            self.fields["region"] = forms.ChoiceField(label=_("登记在"), choices=regions)
        left = set(leave)
        for spec in REGISTERS[register].fields:
            if spec.name not in left:
                self.fields[spec.name] = row_field(spec, kinds)
                self.fields[spec.name].marked = spec.required  # type: ignore[attr-defined]
        for name, values in offered.items():
            self._offer(name, set(values))
        for column in own:
            self._names.add(column.name)
            self.fields[column.name] = own_field(column, str(self.initial.get(column.name, "")))

    def _offer(self, name: str, values: Collection[str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        every: Any = field.choices
        field.choices = [(value, label) for value, label in every if not value or value in values]

    def raw(self) -> dict[str, str]:
        """The fields as the cells of a sheet."""
        return {
            name: BETWEEN.join(value) if isinstance(value, list) else value
            for name, value in self.cleaned_data.items()
            if name in self._names
        }

    def take_problems(self, problems: Iterable[Problem]) -> None:
        """Show what the rules found wrong at the fields it is about."""
        for problem in problems:
            name = problem.field if problem.field in self.fields else None
            self.add_error(name, problem_text(problem))


def problem_text(problem: Problem) -> str:
    """What is wrong with a cell and what to do, in the reader's language."""
    fault = problem.fault
    return told(said(fault.template, fault.params), said(fault.advice, fault.params))


def row_field(spec: FieldSpec, kinds: KindNames) -> forms.Field:
    """The control of one field of a sheet. Nothing is required here: the rules say what is."""
    label, hint = _(spec.label), _(spec.hint) if spec.hint and spec.kind != "id_number" else ""
    common: dict[str, Any] = {"label": label, "required": False, "help_text": hint}
    if spec.name == "kinds":
        words = [(KIND_WORDS[code][0], name) for code, name in kinds.items() if code in KIND_WORDS]
        return forms.MultipleChoiceField(choices=words, widget=forms.CheckboxSelectMultiple, **common)
    choices = _choices(spec)
    if choices:
        return forms.ChoiceField(choices=[("", _("未登记")), *choices], **common)
    if spec.kind == "date":
        return forms.CharField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    widget = (
        forms.Textarea(attrs={"rows": 2})
        if spec.name in LINES
        else forms.TextInput(attrs={"autocomplete": "off"})
    )
    return forms.CharField(max_length=300, widget=widget, **common)


def _choices(spec: FieldSpec) -> list[tuple[str, str]]:
    fixed: Mapping[str, list[tuple[str, str]]] = {
        "sex": [(word, _(word)) for word in SEX_WORDS.values()],
        "plate_colour": [(name, _(name)) for name in COLOURS.values()],
        "status": [(code, str(label)) for code, label in FirmStatus.choices],
        "energy": [(code, str(label)) for code, label in Energy.choices],
        "paper": [(code, str(label)) for code, label in PaperKind.choices],
        "presence": [(code, str(label)) for code, label in Presence.choices],
        "paper_status": [(code, str(label)) for code, label in PaperStatus.choices],
        "long_term": [("yes", _("是")), ("no", _("否"))],
    }
    return fixed.get(spec.name, [])
