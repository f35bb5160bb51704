"""``{% exploited one %}``: a situation of exploitation in words; ``{% state cycle name %}``: a state of a lifecycle."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import template
from django.template.context import Context
from django.utils import formats

from loket.accounts.pages import lang
from loket.casework.menu import Place, places
from loket.casework.queries.facts import municipality_name, upper
from loket.site.templatetags.loket_site import spoken
from loket.theme.remembered import remembered
from schakel.casework.lifecycles import lifecycles
from schakel.casework.outcome import OUTCOMES
from schakel.casework.person import Exploitation
from schakel.mechanism.content import load

register = template.Library()


@register.simple_tag
def exploited(one: Exploitation) -> str:
    """Forms, sector, when and where, as far as they were told."""
    language = lang()
    parts = [", ".join(_value("form", form, language) for form in one.forms), _value("sector", one.sector, language)]
    days = [formats.date_format(day, "j F Y") for day in (one.begun, one.ended) if day]
    return upper(", ".join(part for part in (*parts, " – ".join(days), municipality_name(one.municipality)) if part))


def _value(fact: str, value: str, language: str) -> str:
    known = load().facts[fact]
    return known.value(value).text(language) if value in known.value_ids else value


@register.simple_tag(takes_context=True)
def state(context: Context, cycle: str, name: str) -> str:
    """What a state is called."""
    return in_state(cycle, name, spoken(context))


@remembered
def in_state(cycle: str, name: str, language: str) -> str:
    """What a state is called, in this language."""
    found = lifecycles(load())[cycle].states.get(name)
    return upper(found.name(language)) if found else name


@register.simple_tag
def did(cycle: str, name: str) -> str:
    """What an event is called."""
    found = lifecycles(load())[cycle].events.get(name)
    return upper(found(lang())) if found else name


@register.simple_tag
def outcome(name: str) -> str:
    """What came of it, in words."""
    return upper(OUTCOMES[name](lang())) if name in OUTCOMES else ""


@register.simple_tag
def menu(role: str) -> list[Place]:
    """What stands in the menu of every page for this role."""
    return places(role, first=True)


@register.simple_tag
def overview(role: str) -> list[Place]:
    """What stands on the overview for this role."""
    return places(role)


FOLDED = "made"  # duties that came to be: many on one day, and they stand in the list of tasks already
SHORT = 3


@register.filter
def by_day(lines: Iterable[tuple[Any, ...]]) -> list[tuple[Any, list[tuple[Any, ...]], list[tuple[Any, ...]]]]:
    """Lines (day, kind, words) under their day, in the order in which they come; apart the duties, if they are many."""
    out = []
    for day, found in groupby(lines, key=lambda line: line[0]):
        group = list(found)
        folded = [line for line in group if line[1] == FOLDED]
        if len(folded) <= SHORT:
            folded = []
        out.append((day, [line for line in group if line not in folded], folded))
    return out
