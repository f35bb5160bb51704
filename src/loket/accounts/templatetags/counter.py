"""``{% fields form %}``: the fields of a Django form as the theme draws them, ours and allauth's alike."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms, template
from django.conf import settings
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from loket.accounts.providers import Provider, providers
from loket.site.templatetags.loket_site import spoken
from loket.site.wording import wording
from loket.theme.templatetags.theme import field

register = template.Library()
KINDS = {
    forms.PasswordInput: "password", forms.EmailInput: "email", forms.DateInput: "date", forms.NumberInput: "number",
    forms.Textarea: "area", forms.FileInput: "file", forms.CheckboxSelectMultiple: "checkboxes", forms.Select: "select",
}  # fmt: skip
# What a browser or a key chain may fill in (WCAG 1.3.5), by the name of the field.
FILLED_IN = {
    "login": "username", "email": "email", "password": "current-password", "oldpassword": "current-password",
    "password1": "new-password", "password2": "new-password", "code": "one-time-code", "name": "name",
    "new_password": "new-password",
}  # fmt: skip


@register.simple_tag
def fields(form: Any, keep: str = "") -> SafeString:
    """All fields; those that are hidden as hidden. keep: only the fields with these names (spaces between them)."""
    names = keep.split() or list(form.fields)
    drawn = [draw(form[name]) for name in names]
    general = [render_to_string("theme/alert.html", {"kind": "error", "text": text, "role": "alert"})
               for text in form.non_field_errors()]  # fmt: skip
    return mark_safe("".join([*general, *drawn]))  # noqa: S308  (each part was escaped by its own template)


def draw(bound: Any) -> str:
    if bound.is_hidden:
        return str(bound)
    return field(described(bound))


def described(bound: Any) -> dict[str, Any]:
    """A bound field in the words of ``theme/field.html``."""
    widget = bound.field.widget
    kind = next((KINDS[one] for one in type(widget).__mro__ if one in KINDS), "text")
    if isinstance(widget, forms.CheckboxInput):
        kind = "checkboxes"
    if isinstance(widget, forms.RadioSelect) and not isinstance(widget, forms.CheckboxSelectMultiple):
        kind = "radio"
    said = {
        "kind": kind,
        "name": bound.html_name,
        "id": bound.auto_id,
        "legend": words("fields", bound.name, str(bound.label)),
        "hint": words("hints", bound.name, ""),
        "error": " ".join(str(error) for error in bound.errors),
        "autocomplete": FILLED_IN.get(bound.name, "off"),
        "value": "" if kind in ("password", "file") else _typed(bound.value()),
    }
    if kind in ("select", "radio"):
        chosen = str(bound.value() or "")
        said["options"] = [{"value": value, "label": label, "checked": str(value) == chosen}
                           for value, label in bound.field.choices]  # fmt: skip
    if isinstance(widget, forms.CheckboxSelectMultiple):
        said["value"], ticked = "", {str(value) for value in bound.value() or ()}
        said["options"] = [{"value": value, "label": label, "checked": str(value) in ticked}
                           for value, label in bound.field.choices]  # fmt: skip
    elif kind == "checkboxes":
        label = words("ticks", bound.name, said["legend"])
        said["options"] = [{"value": "on", "label": label, "checked": bool(bound.value())}]
    return said


def _typed(value: Any) -> Any:
    """What stands in the box: a nought is a value, and a day is written as a browser reads it."""
    return value.isoformat() if isinstance(value, date) else "" if value is None else value


def words(group: str, name: str, otherwise: str) -> str:
    """Our own words for a field, or those that came with it."""
    found = wording().texts.get(f"{group}.{name}", {})
    return found.get(get_language() or settings.LANGUAGE_CODE, otherwise)


@register.simple_tag
def problems(*forms_: Any) -> SafeString:
    """The summary above a form of what is wrong, each a link to its field; nothing if nothing is."""
    errors = [
        {"for": form[name].auto_id, "text": _which(form[name], error)}
        for form in forms_
        if form and form.is_bound  # a page without this form gives nothing, or an empty word
        for name, found in form.errors.items()
        if name != "__all__" and not form[name].is_hidden
        for error in found
    ]
    return render_to_string("theme/error_summary.html", {"errors": errors}) if errors else mark_safe("")


def _which(bound: Any, error: str) -> str:
    """What is wrong, after the question that it is about."""
    asked = words("fields", bound.name, str(bound.label))
    return f"{asked} {error}" if asked.endswith("?") else f"{asked}: {error}"


@register.simple_tag(takes_context=True)
def code(context: Context, group: str, value: str) -> str:
    """The words for a code (a role, a reason), as ``codes.yaml`` has them."""
    return codes(group, value, spoken(context))


def codes(group: str, value: str, lang: str) -> str:
    """The same, in this language."""
    return wording().texts.get(f"codes.{group}_{value}", {}).get(lang, value)


@register.simple_tag
def event(name: str) -> str:
    """What was done, in words, as ``events.yaml`` has them."""
    return words("events", name.replace(".", "_"), name)


@register.simple_tag
def own_providers() -> list[Provider]:
    """The organisations whose people can sign in by way of their own provider."""
    return providers()
