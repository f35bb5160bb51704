"""Who a person is, or that nobody says so; and on which ground it is told, per purpose. Consent is never assumed."""

from __future__ import annotations

from typing import Any

from django import forms

from loket.accounts.forms import choices
from loket.accounts.pages import lang
from loket.casework.forms.care import GIVERS
from loket.casework.queries.facts import upper
from loket.casework.queries.grounds import Offered
from loket.site.wording import wording
from schakel.casework.person import Identity
from schakel.casework.registration import CARE, FIGURES
from schakel.linkage.dates import birth
from schakel.networks.model import CONSENT

GROUNDS = {FIGURES: "ground_figures", CARE: "ground_care"}
PARTS = ("given_names", "surname", "birth_date", "nationalities", "aliases", "contact")


class IdentityForm(forms.Form):
    named = forms.ChoiceField(widget=forms.RadioSelect)
    given_names = forms.CharField(max_length=120, required=False)
    surname = forms.CharField(max_length=120, required=False)
    birth_date = forms.CharField(max_length=10, required=False)
    nationalities = forms.CharField(max_length=200, required=False)
    aliases = forms.CharField(max_length=300, required=False)
    contact = forms.CharField(max_length=500, required=False)
    consent_by = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    ground_figures = forms.ChoiceField(widget=forms.RadioSelect, required=False)
    arrange_care = forms.BooleanField(required=False)
    ground_care = forms.ChoiceField(widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, grounds: dict[str, list[Offered]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="id_%s", **kwargs)
        self.fields["named"].choices = choices("named", ("name", "count"))  # type: ignore[attr-defined]
        self.fields["consent_by"].choices = [(one, upper(said)) for one, said in choices("by", GIVERS)]  # type: ignore[attr-defined]
        for purpose, name in GROUNDS.items():
            self.fields[name].choices = [(one.id, _label(one)) for one in grounds[purpose]]  # type: ignore[attr-defined]

    def clean_birth_date(self) -> str:
        """A day, a year, or nothing: what is not known is not made up."""
        typed: str = self.cleaned_data["birth_date"].strip()
        if typed and birth(typed).year is None:
            raise forms.ValidationError(said("birth_date"))
        return typed

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("named") == "name" and not self.identity.known:
            self.add_error("surname", said("name_something"))
        if CONSENT in self.purposes.values() and not data.get("consent_by"):
            self.add_error("consent_by", said("consent_by"))
        return data

    @property
    def identity(self) -> Identity:
        data = self.cleaned_data
        return Identity(
            data.get("given_names", "").strip(), data.get("surname", "").strip(), data.get("birth_date", ""),
            nationalities=listed(data.get("nationalities", "")), aliases=listed(data.get("aliases", "")),
        )  # fmt: skip

    @property
    def no_ground(self) -> str:
        """What is said when a purpose has no ground yet."""
        return said("no_ground")

    @property
    def purposes(self) -> dict[str, str]:
        """The chosen ground of each purpose; arranging care is a purpose only where that was asked for."""
        data = self.cleaned_data
        chosen = {FIGURES: data.get("ground_figures", "")}
        return {**chosen, CARE: data.get("ground_care", "")} if data.get("arrange_care") else chosen


def _label(one: Offered) -> str:
    return " ".join(part for part in (f"{one.name[:1].upper()}{one.name[1:]}.", one.why, one.first) if part)


def listed(typed: str) -> tuple[str, ...]:
    """Words between commas."""
    return tuple(part.strip() for part in typed.split(",") if part.strip())


def said(code: str) -> str:
    """What is wrong with an answer, in the language of the page."""
    return wording().say(f"casework.wrong_{code}", lang())


def initial(
    identity: Identity | None, contact: str, named: bool, grounds: dict[str, str], purposes: Any,
    consent_by: str = "",
) -> Any:  # fmt: skip
    """What is known, as the form starts with it."""
    known = identity or Identity()
    return {
        "named": "name" if named else "count" if purposes and not named and identity is None else "",
        "given_names": known.given_names, "surname": known.surname, "birth_date": known.birth_date,
        "nationalities": ", ".join(known.nationalities), "aliases": ", ".join(known.aliases), "contact": contact,
        "ground_figures": grounds.get(FIGURES, ""), "ground_care": grounds.get(CARE, ""),
        "arrange_care": CARE in purposes, "consent_by": consent_by.split(),
    }  # fmt: skip
