"""Forms of privacy: they carry text to the services, which decide."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chelun.platform.privacy.acts import Ask
from chelun.platform.privacy.choices import (
    ErasureGround,
    Identity,
    LawfulException,
    OnBehalf,
    RequestKind,
    RequestState,
)
from chelun.platform.privacy.purposes import asked_of
from chelun.platform.privacy.selectors import OPEN, OVERDUE
from chelun.platform.regions.forms import RegionField


class ErasureForm(forms.Form):
    """Why somebody is erased."""

    ground = forms.ChoiceField(label=_("依据"), choices=ErasureGround.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("说明"),
        max_length=200,
        help_text=_("至少 4 个字，不要写姓名和号码：这句话在抹除之后仍然保留。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class LiftForm(forms.Form):
    """Which statute asks for somebody who objected to being kept."""

    statute = forms.CharField(
        label=_("要求登记的法律依据"),
        max_length=200,
        help_text=_("写明法律、法规的名称和条款，例如“道路运输条例第九条”。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


WAITING = ((OPEN, _("还没答复")), (OVERDUE, _("超期")))


class RequestFilter(forms.Form):
    """Which requests are listed."""

    state = forms.ChoiceField(label=_("状态"), required=False)
    kind = forms.ChoiceField(label=_("事项"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("state", [*WAITING, *RequestState.choices]), ("kind", RequestKind.choices)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("全部")), *choices]


class RequestForm(forms.Form):
    """Who stands at the counter, and what he asks for; `asks` are those of the act."""

    on_behalf = forms.ChoiceField(
        label=_("申请人"), choices=OnBehalf.choices, widget=forms.RadioSelect, initial=OnBehalf.SELF
    )
    identity = forms.ChoiceField(
        label=_("怎样核对的身份"), choices=Identity.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("申请人说了什么"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("照他说的写。这段文字加密保存，只有本人和办理的人能看到。"),
    )  # fmt: skip

    def __init__(self, *args: Any, asks: Iterable[Ask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks = list(asks)
        for ask in self.asks:
            self.fields[f"ask_{ask.name}"] = ask_field(ask)

    def asked(self) -> dict[str, str]:
        """What was filled in, as text by the name of its ask."""
        found = {ask.name: self.cleaned_data[f"ask_{ask.name}"] for ask in self.asks}
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in found.items()
            if value
        }


def ask_field(ask: Ask) -> forms.Field:
    """The field of one thing that the counter asks."""
    common: Any = {"label": ask.label, "required": ask.required, "help_text": ask.help}
    if ask.kind == "choice":
        return forms.ChoiceField(choices=ask.choices, widget=forms.RadioSelect, **common)
    if ask.kind == "day":
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    return forms.CharField(max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}), **common)


class AnswerForm(forms.Form):
    """What the person is told."""

    answer = forms.CharField(
        label=_("给本人的答复"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("用他看得懂的话写；会印在给他的答复单上。"),
    )  # fmt: skip


class DeletionForm(AnswerForm):
    """On which ground somebody is deleted who asked for it."""

    ground = forms.ChoiceField(label=_("依据"), choices=ErasureGround.choices, widget=forms.RadioSelect)


class RefusalForm(AnswerForm):
    """Why a request is refused."""

    exception = forms.ChoiceField(
        label=_("不予办理的法律依据"), choices=LawfulException.choices, widget=forms.RadioSelect
    )


class NoticeForm(forms.Form):
    """A version of the notice."""

    region = RegionField(label=_("地区"), levels=("province", "city", "county"))
    valid_from = forms.DateField(label=_("生效日期"), widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(
        label=_("告知内容"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("写明：谁在处理、怎样联系，处理的目的、方式、种类，保存多久，本人有哪些权利、怎样行使。"),
    )


class ConsentForm(forms.Form):
    """What somebody at the counter agrees to, having read the notice."""

    purpose = forms.ChoiceField(label=_("同意的目的"), widget=forms.RadioSelect)
    on_behalf = forms.ChoiceField(
        label=_("同意人"), choices=[each for each in OnBehalf.choices if each[0] in ("self", "guardian")],
        widget=forms.RadioSelect,
    )  # fmt: skip
    notice = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purpose"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(purpose.name, purpose.label) for purpose in asked_of(kind)]
