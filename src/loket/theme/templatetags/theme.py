"""Icons, and the components that wrap a body: ``alert``, ``card``, ``details``. Loaded for every template (builtins).

Components without a body are plain includes: see ``templates/theme/``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from loket.theme.remembered import remembered

register = template.Library()


@register.simple_tag
@remembered
def icon(name: str, extra: str = "") -> SafeString:
    """A drawing from icons.svg, hidden from screen readers: the word beside it says what it means."""
    return format_html(
        '<svg class="sk-icon {}" aria-hidden="true" width="24" height="24"><use href="{}#{}"></use></svg>',
        extra,
        static("schakel/icons.svg"),
        name,
    )


@register.simple_tag
@remembered
def style(path: str) -> SafeString:
    """A style sheet that not every page has, for its head."""
    return format_html('<link rel="stylesheet" href="{}">', static(path))


@register.simple_tag
@remembered
def script(path: str) -> SafeString:
    """A script that waits for the page."""
    return format_html('<script src="{}" defer></script>', static(path))


@register.simple_block_tag
def alert(content: SafeString, kind: str = "info", title: str = "", level: int = 2) -> str:
    """A notice: kind is info, ok, warning, error or danger; icon and words say the kind, not the colour alone."""
    return render_to_string("theme/alert.html", {"content": content, "kind": kind, "title": title, "level": level})


@register.simple_block_tag
def card(content: SafeString, title: str = "", level: int = 2, id: str = "", tone: str = "") -> str:
    """A framed part of a page; tone is empty, tint or strong."""
    context = {"content": content, "title": title, "level": level, "id": id, "tone": tone}
    return render_to_string("theme/card.html", context)


@register.simple_block_tag
def details(content: SafeString, summary: str, open: bool = False) -> str:
    """What only some readers need, closed until asked for; works without JavaScript and is opened for print."""
    said = {"open": " open" if open else "", "sign": icon("down", "sk-details__sign"), "summary": _escaped(summary)}
    return mark_safe(DETAILS.format(**said, content=_escaped(content)))  # noqa: S308  (each part was escaped)


# What may stand on a page by the dozen is drawn here and not by a template, which would cost as much as all around it.
DETAILS = """<details class="sk-details"{open}>
  <summary class="sk-details__summary">{sign}<span>{summary}</span></summary>
  <div class="sk-details__body sk-flow">{content}</div>
</details>"""
ANSWER = (
    '<div class="sk-option{apart}"><input class="{look} sk-option__input" type="{type}" name="{name}" id="{id}" '
    'value="{value}"{checked}{described}>\n<label class="sk-option__label" for="{id}">{label}</label>{hint}</div>'
)
LOOKS = {
    "radio": ("radio", "utrecht-radio-button utrecht-radio-button--html-input"),
    "checkboxes": ("checkbox", "utrecht-checkbox utrecht-checkbox--html-input"),
}


HOLE = "\u27e6answer\u27e7"  # stands for what is particular to one page


@register.simple_tag
def field(said: Mapping[str, Any]) -> str:
    """A field as ``theme/field.html`` draws it. What is the same on every page is drawn once: all but the answers, and
    what is wrong with them."""
    listed, value = said["kind"] in (*LOOKS, "select"), said.get("value", "")
    wrong = any(said.get(part) for part in ("error", "warning", "unknown"))
    if wrong or not (listed or isinstance(value, str)):  # a number is written as the language has it
        return render_to_string("theme/field.html", {"field": said})
    same = tuple((part, said.get(part, "")) for part in ("kind", "name", "id", "legend", "hint", "autocomplete", "big"))
    before, after = _around(same, listed, get_language())
    return mark_safe(f"{before}{answers(said) if listed else _escaped(value)}{after}")  # noqa: S308  (each part is)


@remembered
def _around(same: tuple[tuple[str, Any], ...], listed: bool, lang: str) -> tuple[str, str]:
    """A field before and after its answers."""
    said = {**dict(same), "value": HOLE, "options": [{"value": HOLE, "label": HOLE}]}
    drawn = render_to_string("theme/field.html", {"field": said})
    before, _, after = drawn.partition(answers(said) if listed else HOLE)
    return before, after


@register.simple_tag
def answers(field: Mapping[str, Any]) -> SafeString:
    """The answers of a field (``theme/field.html``): options of a list, or each with a whole row as its target."""
    found = field.get("options") or ()
    if field["kind"] == "select":
        return _safe(_option(one) for one in found)
    return _safe(_answer(field, one, str(number)) for number, one in enumerate(found, start=1))


@register.simple_tag
def options(pairs: Iterable[tuple[Any, Any]], chosen: Any = None) -> SafeString:
    """The options of a list that is no field of a form: pairs of a value and its words."""
    return _safe(_option({"value": value, "label": words, "checked": value == chosen}) for value, words in pairs)


@register.simple_tag
def hidden(**said: Any) -> SafeString:
    """What a form says without showing it, by name."""
    return _safe(f'<input type="hidden" name="{name}" value="{_escaped(value)}">' for name, value in said.items())


@register.simple_tag
def unknown_answer(field: Mapping[str, Any]) -> SafeString:
    """ "I do not know", set apart from the answers."""
    return _safe([_answer(field, field["unknown"], "unknown", " sk-option--apart")])


def _safe(parts: Iterable[str]) -> SafeString:
    return mark_safe("\n".join(parts))  # noqa: S308  (each part was escaped)


def _escaped(value: Any) -> str:
    """The same as a template does with a value."""
    return str(value.__html__()) if hasattr(value, "__html__") else html.escape(str(value))


def _option(one: Mapping[str, Any]) -> str:
    chosen = " selected" if one.get("checked") else ""
    return f'<option value="{_escaped(one["value"])}"{chosen}>{_escaped(one["label"])}</option>'


def _answer(field: Mapping[str, Any], one: Mapping[str, Any], number: str, apart: str = "") -> str:
    kind, look = LOOKS[field["kind"]]
    key, hint = f"{_escaped(field['id'])}-{number}", one.get("hint", "")
    said = f'<p class="sk-option__hint" id="{key}-hint">{_escaped(hint)}</p>' if hint else ""
    return ANSWER.format(
        apart=apart, look=look, type=kind, name=_escaped(field["name"]), id=key,
        value=_escaped(one["value"]), label=_escaped(one["label"]), hint=said,
        checked=" checked" if one.get("checked") else "",
        described=f' aria-describedby="{key}-hint"' if hint else "",
    )  # fmt: skip


@register.filter
def tel(phone: str) -> str:
    """A telephone number as the address of a link: digits only."""
    return "tel:" + re.sub(r"\D", "", phone)
