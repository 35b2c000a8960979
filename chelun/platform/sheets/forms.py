"""Forms of sheets: what was sent, cleaned. What is allowed is asked of services."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chelun.platform.sheets.models import SheetImport
from chelun.platform.sheets.registers import REGISTERS
from chelun.platform.sheets.selectors.columns import Proposal, present_proposals, proposal_for
from chelun.platform.sheets.selectors.imports import states_offered

ACCEPTED = ".xlsx,.xls,.csv,.txt,.ods,.xlsm,.et"


class UploadForm(forms.Form):
    """A file, where it comes from, whose place it is, of which day its data are."""

    file = forms.FileField(
        label=_("表格文件"),
        allow_empty_file=True,
        max_length=250,
        help_text=_("把文件拖到这里，或点按钮选择。可用 .xlsx、.xls、.csv、.ods，不超过 150 MB。"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    source = forms.CharField(
        label=_("来源"),
        max_length=60,
        help_text=_("哪里来的什么表，例如“运管所货车司机台账”。同一来源的表，下次会自动套用这次确认的列。"),
        widget=forms.TextInput(attrs={"list": "sources", "autocomplete": "off"}),
    )
    region = forms.ChoiceField(label=_("地区"), help_text=_("这张表是哪个地区的名册。"))
    as_of = forms.DateField(
        label=_("数据日期"),
        help_text=_("表里的情况是哪一天的。几份表说法不一时，以日期较新的为准。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, regions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("as_of", localdate())
        field = self.fields["region"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(regions) if len(regions) == 1 else [("", _("请选择")), *regions]
        if len(regions) == 1:
            field.widget = forms.HiddenInput()
            self.initial["region"] = regions[0][0]

    def clean_as_of(self) -> Any:
        """No data are of a day to come."""
        day = self.cleaned_data["as_of"]
        if day > localdate():
            raise forms.ValidationError(_("数据日期在今天之后，请核对。"))
        return day


class ImportFilter(forms.Form):
    """By which the list of imports is narrowed."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    source = forms.CharField(label=_("来源"), required=False, max_length=60)
    region = forms.ChoiceField(label=_("地区"), required=False)
    mine = forms.BooleanField(label=_("只看我经办的"), required=False)

    def __init__(self, *args: Any, regions: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = self.fields["region"]
        assert isinstance(places, forms.ChoiceField)
        places.choices = [("", _("全部")), *regions]
        if len(regions) < 2 and not self.data.get("region"):
            self.fields.pop("region")
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        groups = [("open", _("未完成")), ("stopped", _("中断")), ("refused", _("有退回行待更正"))]
        field.choices = [("", _("全部")), *groups, *states_offered()]


class UndoForm(forms.Form):
    """Why an import is taken back."""

    reason = forms.CharField(
        label=_("撤销理由"),
        max_length=200,
        help_text=_("例如“报送单位发错了文件”。不要写姓名和号码：会写进审计记录。"),
    )


def register_options(chosen: str) -> list[tuple[str, str, bool]]:
    """The registers a table may be taken for, «not imported» last."""
    names = [(register.name, gettext(register.label)) for register in REGISTERS]
    return [(name, label, name == chosen) for name, label in [*names, ("", gettext("这张表不导入"))]]


def read_proposals(sheet_import: SheetImport, sent: Mapping[str, str]) -> tuple[list[Proposal], bool]:
    """What the mapping page sent, and whether it must be shown again because a table changed its register."""
    proposals, again = [], False
    for table, present in zip(sheet_import.tables, present_proposals(sheet_import), strict=True):
        register = sent.get(f"register-{table['key']}", "")
        if not table["rows"] or not register:
            proposals.append(Proposal("", {}, present.guesses, False))
        elif register != sent.get(f"shown-{table['key']}", ""):
            proposals.append(proposal_for(sheet_import, table, register))
            again = True
        else:
            mapping = _sent_mapping(table, sent)
            same = present.remembered and mapping == present.mapping
            proposals.append(Proposal(register, mapping, present.guesses, same))
    return proposals, again


def _sent_mapping(table: Mapping[str, Any], sent: Mapping[str, str]) -> dict[str, str]:
    sent_fields = {
        str(column["at"]): sent.get(f"column-{table['key']}-{column['at']}", "")
        for column in table["columns"]
    }
    return {at: field for at, field in sent_fields.items() if field}
