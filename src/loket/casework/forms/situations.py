"""Where it was, and one situation of exploitation."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone

from loket.casework.queries.facts import upper
from loket.site.wording import wording
from schakel.casework.person import Exploitation
from schakel.mechanism.content import load


def place_field(typed: str, error: str, lang: str) -> dict[str, Any]:
    """The field for a municipality; empty where it is not known."""
    say = wording().say
    return {"kind": "text", "name": "municipality", "id": "municipality", "legend": say("casework.municipality", lang),
            "hint": say("casework.municipality_hint", lang), "value": typed, "error": error}  # fmt: skip


class ExploitationForm(forms.Form):
    """Form and sector by the list of facts, from when to when, where: only the form is needed."""

    exploited_how = forms.ChoiceField(widget=forms.RadioSelect)
    exploited_sector = forms.ChoiceField(required=False)
    begun = forms.DateField(required=False, widget=forms.DateInput)
    ended = forms.DateField(required=False, widget=forms.DateInput)
    exploited_in = forms.CharField(max_length=80, required=False)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ex_%s", **kwargs)
        self.lang = lang
        for name, fact in (("exploited_how", "form"), ("exploited_sector", "sector")):
            rows = [(value.id, upper(value.text(lang))) for value in load().facts[fact].values]
            self.fields[name].choices = rows if fact == "form" else [("", "–"), *rows]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("begun", "ended"):
            if data.get(name) and data[name] > timezone.localdate():
                self.add_error(name, wording().say("casework.wrong_day", self.lang))
        typed = data.get("exploited_in", "").strip()
        if typed and typed.lower() not in load().places.index:
            self.add_error("exploited_in", wording().say("casework.wrong_place", self.lang))
        return data

    @property
    def situation(self) -> Exploitation:
        data, index = self.cleaned_data, load().places.index
        place = index.get(data["exploited_in"].strip().lower())
        return Exploitation(
            uuid.uuid4().hex,
            (data["exploited_how"],),
            data["exploited_sector"],
            data["begun"],
            data["ended"],
            place.code if place else "",
        )
