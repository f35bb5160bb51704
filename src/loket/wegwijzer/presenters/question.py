"""The next question and why it is the one; what was told, and what can still be told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from loket.wegwijzer import document
from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.moves import DAY, ENCOUNTERED, FINDER, MUNICIPALITY
from loket.wegwijzer.presenters.words import capital, day, sayer
from schakel.mechanism.asking import Question, permitted
from schakel.mechanism.situation import GUESSED, Claim
from schakel.vocabulary.facts import Fact

EXAMPLES = 2
# What the form offers; a facts document may use all words of schakel.mechanism.situation.CERTAINTIES.
CERTAINTIES = ("document", "register", "said", "seen", "judged", GUESSED)


@dataclass(frozen=True)
class Card:
    """A question as the page asks it. `kind` is choice, many, date or place."""

    fact: str
    kind: str
    words: str
    help: str
    source: str
    warning: str
    values: tuple[dict[str, Any], ...]
    now: str
    why: str
    examples: tuple[str, ...]
    for_all: bool
    told: bool


@dataclass(frozen=True)
class Told:
    """One thing that was told: about what, what, and how sure. `fact` is what to ask to change it."""

    fact: str
    name: str
    said: str
    unknown: bool = False
    conflict: bool = False
    guess: bool = False


def card(encounter: Encounter) -> Card | None:
    """The question that somebody chose to answer, or else the next one; None when no question is left."""
    asked = encounter.state.ask
    if asked == DAY:
        return _day_card(encounter)
    fact = encounter.content.facts.get(asked)
    if fact is not None and _may_tell(encounter, fact):
        return _card(encounter, fact, next((one for one in encounter.questions if one.fact.id == asked), None))
    first = next(iter(encounter.questions), None)
    return _card(encounter, first.fact, first) if first else None


def chances(encounter: Encounter, shown: str) -> list[dict[str, Any]]:
    """The other facts that can still be told, by what they are about."""
    say = sayer(encounter.lang)
    rest = [question.fact for question in encounter.questions if question.fact.id != shown]
    groups: dict[str, list[dict[str, str]]] = {"encounter": [], "person": [], "date": []}
    for fact in rest:
        kind = "date" if fact.kind == "date" else fact.scope
        groups[kind].append({"fact": fact.id, "name": capital(fact.name(encounter.lang))})
    return [{"name": say(f"wegwijzer.about_{kind}"), "facts": facts} for kind, facts in groups.items() if facts]


def told(encounter: Encounter) -> Iterator[Told]:
    """What was told about the person on the page, the frame (who, day, municipality) first."""
    lang, say, situation = encounter.lang, sayer(encounter.lang), encounter.assessment.situation
    if situation.who:
        finder = encounter.content.facts[FINDER]
        yield Told(FINDER, say("wegwijzer.told_who"), finder.value(situation.who).text(lang))
    yield Told(DAY, say("wegwijzer.told_on"), day(situation.on))
    place = encounter.place
    yield Told(MUNICIPALITY, say("wegwijzer.told_place"), place.name if place else say("wegwijzer.not_chosen"),
               unknown=place is None)  # fmt: skip
    if situation.signals:
        yield Told("signals", say("wegwijzer.told_signals"), say("wegwijzer.ticked", number=len(situation.signals)))
    for name in document.told_facts(encounter.state.document, encounter.state.person):
        if not _only_met(encounter, name):
            yield _told(encounter, encounter.content.facts[name])


def _only_met(encounter: Encounter, name: str) -> bool:
    """Whether this is what the first page told for somebody who is never asked about actions."""
    answer = document.told(encounter.state.document, name, encounter.state.person)
    return answer == ENCOUNTERED and not encounter.content.facts[name].asking.allows(encounter.who)


def _told(encounter: Encounter, fact: Fact) -> Told:
    lang = encounter.lang
    about = encounter.assessment.situation.claims_about(encounter.view.person)
    claims = [claim for claim in about if claim.fact == fact.id]
    name = capital(fact.name(lang))
    if document.told(encounter.state.document, fact.id, encounter.state.person) == ENCOUNTERED:
        return Told(fact.id, name, sayer(lang)("wegwijzer.not_planned"))
    if not claims:
        return Told(fact.id, name, sayer(lang)("wegwijzer.do_not_know"), unknown=True)
    said = f" {sayer(lang)('wegwijzer.against')} ".join(dict.fromkeys(_said(fact, claim, lang) for claim in claims))
    guess = all(claim.certainty == GUESSED for claim in claims)
    return Told(fact.id, name, said, conflict=fact.id in encounter.view.known.conflicts, guess=guess)


def _said(fact: Fact, claim: Claim, lang: str) -> str:
    if claim.day is not None:
        return day(claim.day)
    if len(claim.values) == 1 or fact.kind == "many":
        return ", ".join(fact.value(value).text(lang) for value in claim.values)
    return capital(
        f" {sayer(lang)('wegwijzer.or_between')} ".join(fact.value(one).phrase(lang) for one in claim.values)
    )


def _card(encounter: Encounter, fact: Fact, question: Question | None) -> Card:
    lang = encounter.lang
    answer = document.told(encounter.state.document, fact.id, encounter.state.person)
    chosen = _chosen(answer)
    hanging = question.duties if question else ()
    # What was answered may be changed into anything; a new question offers only what is still possible.
    offered = question.values if question and document.is_unknown(answer) else fact.values
    return Card(
        fact=fact.id, kind=fact.kind, words=fact.question(lang), help=fact.help(lang) if fact.help else "",
        source="" if encounter.who == "person_self" else sayer(lang)(f"asking.{fact.asking.of}"),
        warning=fact.asking.warning(lang) if fact.asking.warning else "",
        values=tuple(
            {"id": value.id, "text": value.text(lang), "chosen": value.id in chosen} for value in offered
        ),
        now=next(iter(chosen), "") if fact.kind == "date" else _place_name(encounter) if fact.kind == "place" else "",
        why=_why(len(hanging), lang), examples=tuple(one.duty.title(lang) for one in hanging[:EXAMPLES]),
        for_all=fact.scope == "encounter", told=not document.is_unknown(answer),
    )  # fmt: skip


def _may_tell(encounter: Encounter, fact: Fact) -> bool:
    """Whether the visitor may be asked this: it was told already, or the engine permits the question."""
    answer = document.told(encounter.state.document, fact.id, encounter.state.person)
    return fact.id != FINDER and (answer is not None or permitted(encounter.view, fact))


def _day_card(encounter: Encounter) -> Card:
    say, on = sayer(encounter.lang), encounter.assessment.situation.on
    return Card(
        fact=DAY, kind="date", words=say("wegwijzer.which_day"), help=say("wegwijzer.which_day_help"), source="",
        warning="", values=(), now=on.isoformat(), why="", examples=(), for_all=True, told=True,
    )  # fmt: skip


def _why(number: int, lang: str) -> str:
    if not number:
        return ""
    return sayer(lang)("wegwijzer.why_one" if number == 1 else "wegwijzer.why_many", number=number)


def _chosen(answer: Any) -> tuple[str, ...]:
    """The values of an answer in whatever form it was written."""
    if isinstance(answer, dict):
        answer = answer.get("value")
    listed = answer if isinstance(answer, list) else [answer]
    plain = (one.get("value") if isinstance(one, dict) else one for one in listed)
    return tuple(one.isoformat() if isinstance(one, date) else str(one) for one in plain if one is not None)


def _place_name(encounter: Encounter) -> str:
    return encounter.place.name if encounter.place else ""
