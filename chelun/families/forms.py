"""Forms of families: they carry text to the services, which decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chelun.core.errors import Refused
from chelun.families.choices import Guardian, GuardianProof, Relation, Stage
from chelun.families.rules import CONTACT, SERVICES
from chelun.families.selectors import ENDING, FOURTEEN
from chelun.families.services.facts import Agreed
from chelun.platform.privacy.choices import ConsentHow
from chelun.platform.privacy.purposes import PURPOSES

OFF: dict[str, Any] = {"attrs": {"autocomplete": "off"}}


class Fields(forms.Form):
    """A form whose refusals stand at the field that they are about."""

    def take(self, refusal: Refused) -> None:
        """Show a refusal."""
        name = refusal.code.rsplit(".", 1)[-1]
        self.add_error(name if name in self.fields else None, refusal.message)


class StateFilter(forms.Form):
    """Which relatives are listed."""

    state = forms.ChoiceField(label=_("同意情况"), required=False)

    def __init__(self, *args: Any, minors: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)
        fourteen = [(FOURTEEN, _("满十四周岁，要本人同意"))] if minors else []
        field.choices = [("", _("全部")), (ENDING, _("快到期和已到期")), *fourteen]


class WishForm(Fields):
    """Who wishes to be served; nothing else is asked before a consent."""

    relation = forms.ChoiceField(label=_("与从业人员的关系"), choices=Relation.choices)
    stage = forms.ChoiceField(label=_("年龄段"), choices=Stage.choices)

    def __init__(self, *args: Any, minors: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["stage"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [each for each in Stage.choices if minors or each[0] == Stage.ADULT]


class ConsentFields(Fields):
    """How somebody agreed, having been shown the notice of this version."""

    how = forms.ChoiceField(label=_("怎样同意的"), choices=ConsentHow.choices, widget=forms.RadioSelect)
    notice = forms.CharField(widget=forms.HiddenInput)

    def agreed(self) -> Agreed:
        """What was agreed to."""
        held = self.cleaned_data
        guardian = {name: str(held.get(f"guardian_{name}") or "") for name in ("name", "relation", "proof")}
        purposes = tuple(held.get("purposes") or (SERVICES,))
        return Agreed(held["notice"], held["how"], purposes, bool(held.get("knows")), guardian)


class GrownConsent(ConsentFields):
    """The consent of an adult, to each purpose by itself."""

    purposes = forms.MultipleChoiceField(
        label=_("本人同意的用途"), widget=forms.CheckboxSelectMultiple, help_text=_("逐项问，不同意的不勾。")
    )

    phone = forms.CharField(
        label=_("电话"), required=False, max_length=30, widget=forms.TextInput(**OFF),
        help_text=_("同意联系的才填；已经登记过的，不改就留空。"),
    )  # fmt: skip
    field_order: Sequence[str] = ("purposes", "phone", "how")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purposes"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(name, PURPOSES[name].label) for name in (SERVICES, CONTACT)]


class MinorConsent(ConsentFields):
    """The consent of a guardian for a child, or of a young person of fourteen and more."""

    guardian_relation = forms.ChoiceField(
        label=_("不满十四周岁：谁代为同意"), required=False, choices=[("", _("不适用")), *Guardian.choices]
    )
    guardian_name = forms.CharField(
        label=_("监护人姓名"), required=False, max_length=60, widget=forms.TextInput(**OFF)
    )
    guardian_proof = forms.ChoiceField(
        label=_("核对了哪种证明"), required=False, choices=[("", _("不适用")), *GuardianProof.choices],
        help_text=_("当面看过就还给本人，不留复印件。"),
    )  # fmt: skip
    knows = forms.BooleanField(label=_("十四周岁以上：已向本人当面说明，本人知道并且同意"), required=False)


class RelativeFields(Fields):
    """What is asked of a relative."""

    relation = forms.ChoiceField(label=_("与从业人员的关系"), choices=Relation.choices)
    name = forms.CharField(label=_("姓名"), max_length=60, widget=forms.TextInput(**OFF))


class GrownForm(GrownConsent, RelativeFields):
    """An adult relative, who agrees himself."""

    phone = forms.CharField(
        label=_("电话"), required=False, max_length=30, widget=forms.TextInput(**OFF), help_text=_("同意联系的才填。")
    )  # fmt: skip
    field_order = ("relation", "name", "phone", "purposes", "how")


class MinorForm(MinorConsent, RelativeFields):
    """A minor: the birth says who must agree."""

    birth = forms.CharField(
        label=_("出生日期"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("只用来判断由谁同意、哪天满十四周岁。"),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("本人电话"), required=False, max_length=30, widget=forms.TextInput(**OFF),
        help_text=_("十四周岁以上、需要时才填；不满十四周岁的不记。"),
    )  # fmt: skip
    field_order = ("relation", "name", "birth", "phone", "guardian_relation", "guardian_name", "guardian_proof", "knows", "how")  # fmt: skip


class CorrectForm(Fields):
    """What may be put right; what is empty stays."""

    relation = forms.ChoiceField(label=_("与从业人员的关系"), choices=Relation.choices)
    name = forms.CharField(label=_("姓名"), required=False, max_length=60, widget=forms.TextInput(**OFF))
    phone = forms.CharField(label=_("电话"), required=False, max_length=30, widget=forms.TextInput(**OFF))
    birth = forms.CharField(
        label=_("出生日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, kept: dict[str, str], minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not minor:
            del self.fields["birth"]
        for name, masked in kept.items():
            if name in self.fields:
                self.fields[name].help_text = _("现在是 {value}，不改就留空。").format(value=masked)


class ReasonForm(Fields):
    """Why a value is looked at, or a copy printed."""

    reason = forms.CharField(
        label=_("理由"), max_length=200, help_text=_("至少 4 个字，不要写姓名和号码。本人和监护人都看得到。"), widget=forms.TextInput(**OFF)
    )  # fmt: skip
