"""Forms of the registers: filters of the lists, and one form for each register made from the fields of its sheet.

The rules are not here: a form only carries text to `services.door`, whose problems come back to its fields.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.crossings import NOT_KNOWN
from chelun.engines.ids import COLOURS
from chelun.people.choices import FirmStatus
from chelun.people.displays.owned import own_field, own_filter
from chelun.people.displays.ranks import source_name
from chelun.people.displays.verdicts import VERDICT_NAMES
from chelun.people.displays.words import WANTED, KindNames, fact_label
from chelun.people.rules.cells import BETWEEN, KIND_WORDS, SEX_WORDS
from chelun.platform.sheets.columns.fields import FieldSpec
from chelun.platform.sheets.columns.own_fields import OwnColumn
from chelun.platform.sheets.models import Layout
from chelun.platform.sheets.registers import REGISTERS, Problem
from chelun.platform.sheets.wording import layout_name, register_label, said, told

Choices = Sequence[tuple[str, str]]
LINES = ("note",)
ALL = gettext_lazy("全部")
MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
LEDGER = (("", ALL), ("no", gettext_lazy("有台账")), ("only", gettext_lazy("仅被提及")))


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices, with «all» before them."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", ALL), *choices]


class Linked(forms.CharField):
    """A filter that only links set: hidden, and gone from the form where the address does not name it.

    `choices` holds the words for its value, which the chip above the list shows.
    """

    widget = forms.HiddenInput

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, max_length=120)
        self.choices: Choices = ()


class LinkedForm(forms.Form):
    """A filter form with fields that only links set. `told` gives their values in words."""

    def __init__(self, *args: Any, told: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in list(self.fields.items()):
            if isinstance(field, Linked):
                raw = self.data.get(name, "")
                field.choices = [(raw, told.get(name, raw))]
                if not raw:
                    del self.fields[name]


class ListFilter(LinkedForm):
    """The filters that the lists share, but for those in `left_out`. Regions and kinds come from the reader's place."""

    q = forms.CharField(label=gettext_lazy("姓名、拼音、车牌或企业"), required=False, max_length=60)
    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("工种"), required=False)
    missing = forms.ChoiceField(label=gettext_lazy("缺项"), required=False)
    source = Linked(gettext_lazy("来源"))
    batch = Linked(gettext_lazy("导入"))
    unplaced = Linked(gettext_lazy("乡镇"))
    first = Linked(gettext_lazy("首次登记"))
    known = forms.DateTimeField(
        label=gettext_lazy("当时所知"), required=False, input_formats=MOMENTS,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENTS[0]),
    )  # fmt: skip

    register = "person"
    left_out: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, regions: Choices, kinds: KindNames, own: Iterable[OwnColumn] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self._ask_for_own(own)
        wanted = [(name, fact_label(self.register, name)) for name in WANTED[self.register]]
        choose(self, "region", regions)
        choose(self, "kind", [*kinds.items(), (NOT_KNOWN, _("没有写明"))])
        choose(self, "missing", wanted)
        for name in self.left_out:
            del self.fields[name]

    def _ask_for_own(self, own: Iterable[OwnColumn]) -> None:
        """Fields of places by which the list can be narrowed, and those that the address names."""
        for column in own:
            asked = self.data.get(column.name, "")
            if column.filtered or asked:
                self.fields[column.name] = own_filter(column, asked)


