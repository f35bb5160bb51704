"""What is asked on the pages about organisations and people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import get_language

from loket.accounts.actions import GLASS_REASONS
from loket.accounts.roles import ROLES
from loket.site.wording import wording


def choices(group: str, codes: Any, empty: bool = False) -> list[tuple[str, str]]:
    """Codes with their words in the language of the page."""
    lang = get_language() or settings.LANGUAGE_CODE
    texts = wording().texts
    rows = [(code, texts.get(f"codes.{group}_{code}", {}).get(lang, code)) for code in codes]
    return [("", "–"), *rows] if empty else rows


class AdmitForm(forms.Form):
    name = forms.CharField(max_length=120)
    kind = forms.ChoiceField()
    region = forms.CharField(max_length=60, required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="admit_%s", **kwargs)
        self.fields["kind"].choices = [("", "–"), *kinds]  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    email = forms.EmailField()
    role = forms.ChoiceField()
    unit = forms.ChoiceField(required=False)
    manages = forms.BooleanField(required=False)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="invite_%s", **kwargs)
        self.fields["role"].choices = choices("hat", ROLES, empty=True)  # type: ignore[attr-defined]
        self.fields["unit"].choices = [("", "–"), *units]  # type: ignore[attr-defined]
        if not units:
            del self.fields["unit"]


class AcceptForm(forms.Form):
    name = forms.CharField(max_length=120)
    new_password = forms.CharField(widget=forms.PasswordInput, strip=False, max_length=200)

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        validate_password(password)
        return password


class JoinForm(forms.Form):
    """For who has an account: nothing to fill in, only to say yes."""


class EndForm(forms.Form):
    hand_over_to = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, colleagues: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="end_%s", **kwargs)
        self.fields["hand_over_to"].choices = [("", "–"), *colleagues]  # type: ignore[attr-defined]


class UnitForm(forms.Form):
    unit_name = forms.CharField(max_length=120)


class GlassForm(forms.Form):
    glass_reason = forms.ChoiceField(widget=forms.RadioSelect)
    glass_note = forms.CharField(max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="glass_%s", **kwargs)
        self.fields["glass_reason"].choices = choices("reason", GLASS_REASONS)  # type: ignore[attr-defined]
