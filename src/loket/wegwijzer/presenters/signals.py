"""The lists of signs, by form of exploitation, each with its source. A list is never complete and proves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Any

from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.presenters.words import sayer
from schakel.mechanism.content import Content
from schakel.mechanism.explain import cited
from schakel.mechanism.model import Indicator
from schakel.vocabulary.sources import CERTAINTY

FORMS = (
    "labour", "sexual", "criminal", "begging", "benefits", "organs", "domestic", "minor", "health", "asylum", "all",
)  # fmt: skip
READ = "S"


@dataclass(frozen=True)
class Sign:
    """One sign that can be ticked, with where it comes from."""

    id: str
    text: str
    source: str


def page(encounter: Encounter) -> dict[str, Any]:
    """The forms to choose from, and the signs of the one that was chosen, by group."""
    say = sayer(encounter.lang)
    tab = encounter.state.tab if encounter.state.tab in FORMS else ""
    ticked = set(encounter.state.document.get("signals") or [])
    groups = signs(encounter.content, tab, encounter.lang) if tab else ()
    return {
        "forms": [{"id": form, "name": say(f"signals.{form}"), "now": form == tab} for form in FORMS],
        "tab": tab,
        "name": say(f"signals.{tab}") if tab else "",
        "groups": [(name, [(sign, sign.id in ticked) for sign in listed]) for name, listed in groups],
        "ticked": len(ticked),
    }  # fmt: skip


@lru_cache(maxsize=64)
def signs(content: Content, form: str, lang: str) -> tuple[tuple[str, tuple[Sign, ...]], ...]:
    """The signs of one form that count, by group; those kept for history only are not offered."""
    found = [one for one in content.indicators.values() if one.counts and form in one.applies_to]
    ordered = sorted(found, key=lambda one: one.group(lang))
    return tuple(
        (name, tuple(_sign(content, one, lang) for one in group))
        for name, group in groupby(ordered, key=lambda one: one.group(lang))
    )


def _sign(content: Content, indicator: Indicator, lang: str) -> Sign:
    lines = [
        cited(content, source, lang) + ("" if source.certainty == READ else f" ({CERTAINTY[source.certainty](lang)})")
        for source in indicator.sources
    ]
    return Sign(indicator.id, indicator.text(lang), "; ".join(dict.fromkeys(lines)))
