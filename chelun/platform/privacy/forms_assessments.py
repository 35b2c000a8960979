"""The form of an impact assessment: the three contents that the law asks for, who, when, for what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from chelun.platform.privacy.choices import Occasion, Risk
from chelun.platform.privacy.purposes import PURPOSES
from chelun.platform.privacy.services.assessments import SHORTEST
from chelun.platform.privacy.subjects import SUBJECT_TABLES
from chelun.platform.regions.forms import RegionField


def _long(label: Any, text: Any) -> forms.CharField:
    told = {"min_length": _("请写得具体一些，至少 30 个字。")}
    return forms.CharField(
        label=label, help_text=text, min_length=SHORTEST, max_length=20_000, error_messages=told,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip


class AssessmentForm(forms.Form):
    """One assessment."""

    region = RegionField(label=_("地区"), levels=("province", "city", "county"))
    title = forms.CharField(label=_("评估事项"), max_length=100)
    occasions = forms.MultipleChoiceField(
        label=_("须评估的情形"), choices=Occasion.choices, widget=forms.CheckboxSelectMultiple
    )
    covers = forms.MultipleChoiceField(
        label=_("涉及的目的"), required=False, widget=forms.CheckboxSelectMultiple
    )
    purpose = _long(
        _("处理目的和方式是否合法、正当、必要"), _("为什么要处理、依据哪一条、少收一些行不行。至少 30 个字。")
    )
    risks = _long(
        _("对个人权益的影响和安全风险"), _("泄露、滥用、记错时，本人会怎样；可能性多大。至少 30 个字。")
    )
    measures = _long(
        _("采取的保护措施是否合法、有效、与风险相适应"),
        _("谁能看、怎样加密、怎样留痕、多久删除。至少 30 个字。"),
    )
    risk = forms.ChoiceField(label=_("采取措施后的风险"), choices=Risk.choices, widget=forms.RadioSelect)
    assessed_on = forms.DateField(label=_("评估日期"), widget=forms.DateInput(attrs={"type": "date"}))
    assessors = forms.CharField(
        label=_("参加评估的人"), max_length=200, help_text=_("写职务或科室即可，例如“法规科、信息科”。")
    )
    valid_until = forms.DateField(
        label=_("再次评估的日期"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("目的、方式变了要提前重做；最长三年。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["covers"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = cover_choices()


def cover_choices() -> list[tuple[str, Any]]:
    """Everything that an assessment may cover: each purpose of the declared tables once, and those that rest on consent."""
    told = {str(table.purpose): table.model._meta.label for table in reversed(list(SUBJECT_TABLES))}
    found = [(label, purpose) for purpose, label in told.items()]
    return sorted(found) + [(purpose.name, purpose.label) for purpose in PURPOSES]