class PersonFilter(ListFilter):
    """The filters of the list of persons."""

    sex = Linked(gettext_lazy("性别"))
    age = Linked(gettext_lazy("年龄"))
    firm = Linked(gettext_lazy("所属企业"))
    id = Linked(gettext_lazy("身份证号"))
    phone = Linked(gettext_lazy("联系电话"))
    fresh = Linked(gettext_lazy("数据日期"))
    enterprise = Linked(gettext_lazy("企业"))
    platform = Linked(gettext_lazy("平台"))
    no_id = forms.BooleanField(label=gettext_lazy("只看无身份证号"), required=False)
    older = forms.DateField(
        label=gettext_lazy("数据早于"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class EnterpriseFilter(ListFilter):
    """The filters of the list of firms."""

    q = forms.CharField(label=gettext_lazy("企业名称、拼音或信用代码"), required=False, max_length=60)
    mentioned = forms.ChoiceField(label=gettext_lazy("台账"), choices=LEDGER, required=False)
    status = Linked(gettext_lazy("经营状况"))
    fresh = Linked(gettext_lazy("数据日期"))
    register = "enterprise"


class VehicleFilter(ListFilter):
    """The filters of the list of vehicles."""

    q = forms.CharField(label=gettext_lazy("车牌"), required=False, max_length=60)
    enterprise = Linked(gettext_lazy("企业"))
    mentioned = forms.ChoiceField(label=gettext_lazy("台账"), choices=LEDGER, required=False)
    colour = Linked(gettext_lazy("车牌颜色"))
    firm = Linked(gettext_lazy("所属企业"))
    fresh = Linked(gettext_lazy("数据日期"))
    register = "vehicle"


class UnresolvedFilter(LinkedForm):
    """The filters of the queue."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    source = forms.ChoiceField(label=gettext_lazy("来源"), required=False)
    batch = Linked(gettext_lazy("导入"))
    unplaced = Linked(gettext_lazy("乡镇"))

    def __init__(self, *args: Any, regions: Choices, sources: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "region", regions)
        choose(self, "source", [(source, source_name(source)) for source in sources])


class VerdictFilter(LinkedForm):
    """The filters of the rows that others confirmed or contradicted."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    verdict = forms.ChoiceField(label=gettext_lazy("结论"), required=False)
    register = forms.ChoiceField(label=gettext_lazy("登记类别"), required=False)
    source = Linked(gettext_lazy("来源"))
    by = Linked(gettext_lazy("由谁核对"))

    def __init__(self, *args: Any, regions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "region", regions)
        choose(self, "verdict", [(name, _(text)) for name, text in VERDICT_NAMES.items()])
        choose(self, "register", [(each.name, register_label(each.name)) for each in REGISTERS])


class MergeFilter(forms.Form):
    """Merges that stand, or those that were undone."""

    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=(("", ALL), ("standing", gettext_lazy("合并中")), ("undone", gettext_lazy("已拆分"))),
    )


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
        help_text=gettext_lazy("至少 4 个字，例如“电话通知体检”。查看会留下记录，本人可以看到。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class PurposeForm(forms.Form):
    """For what a list leaves the house."""

    purpose = forms.CharField(
        label=gettext_lazy("导出用途"),
        max_length=100,
        min_length=4,
        help_text=gettext_lazy("至少 4 个字，例如“报送市局年度统计”。用途会写进表格的水印和审计记录。"),
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


class CopyForm(forms.Form):
    """A copy for the person: with whole numbers only for a reason, and only by those who may see them."""

    whole = forms.BooleanField(label=gettext_lazy("写出完整号码（计入今天的查看次数）"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("打印理由"),
        max_length=200,
        help_text=gettext_lazy("至少 4 个字，例如“本人申请查阅”。打印会留下记录。"),
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
        help_text=gettext_lazy("至少 4 个字，写明凭什么认定，例如“本人到窗口确认”。不要写身份证号和手机号。"),
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
    """Why two files are not one after all."""

    reason = forms.CharField(
        label=gettext_lazy("拆分理由"),
        max_length=200,
        help_text=gettext_lazy("至少 4 个字，例如“是同名的两个人”。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class RowForm(forms.Form):
    """One row of a register by hand. Its fields are those of the register's sheet."""

    def __init__(
        self,
        *args: Any,
        register: str,
        kinds: KindNames,
        regions: Choices = (),
        leave: Iterable[str] = (),
        own: Iterable[OwnColumn] = (),
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
        for column in own:
            self._names.add(column.name)
            self.fields[column.name] = own_field(column, str(self.initial.get(column.name, "")))

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
    }
    return fixed.get(spec.name, [])
