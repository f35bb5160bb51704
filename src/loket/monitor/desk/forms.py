"""What is asked of an author. The words stand in texts/fields.yaml and texts/hints.yaml."""

from __future__ import annotations

from typing import Any

from django import forms

from schakel.monitor.publishing import NAME


class HandOver(forms.Form):
    """A file, what is asked of it, and under which name it will be published."""

    release_name = forms.RegexField(NAME, max_length=60)
    title_nl = forms.CharField(max_length=160)
    title_en = forms.CharField(max_length=160)
    years = forms.RegexField(r"\d{4}(-\d{4})?", required=False)
    earlier = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, published: list[str], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="hand_%s", **kwargs)
        field: Any = self.fields["earlier"]
        field.choices, field.initial = [(name, name) for name in published], published
        if not published:
            del self.fields["earlier"]


class WithdrawForm(forms.Form):
    """The reason, in both languages: it stands on the page of what was withdrawn."""

    reason_nl = forms.CharField(min_length=10, max_length=500, widget=forms.Textarea)
    reason_en = forms.CharField(min_length=10, max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="withdraw_%s", **kwargs)


class SignForm(forms.Form):
    """A person answers for it: what was looked at is said, not assumed."""

    looked_at = forms.BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="sign_%s", **kwargs)
