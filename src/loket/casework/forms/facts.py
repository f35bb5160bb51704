"""The question about one fact, as the theme draws it, and the answer as a claim that the mechanism has checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import QueryDict
from django.utils import timezone

from loket.casework.queries.facts import municipality_name, upper
from loket.site.wording import wording
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import from_data
from schakel.mechanism.situation import GUESSED, Claim
from schakel.vocabulary.facts import Fact

CERTAINTIES: Final = ("document", "register", "said", "seen", "judged", GUESSED)
VALUE: Final = "value"
KINDS: Final = {"choice": "radio", "many": "checkboxes", "date": "date", "place": "text"}


def question(fact: Fact, chosen: Iterable[str], lang: str, error: str = "") -> dict[str, Any]:
    """The question itself, in the words of ``theme/field.html``."""
    now = list(chosen)
    typed = now[0] if now and fact.kind in ("date", "place") else ""
    return {
        "kind": KINDS[fact.kind], "name": VALUE, "id": "value", "legend": fact.question(lang), "big": True,
        "hint": fact.help(lang) if fact.help else "", "error": error,
        "warning": fact.asking.warning(lang) if fact.asking.warning else "",
        "options": [
            {"value": value.id, "label": value.text(lang), "checked": value.id in now} for value in fact.values
        ],
        "value": municipality_name(typed) or typed if fact.kind == "place" else typed,
    }  # fmt: skip


def how_sure(post: Mapping[str, str], lang: str) -> list[dict[str, Any]]:
    """How sure it is, who said it and when: all may stay empty."""
    say, said = wording().say, post.get("certainty", "")
    options = [{"value": "", "label": say("casework.certainty_none", lang), "checked": not said}] + [
        {"value": code, "label": say(f"codes.certainty_{code}", lang), "checked": code == said}
        for code in CERTAINTIES
    ]  # fmt: skip
    return [
        {"kind": "select", "name": "certainty", "id": "certainty", "legend": say("fields.certainty", lang),
         "hint": say("hints.certainty", lang), "options": options},
        {"kind": "text", "name": "source", "id": "source", "legend": say("fields.source", lang),
         "hint": say("hints.source", lang), "value": post.get("source", "")},
        {"kind": "date", "name": "said_on", "id": "said_on", "legend": say("fields.said_on", lang),
         "hint": say("hints.said_on", lang), "value": post.get("said_on", "")},
    ]  # fmt: skip


def chosen(claims: Iterable[Claim]) -> tuple[str, ...]:
    """What the last answer was, to show it as chosen."""
    last = list(claims)[-1:]
    return tuple(word for one in last for word in ((one.day.isoformat(),) if one.day else one.values))


def claim(fact: Fact, post: QueryDict) -> Claim:
    """The answer. Raises BadInput, in a sentence, for what is no answer to this fact, or a day that is to come."""
    typed = [value.strip() for value in post.getlist(VALUE) if value.strip()]
    value: Any = typed if fact.kind in ("many", "choice") else typed[0] if typed else None
    answer = {"value": value, **{name: post.get(name, "").strip() for name in ("certainty", "source", "said_on")}}
    told = {fact.id: {key: said for key, said in answer.items() if said}}
    document = {"shared": told} if fact.scope == "encounter" else {"persons": [{"id": "1", "facts": told}]}
    situation = from_data(load(), document, on=timezone.localdate(), name=upper(fact.name("nl")))
    claims = (*situation.shared, *situation.persons[0].claims)
    if not claims:
        raise nothing()
    return claims[0]


def nothing() -> Exception:
    from schakel.vocabulary.errors import BadInput

    return BadInput(
        "there is no answer yet", remedy="Choose an answer, or go back without one",
        dutch=("er is nog geen antwoord", "Kies een antwoord, of ga terug zonder"),
    )  # fmt: skip
