"""What is asked when somebody is referred, a place is requested, or a ground is put on record."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.utils import timezone

from loket.accounts.forms import choices
from loket.accounts.pages import lang
from loket.casework.queries.sharing import PURPOSES, SENT
from loket.casework.slices import book
from loket.site.wording import wording
from schakel.casework.groups import GROUPS
from schakel.casework.words import name_of
from schakel.mechanism.content import load
from schakel.networks.model import PERMITS

Pairs = list[tuple[str, str]]
GIVERS = ("person", "parents", "guardian")
NOBODY = ""  # no receiver is chosen: the registration point looks for one


def kinds_of(ids: Iterable[str]) -> Pairs:
    """Kinds of organisation with their names, by name."""
    return list(_named(frozenset(ids), lang()))


@lru_cache(maxsize=200)  # the names stand in the content, which is the same as long as the site runs
def _named(ids: frozenset[str], language: str) -> Pairs:
    return sorted(((one, name_of(load(), one)(language)) for one in ids), key=lambda row: row[1].casefold())


def helpers(sender: str) -> Pairs:
    """The kinds of organisation that a rule lets this sender tell something for one of the purposes of a referral."""
    return kinds_of(_helpers(sender))


@lru_cache(maxsize=200)
def _helpers(sender: str) -> frozenset[str]:
    found = {
        receiver
        for rule in book().rules.values() if rule.effect == PERMITS and sender in rule.senders
        and rule.purposes & set(PURPOSES)
        for receiver in rule.receivers
    }  # fmt: skip
    return frozenset(found & load().organisations.keys())


def shelters() -> Pairs:
    """The kinds that have places."""
    return kinds_of(book().groups["shelters"].members)


def purposes(ids: Iterable[str]) -> Pairs:
    return [(one, _upper(book().purposes[one](lang()))) for one in ids]


def groups() -> Pairs:
    """The target groups of the directory."""
    return [(name, _upper(words(lang()))) for name, words in GROUPS.items()]


def municipalities() -> Pairs:
    return [(one.code, one.name) for one in sorted(load().places.municipalities, key=lambda one: one.name)]


def safety_regions() -> Pairs:
    """The safety regions by name: large enough to avoid somebody in."""
    found = {one.safety_region: one.safety_region_name for one in load().places.municipalities}
    return sorted(found.items(), key=lambda row: row[1])


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def empty(rows: Pairs) -> Pairs:
    return [("", "–"), *rows]


class AskedForm(forms.Form):
    """Whom to tell, and what for: enough to ask the sharing rules."""

    refer_kind = forms.ChoiceField(widget=forms.RadioSelect, initial="referral")
    purpose = forms.ChoiceField()
    receiver_kind = forms.ChoiceField()

    def __init__(self, *args: Any, purposes: Pairs, receivers: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        self.fields["refer_kind"].choices = choices("kind", ("referral", "transfer"))  # type: ignore[attr-defined]
        self.fields["purpose"].choices = empty(purposes)  # type: ignore[attr-defined]
        self.fields["receiver_kind"].choices = empty(receivers)  # type: ignore[attr-defined]


class ShelterKindForm(forms.Form):
    """Which kind of shelter is asked."""

    receiver_kind = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ask_%s", **kwargs)
        self.fields["receiver_kind"].choices = empty(shelters())  # type: ignore[attr-defined]


class CircumstancesForm(forms.Form):
    """What the answer still hangs on; nothing chosen is: not known."""

    def __init__(self, *args: Any, asked: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="circ_%s", prefix="circ", **kwargs)
        for name in asked:
            fact = book().circumstances[name]
            rows = [(value.id, _upper(value.text(lang()))) for value in fact.values]
            unknown = wording().say("care.not_known", lang())
            self.fields[name] = forms.ChoiceField(
                choices=[("", unknown), *rows], required=False, label=_upper(fact.name(lang()))
            )

    @property
    def told(self) -> dict[str, str]:
        """What was answered."""
        return {name: value for name, value in self.cleaned_data.items() if value}


def told_circumstances(post: Any) -> dict[str, str]:
    """What was answered about circumstances so far; what is no answer is left out."""
    asked = [name[5:] for name in post if name.startswith("circ-") and name[5:] in book().asked]
    form = CircumstancesForm(post, asked=asked)
    return form.told if form.is_valid() else {}


class SendForm(forms.Form):
    """What comes along, to whom, with which words, and when an answer is wanted."""

    share = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple, required=False)
    receiver = forms.ChoiceField(required=False)
    message = forms.CharField(widget=forms.Textarea, max_length=4000, required=False)
    answer_by = forms.DateField(widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, share: Pairs, receivers: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="send_%s", **kwargs)
        self.fields["share"].choices = share  # type: ignore[attr-defined]
        nobody = wording().say("care.registrar_looks", lang())
        self.fields["receiver"].choices = [*receivers, (NOBODY, nobody)]  # type: ignore[attr-defined]

    def clean_receiver(self) -> uuid.UUID | None:
        chosen: str = self.cleaned_data["receiver"]
        return uuid.UUID(chosen) if chosen else None

    def clean_answer_by(self) -> Any:
        day = self.cleaned_data["answer_by"]
        if day and day < timezone.localdate():
            raise forms.ValidationError(wording().say("care.day_is_past", lang()))
        return day


def send_form(post: Any, may: Any, *, without: str = "") -> SendForm:
    """What may come along and whom it can go to (`asking.May`), as a form; filled in only once that was shown."""
    first = str(may.receivers[0].id) if may.receivers and not may.task_of_registrar else ""
    share = [(one.id, _upper(one.name)) for one in may.allowed]
    return _sending(post if post.get("step") == "send" else None, share, may.receivers, without, {"receiver": first})


def sent_form(post: Any, receivers: Iterable[Any], *, without: str = "") -> SendForm:
    """The same form as it comes back. What may come along is not asked here: the verb that follows asks the rules."""
    return _sending(post, [(name, name) for name in SENT], receivers, without)


def _sending(post: Any, share: Pairs, receivers: Iterable[Any], without: str, initial: Any = None) -> SendForm:
    form = SendForm(post, share=share, receivers=[(str(one.id), one.name) for one in receivers], initial=initial)
    form.fields.pop(without, None)
    return form


class IntakeForm(forms.Form):
    """What a shelter must know to answer; whom to avoid as a relation, never by name (hazard 14)."""

    avoid_areas = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    avoid = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    companions = forms.IntegerField(min_value=0, max_value=20, initial=0, required=False)
    wheelchair = forms.BooleanField(required=False)
    pets = forms.BooleanField(required=False)

    def __init__(self, *args: Any, avoid: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="intake_%s", **kwargs)
        self.fields["avoid_areas"].choices = [*safety_regions()]  # type: ignore[attr-defined]
        self.fields["avoid"].choices = [(name, _upper(words(lang()))) for name, words in avoid.items()]  # type: ignore[attr-defined]


class GroundForm(forms.Form):
    """Consent or another ground, for one purpose and one kind of receiver, or all."""

    purpose = forms.ChoiceField()
    receiver_kind = forms.ChoiceField(required=False)
    answer = forms.ChoiceField(widget=forms.RadioSelect)
    given_by = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    ground = forms.ChoiceField(required=False)
    told = forms.CharField(max_length=60, required=False)
    note = forms.CharField(max_length=2000, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, purposes: Pairs, receivers: Pairs, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="ground_%s", **kwargs)
        everyone = wording().say("care.every_receiver", lang())
        grounds = [(one, _upper(text(lang()))) for one, text in book().grounds.items()
                   if one not in ("consent", "without-identity", "own-right")]  # fmt: skip
        self.fields["purpose"].choices = empty(purposes)  # type: ignore[attr-defined]
        self.fields["receiver_kind"].choices = [("", everyone), *receivers]  # type: ignore[attr-defined]
        self.fields["answer"].choices = choices("answer", ("give", "refuse", "use_other"))  # type: ignore[attr-defined]
        self.fields["given_by"].choices = [(one, _upper(said)) for one, said in choices("by", GIVERS)]  # type: ignore[attr-defined]
        self.fields["ground"].choices = empty(grounds)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        say = wording().say
        if said.get("answer") in ("give", "refuse") and not said.get("given_by"):
            self.add_error("given_by", say("care.who_said_so", lang()))
        if said.get("answer") == "use_other":
            if not said.get("ground"):
                self.add_error("ground", say("care.which_ground", lang()))
            if not said.get("note", "").strip():
                self.add_error("note", say("care.why_it_holds", lang()))
        return said
