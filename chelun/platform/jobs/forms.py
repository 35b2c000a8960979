"""The filter of the list of jobs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chelun.platform.jobs.choices import State


class JobFilter(forms.Form):
    """Which jobs to show."""

    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *State.choices])

    def chosen_state(self) -> str:
        """The state that was asked for; '' for all, and for a state that does not exist."""
        return str(self.cleaned_data["state"]) if self.is_bound and self.is_valid() else ""
