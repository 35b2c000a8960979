"""Forms of evidence."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chelun.platform.evidence.pictures import MOST_BYTES, SENTENCES


class EvidenceForm(forms.Form):
    """A file and what it shows."""

    file = forms.FileField(
        label=_("照片或 PDF"),
        allow_empty_file=True,
        max_length=250,
        help_text=_("JPG、PNG 不超过 10 MB，PDF 不超过 5 MB。照片里的拍摄地点、时间会去掉。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,application/pdf"}),
    )
    what = forms.CharField(label=_("是什么"), max_length=60, help_text=_("例如“从业资格证照片”“现场照片”。"))

    def clean_file(self) -> Any:
        """Larger files are not even read."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            sentence = SENTENCES["too_big"]
            raise forms.ValidationError(gettext(sentence).format(limit=MOST_BYTES // 1024**2))
        return file


class OpenForm(forms.Form):
    """Why a file is looked at."""

    reason = forms.CharField(
        label=_("查看理由"),
        max_length=200,
        help_text=_("至少 4 个字，不要写姓名和号码。会写进审计记录，本人可以查到。"),
    )


class RemoveForm(forms.Form):
    """Why a file is taken away."""

    reason = forms.CharField(
        label=_("删除理由"), max_length=200, help_text=_("至少 4 个字，不要写姓名和号码。会写进审计记录。")
    )
