"""Duties in one line each: a page holds up to two hundred of them, so they are put together without a template."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from loket.theme.templatetags.theme import icon
from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.presenters.words import capital, holder_name, sayer
from schakel.mechanism.assess import DutyOutcome
from schakel.mechanism.explain import caution


def lines(encounter: Encounter, outcomes: Iterable[DutyOutcome]) -> SafeString:
    """The items of a list, one for each duty: its title, who holds it, and what makes its ruling out doubtful."""
    return format_html_join("", "{}", ((_line(encounter, outcome),) for outcome in outcomes))


def _line(encounter: Encounter, outcome: DutyOutcome) -> SafeString:
    lang = encounter.lang
    holder = sayer(lang)("wegwijzer.you") if outcome.yours else holder_name(
        encounter.content, outcome.holder, encounter.who, lang
    )  # fmt: skip
    return item(outcome.duty.title(lang), capital(holder), caution(outcome, lang))


@lru_cache(maxsize=8_192)
def item(title: str, holder: str, caution: str) -> SafeString:
    """One item; all of it is content, the same for every visitor, so it may be kept."""
    note = format_html('<span class="ww-note">{}<span>{}</span></span>', icon("warning"), caution) if caution else ""
    return format_html('<li>{} <span class="ww-lines__who">{}</span>{}</li>', title, holder, note)


@lru_cache(maxsize=8)
def options(values: tuple[str, ...]) -> SafeString:
    """The options of a list that a field offers while somebody types."""
    return format_html_join("", '<option value="{}">', ((value,) for value in values))
