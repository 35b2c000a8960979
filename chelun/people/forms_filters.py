"""The filters of the lists, the queue and the calendar: bound to the address, in which they stand."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chelun.core.crossings import NOT_KNOWN
from chelun.engines.tables.columns.own_fields import OwnColumn
from chelun.people.choices import PaperKind, PaperState
from chelun.people.displays.owned import own_filter
from chelun.people.displays.ranks import source_name
from chelun.people.displays.verdicts import VERDICT_NAMES
from chelun.people.displays.words import WANTED, KindNames, fact_label
from chelun.people.selectors.facets import facet, value_words
from chelun.people.services.merging import MERGEABLE
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.wording import register_label

Choices = Sequence[tuple[str, str]]
ALL = gettext_lazy("全部")
MOMENTS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")
MERGE_STATES = (("", ALL), ("standing", gettext_lazy("合并中")), ("undone", gettext_lazy("已拆分")))
LEDGER = (("", ALL), ("no", gettext_lazy("有台账")), ("only", gettext_lazy("仅被提及")))


def facet_choices(register: str, name: str) -> Choices:
    """The values of what tells rows of a register apart, with «not known»."""
    found = facet(register, name)
    assert found is not None
    return [(value, str(value_words(found, value))) for value in (*found.words, NOT_KNOWN)]


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
    offered: tuple[str, ...] = ()
    """What tells rows apart and can be chosen here."""
    names_kinds = True
    """Whether `kind` is the kind of work, by the names of the reader's place."""

    def __init__(
        self, *args: Any, regions: Choices, kinds: KindNames, own: Iterable[OwnColumn] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        self._ask_for_own(own)
        wanted = [(name, fact_label(self.register, name)) for name in WANTED[self.register]]
        choose(self, "region", regions)
        if self.names_kinds:
            choose(self, "kind", [*kinds.items(), (NOT_KNOWN, _("没有写明"))])
        choose(self, "missing", wanted)
        for name in self.offered:
            choose(self, name, facet_choices(self.register, name))
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
    energy = forms.ChoiceField(label=gettext_lazy("能源类型"), required=False)
    mass = forms.ChoiceField(label=gettext_lazy("总质量"), required=False)
    trailer = forms.ChoiceField(label=gettext_lazy("挂车"), required=False)
    colour = Linked(gettext_lazy("车牌颜色"))
    firm = Linked(gettext_lazy("所属企业"))
    fresh = Linked(gettext_lazy("数据日期"))
    register = "vehicle"
    offered = ("energy", "mass", "trailer")


class CredentialFilter(ListFilter):
    """The filters of the list of papers. `kind` is the kind of paper here."""

    q = forms.CharField(label=gettext_lazy("持证人、企业或车牌"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=gettext_lazy("证照种类"), choices=[("", ALL), *PaperKind.choices], required=False
    )
    state = forms.ChoiceField(
        label=gettext_lazy("状态"), choices=[("", ALL), *PaperState.choices], required=False
    )
    issuer = forms.CharField(label=gettext_lazy("发证机关"), required=False, max_length=60)
    due_from = forms.DateField(
        label=gettext_lazy("到期不早于"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    due_to = forms.DateField(
        label=gettext_lazy("到期不晚于"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    enterprise = Linked(gettext_lazy("企业"))
    fresh = Linked(gettext_lazy("数据日期"))
    register = "credential"
    names_kinds = False


class CalendarFilter(forms.Form):
    """By what the calendar of papers is narrowed."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("证照种类"), choices=[("", ALL), *PaperKind.choices], required=False
    )

    def __init__(self, *args: Any, regions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "region", regions)


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


class MergeFilter(LinkedForm):
    """Merges that stand, or those that were undone; of one act where a link says so."""

    bulk = Linked(gettext_lazy("批量合并"))
    state = forms.ChoiceField(
        label=gettext_lazy("状态"),
        required=False,
        choices=MERGE_STATES,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        if "bulk" in self.fields:
            state.choices = [*MERGE_STATES, ("alone", _("单独拆开")), ("together", _("随整批拆分"))]


class LikenessFilter(forms.Form):
    """Files that may be one: of which register, where, and whether somebody has told them apart."""

    region = forms.ChoiceField(label=gettext_lazy("地区"), required=False)
    register = forms.ChoiceField(label=gettext_lazy("登记类别"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("认定"),
        required=False,
        choices=(("", gettext_lazy("待判断")), ("apart", gettext_lazy("不是同一份"))),
    )

    def __init__(self, *args: Any, regions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "region", regions)
        choose(self, "register", [(name, register_label(name)) for name in MERGEABLE])
