"""What is asked about people and organisations: who is looked for, what is to be put right, who speaks for whom."""

from __future__ import annotations

from typing import Any

from django import forms

from loket.accounts.forms import choices
from loket.accounts.pages import lang
from loket.casework.forms.care import Pairs, empty, groups
from loket.casework.parts import CONTACT, IDENTITY
from loket.site.wording import wording
from schakel.casework.export import PARTS
from schakel.casework.person import Identity


class PlacesForm(forms.Form):
    """What an organisation tells of itself."""

    groups = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    free = forms.IntegerField(min_value=0, max_value=999, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="places_%s", **kwargs)
        self.fields["groups"].choices = groups()  # type: ignore[attr-defined]


class DirectoryForm(forms.Form):
    """What to narrow the directory down by; in the address, for there is nobody in it."""

    kind = forms.ChoiceField(required=False)
    group = forms.ChoiceField(required=False)
    place = forms.CharField(max_length=60, required=False)

    def __init__(self, *args: Any, kinds: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="dir_%s", **kwargs)
        everything = wording().say("care.everything", lang())
        self.fields["kind"].choices = [("", everything), *kinds]  # type: ignore[attr-defined]
        self.fields["group"].choices = [("", everything), *groups()]  # type: ignore[attr-defined]


class SearchForm(forms.Form):
    """Who is looked for; the more is known, the surer the answer."""

    given_names = forms.CharField(max_length=120, required=False)
    surname = forms.CharField(max_length=120, required=False)
    birth_date = forms.CharField(max_length=10, required=False)
    alias = forms.CharField(max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="search_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not any(said.get(name, "").strip() for name in ("given_names", "surname", "alias")):
            self.add_error("surname", wording().say("care.search_needs_name", lang()))
        return said

    @property
    def identity(self) -> Identity:
        """What was typed, as an identity."""
        said = self.cleaned_data
        aliases = (said["alias"],) if said["alias"].strip() else ()
        return Identity(said["given_names"], said["surname"], said["birth_date"].strip(), aliases=aliases)


class RequestForm(forms.Form):
    """What the person wants put right, or objects to."""

    request_kind = forms.ChoiceField(widget=forms.RadioSelect)
    request_place = forms.ChoiceField(required=False)
    request_value = forms.CharField(max_length=500, required=False)
    request_words = forms.CharField(widget=forms.Textarea, max_length=4000, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="request_%s", **kwargs)
        self.fields["request_kind"].choices = choices("request", ("correct", "object"))  # type: ignore[attr-defined]
        self.fields["request_place"].choices = places()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("request_place") and not said.get("request_value", "").strip():
            self.add_error("request_value", wording().say("care.needs_value", lang()))
        if not said.get("request_place") and not said.get("request_words", "").strip():
            self.add_error("request_words", wording().say("care.needs_words", lang()))
        return said


def places() -> Pairs:
    """The parts of the account that somebody can say the right reading of, in words."""
    named = [(f"identity.{part}", PARTS[part](lang())) for part in IDENTITY]
    return [("", wording().say("care.in_words", lang())), *named, (CONTACT, wording().say("casework.contact", lang()))]


class RepresentForm(forms.Form):
    """An account that is the person, or speaks for them, and on what that rests."""

    account = forms.ChoiceField()
    stands_as = forms.ChoiceField(widget=forms.RadioSelect)
    basis = forms.ChoiceField()

    def __init__(self, *args: Any, accounts: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="stands_%s", **kwargs)
        self.fields["account"].choices = empty(accounts)  # type: ignore[attr-defined]
        self.fields["stands_as"].choices = choices("stands", ("self", "guardian", "lawyer"))  # type: ignore[attr-defined]
        bases = ("own_choice", "court", "interim", "institution")
        self.fields["basis"].choices = choices("basis", bases, empty=True)  # type: ignore[attr-defined]
