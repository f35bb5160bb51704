"""What is asked when somebody tells by telephone or letter, and when a report is added."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from loket.accounts.forms import choices
from loket.accounts.pages import lang
from loket.casework.queries.facts import upper
from loket.casework.taking import CHANNELS, Taken
from loket.site.wording import wording
from schakel.mechanism.content import load


class TakenForm(forms.Form):
    """How it was told, by whom and when."""

    channel = forms.ChoiceField(widget=forms.RadioSelect)
    told_by = forms.ChoiceField()
    teller = forms.CharField(max_length=400, required=False)
    told_on = forms.DateField(required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="taken_%s", **kwargs)
        self.fields["channel"].choices = choices("channel", CHANNELS)  # type: ignore[attr-defined]
        finders = [(one.id, upper(one.text(lang()))) for one in load().facts["finder"].values]
        self.fields["told_by"].choices = [("", "–"), *finders]  # type: ignore[attr-defined]

    def clean_told_on(self) -> date | None:
        day: date | None = self.cleaned_data["told_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(wording().say("casework.wrong_day", lang()))
        return day

    @property
    def taken(self) -> Taken:
        said = self.cleaned_data
        return Taken(said["channel"], said["told_by"], said["teller"], said["told_on"] or timezone.localdate())


class ReportForm(forms.Form):
    """What was told: one more report of an encounter that is there."""

    report_words = forms.CharField(widget=forms.Textarea, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="report_%s", **kwargs)
