"""What is asked of who wants the data of a person destroyed."""

from __future__ import annotations

from typing import Any

from django import forms

from loket.accounts.forms import choices
from loket.casework.actions.destroying import REASONS


class ErasureForm(forms.Form):
    """Why, from a short list, and what it rests on."""

    erasure_reason = forms.ChoiceField(widget=forms.RadioSelect)
    erasure_words = forms.CharField(widget=forms.Textarea, max_length=1000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="erase_%s", **kwargs)
        self.fields["erasure_reason"].choices = choices("erasure", REASONS)  # type: ignore[attr-defined]
