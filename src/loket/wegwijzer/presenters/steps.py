"""Duties as steps: one line to see at once, and behind it how, what not, whom to call, why and on what ground."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.presenters.contacts import reach
from loket.wegwijzer.presenters.words import capital, day, holder_name, sayer, source_lines
from schakel.mechanism.assess import DutyOutcome
from schakel.mechanism.content import Content
from schakel.mechanism.explain import because, caution
from schakel.mechanism.model import Duty, Version
from schakel.mechanism.terms import Due

OUTSIDE_OFFICE = {"evening_night", "weekend_holiday"}


@dataclass(frozen=True)
class Step:
    """A duty as the page shows it. `body` is its content only, the same for every visitor."""

    id: str
    title: str
    holder: str
    yours: bool
    soon: str
    when: str
    due: tuple[str, ...]
    strength: str
    strength_word: str
    urgent: bool
    new: bool
    stage: str
    because: str
    caution: str
    body: SafeString


@dataclass(frozen=True)
class Stage:
    """Steps that stand together in time."""

    name: str
    steps: tuple[Step, ...]

    @property
    def count(self) -> int:
        return len(self.steps)


def step(encounter: Encounter, outcome: DutyOutcome) -> Step:
    """One duty for the person on the page."""
    lang, duty, say = encounter.lang, outcome.duty, sayer(encounter.lang)
    place = encounter.assessment.situation.municipality
    number = duty.versions.index(outcome.version) if outcome.version else -1
    return Step(
        id=duty.id, title=duty.title(lang), holder=capital(_holder(encounter, outcome)), yours=outcome.yours,
        soon=_soon(outcome, lang), when=_when(outcome.version, lang), due=tuple(_due(outcome.due, lang)),
        strength=outcome.strength, strength_word=say(f"wegwijzer.{outcome.strength}"), urgent=duty.urgent,
        new=encounter.earlier is not None and duty.id not in encounter.earlier,
        stage=say(f"stages.{duty.stage}"), because=because(outcome, lang), caution=caution(outcome, lang),
        body=body(encounter.content, duty.id, number, lang, place, outcome.yours, _shut(encounter)),
    )  # fmt: skip


def stages(steps: Iterable[Step]) -> tuple[Stage, ...]:
    """Steps, already in order of time, grouped by stage."""
    return tuple(Stage(name, tuple(group)) for name, group in groupby(steps, key=lambda one: one.stage))


@lru_cache(maxsize=8_192)
def body(content: Content, duty_id: str, number: int, lang: str, place: str, yours: bool, shut: bool) -> SafeString:
    """What the content says of one duty, as HTML; it holds nothing of any visitor, so it may be kept."""
    duty = content.duties[duty_id]
    version = duty.versions[number] if number >= 0 else None
    where = content.places.index[place.lower()] if place else None
    called = duty.contact or ("" if yours else duty.holder)
    context = {
        "what": (version.what if version and version.what else duty.what)(lang),
        "steps": [words(lang) for words in duty.steps],
        "say": [words(lang) for words in duty.say],
        "do_not": [words(lang) for words in duty.do_not],
        "reach": reach(content, called, lang, where, shut=shut) if called else None,
        "notes": list(_notes(duty, lang)),
        "sources": source_lines(content, version.sources if version else duty.sources, lang),
    }
    return render_to_string("wegwijzer/step_body.html", context)


def _holder(encounter: Encounter, outcome: DutyOutcome) -> str:
    if outcome.yours:
        return sayer(encounter.lang)("wegwijzer.you")
    return holder_name(encounter.content, outcome.holder, encounter.who, encounter.lang)


def _when(version: Version | None, lang: str) -> str:
    if version is None:
        return sayer(lang)("wegwijzer.when_undecided")
    words = version.term.text if version.term else version.no_term
    return words(lang).rstrip(".") if words else ""


def _soon(outcome: DutyOutcome, lang: str) -> str:
    """When, in a few words: the safe day, or else how the term begins."""
    if outcome.due is not None:
        return sayer(lang)("wegwijzer.before", day=day(outcome.due.unextended))
    return capital(_when(outcome.version, lang).split(";")[0])


def _due(due: Due | None, lang: str) -> Iterable[str]:
    """The safe day first; the later day only beside it, with its ground."""
    if due is None:
        return
    say = sayer(lang)
    yield say("wegwijzer.due", day=day(due.unextended))
    if due.extended is not None:
        yield say(f"wegwijzer.due_{due.ground}", day=day(due.extended))
    for mark in due.marked:
        yield mark.nl if lang == "nl" else mark.en


def _notes(duty: Duty, lang: str) -> Iterable[str]:
    say = sayer(lang)
    yield from (words(lang) for words in duty.untranslatable)
    for term in duty.open_terms:
        yield say(f"wegwijzer.open_{term.filled_by}", what=term.what(lang))


def _shut(encounter: Encounter) -> bool:
    space = encounter.view.edition.space
    return set(space.values("time", encounter.view.masks[space.index["time"]])) <= OUTSIDE_OFFICE
