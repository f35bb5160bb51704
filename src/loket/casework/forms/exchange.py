"""What is asked on the pages about files, imports and connections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from loket.accounts.forms import choices
from loket.accounts.kinds import kinds
from loket.accounts.pages import lang
from loket.accounts.templatetags.counter import words
from loket.casework import outgoing
from loket.casework.actions.attachments import FIELDS
from loket.casework.actions.clients import DAYS, SCOPES
from loket.casework.intake_rows import FORMS
from loket.casework.queries.grounds import offered
from schakel.casework.content import sharing
from schakel.casework.registration import CARE, PURPOSES
from schakel.mechanism.content import load

Choices = list[tuple[str, str]]


def kinds_of_data(names: Any = FIELDS) -> Choices:
    """Kinds of data in the language of the page."""
    book = sharing(load())
    return [(name, book.fields[name].text(lang())) for name in names]


def grounds(kind: str) -> Choices:
    """The grounds on which this kind of organisation may name somebody to the registration point; none: a count."""
    found = {
        one.id: one.name
        for purpose in PURPOSES
        for one in offered(kind, purpose, timezone.localdate(), lang())
    }  # fmt: skip
    return [("", words("exchange", "no_ground", "–")), *found.items()]


class AttachmentForm(forms.Form):
    attachment = forms.FileField(allow_empty_file=True, max_length=300)
    attachment_field = forms.ChoiceField()
    attachment_note = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, fields: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="attachment_%s", **kwargs)
        self.fields["attachment_field"].choices = [("", "–"), *kinds_of_data(fields)]  # type: ignore[attr-defined]


class IntakeForm(forms.Form):
    """A file, how to read it, and on which ground it is registered here."""

    intake_form = forms.ChoiceField(widget=forms.RadioSelect)
    intake_file = forms.FileField(allow_empty_file=True, max_length=300)
    mapping_file = forms.FileField(required=False, allow_empty_file=True, max_length=300)
    intake_ground = forms.ChoiceField(required=False)
    intake_care = forms.BooleanField(required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="intake_%s", **kwargs)
        self.fields["intake_form"].choices = choices("intake", FORMS)  # type: ignore[attr-defined]
        self.fields["intake_ground"].choices = grounds(kind)  # type: ignore[attr-defined]

    @property
    def purposes(self) -> tuple[str, ...]:
        return (CARE,) if self.cleaned_data.get("intake_care") else ()


class ExportForm(forms.Form):
    export_to = forms.ChoiceField()
    export_for = forms.ChoiceField()
    export_since = forms.DateField(required=False, widget=forms.DateInput)
    export_until = forms.DateField(required=False, widget=forms.DateInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="export_%s", **kwargs)
        self.fields["export_to"].choices = [("", "–"), *kinds(lang())]  # type: ignore[attr-defined]
        purposes = [(name, text(lang())) for name, text in sharing(load()).purposes.items()]
        self.fields["export_for"].choices = [("", "–"), *purposes]  # type: ignore[attr-defined]


class WebhookForm(forms.Form):
    webhook_address = forms.CharField(max_length=300)
    webhook_events = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="webhook_%s", **kwargs)
        self.fields["webhook_events"].choices = choices("event", outgoing.EVENTS)  # type: ignore[attr-defined]


class ClientForm(forms.Form):
    client_name = forms.CharField(max_length=80)
    client_for = forms.ChoiceField()
    client_scopes = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    client_days = forms.TypedChoiceField(coerce=int, initial=DAYS[1])

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="client_%s", **kwargs)
        self.fields["client_for"].choices = [("", "–"), *colleagues]  # type: ignore[attr-defined]
        self.fields["client_scopes"].choices = choices("scope", SCOPES)  # type: ignore[attr-defined]
        self.fields["client_days"].choices = [(days, str(days)) for days in DAYS]  # type: ignore[attr-defined]
