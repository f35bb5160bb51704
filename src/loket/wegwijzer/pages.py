"""Which template a moment of the walk is shown with, and what it is given."""

from __future__ import annotations

from typing import Any

from loket.site.ways import ways_in
from loket.wegwijzer import document
from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.moves import ANSWER_FIELD
from loket.wegwijzer.presenters import plan as plans
from loket.wegwijzer.presenters import question, rights, share, signals
from loket.wegwijzer.presenters.lines import options
from loket.wegwijzer.presenters.question import CERTAINTIES
from loket.wegwijzer.presenters.words import sayer
from loket.wegwijzer.state import State
from schakel.vocabulary.facts import NO, YES

Context = dict[str, Any]


def who(lang: str, state: State | None = None) -> tuple[str, Context]:
    """Who are you? The first page; with a state, to change that answer."""
    groups = ways_in(lang)
    context = {
        "working": [group for group in groups if group.id != "public"],
        "public": [group for group in groups if group.id == "public"],
        "fields": state.fields if state else [],
        "now": state.document.get("who") if state else None,
    }
    return "wegwijzer/who.html", context


def page(encounter: Encounter) -> tuple[str, Context]:
    """The page on which this moment is."""
    state = encounter.state
    if state.at == "who" or not state.document.get("who"):
        return who(encounter.lang, state)
    template, context = PAGES[state.at](encounter)
    return template, {"fields": state.fields, "state": state, "self": encounter.who == "person_self", **context}


def broken(lang: str, text: str, sentence: str) -> tuple[str, Context]:
    """A document that cannot be used: what is wrong, and what came in, so that nothing is lost."""
    errors = [{"for": "gegevens", "text": sentence}]
    return "wegwijzer/broken.html", {"errors": errors, "text": text[: document.MAX_BYTES], "fields": []}


def _see(encounter: Encounter) -> tuple[str, Context]:
    prepares = encounter.content.facts["action"].asking.allows(encounter.who)
    return "wegwijzer/see.html", {"prepares": prepares}


def _signals(encounter: Encounter) -> tuple[str, Context]:
    return "wegwijzer/signals.html", {"signals": signals.page(encounter)}


def _plan(encounter: Encounter) -> tuple[str, Context]:
    say = sayer(encounter.lang)
    card = question.card(encounter)
    context = {
        "plan": plans.plan(encounter),
        "seen": _seen(encounter),
        "persons": plans.persons(encounter),
        "alone": encounter.alone,
        "same_plan": plans.same_plan(encounter),
        "room": document.MAX_PERSONS - len(encounter.assessment.persons),
        "card": card,
        "field": ANSWER_FIELD,
        "certainties": [{"id": code, "name": say(f"wegwijzer.certainty_{code}")} for code in CERTAINTIES],
        "chances": question.chances(encounter, card.fact if card else ""),
        "told": list(question.told(encounter)),
        "places": options(_places(encounter)) if card and card.kind == "place" else "",
        "rights": rights.rights(encounter),
        "profession": rights.card(encounter),
        "notices": [notice.text(encounter.lang) for notice in encounter.assessment.notices],
    }
    return "wegwijzer/plan.html", context


def _places(encounter: Encounter) -> tuple[str, ...]:
    return tuple(place.name for place in encounter.content.places.municipalities)


def _share(encounter: Encounter) -> tuple[str, Context]:
    if not encounter.state.safe:
        return "wegwijzer/safe.html", {}
    printed = share.sheets(encounter)
    notices = [notice.text(encounter.lang) for notice in encounter.assessment.notices]
    context = {"sheets": printed, "text": share.text(encounter, printed), "notices": notices}
    return "wegwijzer/share.html", context


def _seen(encounter: Encounter) -> str:
    """Whether there is a sign: yes, no, unknown, or (an action is still to come, nobody was met yet) nothing."""
    space, masks = encounter.view.edition.space, encounter.view.masks
    if space.values("action", masks[space.index["action"]]) == ("planned",):
        return ""
    values = space.values("indication", masks[space.index["indication"]])
    return values[0] if values in ((YES,), (NO,)) else document.UNKNOWN


PAGES = {"see": _see, "signals": _signals, "plan": _plan, "share": _share}
