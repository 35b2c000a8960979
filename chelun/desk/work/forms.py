"""Forms of work lists."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chelun.desk.choices import DueRule
from chelun.desk.work.selectors import DONE, OPEN, OVERDUE
from chelun.desk.work.services import LONGEST_DAYS, Task
from chelun.platform.accounts.selectors.names import person_names


class TaskForm(forms.Form):
    """What is to be done with each row, by whom, until when."""

    name = forms.CharField(label=_("清单名称"), max_length=60, help_text=_("例如“缺手机号的货车司机”。"))
    action = forms.CharField(
        label=_("每一行要做什么"), max_length=200, help_text=_("例如“打电话给所属企业，补登手机号”。")
    )
    home = forms.ChoiceField(label=_("哪个地区的"))
    owner = forms.ChoiceField(label=_("负责人"), required=False)
    rule = forms.ChoiceField(
        label=_("期限"), choices=DueRule.choices, widget=forms.RadioSelect, initial=DueRule.DAYS
    )
    days = forms.IntegerField(label=_("几天"), required=False, min_value=1, max_value=LONGEST_DAYS, initial=7)
    day = forms.DateField(
        label=_("哪一天"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, *args: Any, homes: Sequence[tuple[str, str]], owners: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        home, owner = self.fields["home"], self.fields["owner"]
        assert isinstance(home, forms.ChoiceField)
        assert isinstance(owner, forms.ChoiceField)
        home.choices = list(homes)
        who = person_names(owners)
        owner.choices = [("", _("本地所有经办的人")), *((login, who[login]) for login in owners)]
        if len(homes) < 2:
            del self.fields["home"]

    def task(self) -> Task:
        """What was written."""
        sent = self.cleaned_data
        return Task(sent["name"], sent["action"], sent["owner"], sent["rule"], sent["days"], sent["day"])


class RowFilter(forms.Form):
    """Which rows of a list are shown."""

    state = forms.ChoiceField(
        label=_("状态"), required=False,
        choices=[(OPEN, _("待办")), (OVERDUE, _("超期")), (DONE, _("已做完"))],
    )  # fmt: skip


class MarkForm(forms.Form):
    """What was done with the chosen rows."""

    note = forms.CharField(
        label=_("做了什么"),
        required=False,
        max_length=200,
        help_text=_("可以不写；写了加密保存，随档案一起抹除。"),
    )
