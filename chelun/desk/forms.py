"""Forms of the desk."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from chelun.desk.choices import ChangeState
from chelun.desk.selectors import ANSWERED, TO_CHECK

ALL = _("全部")


class ChangeFilter(forms.Form):
    """The filter of the list."""

    state = forms.ChoiceField(label=_("状态"), required=False)

    def __init__(self, *args: Any, may_check: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        waiting = [(TO_CHECK, _("等我审核的"))] if may_check else []
        field.choices = [("", ALL), *waiting, (ANSWERED, _("给我的答复")), *ChangeState.choices]


class ReasonField(forms.CharField):
    """Why: whoever checks it reads it, and so may the person."""

    def __init__(self) -> None:
        super().__init__(
            label=_("变更理由"), max_length=200,
            help_text=_("至少 4 个字，例如“本人来窗口更正，已核对身份证”。审核的人会看到，本人也可以查到。不要写姓名和号码。"),
            widget=forms.Textarea(attrs={"rows": 2}),
        )  # fmt: skip


class DroppedField(forms.MultipleChoiceField):
    """Which lines of a draft that the form does not show are not proposed any more."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(
            label=_("不再提出的项"), required=False, choices=choices, widget=forms.CheckboxSelectMultiple
        )


class CheckForm(forms.Form):
    """What a checker takes and says. `seen` tells whether the file is still as it was shown."""

    taken = forms.MultipleChoiceField(
        label=_("采纳哪些项"), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=200,
        help_text=_("不同意时必填，提出的人会看到。不要写姓名和号码。"),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["taken"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(lines)

    def show(self, seen: str) -> None:
        """Say what the page shows that is sent back with a refusal: whoever has looked at it may say yes to it."""
        assert isinstance(self.data, QueryDict)
        data = self.data.copy()
        data["seen"] = seen
        self.data = data
