"""A situation as a few told facts: as condition, as facts document, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schakel.mechanism.content import Content
from schakel.mechanism.edition import NOT_YET
from schakel.mechanism.explain import clause_of
from schakel.mechanism.model import FINDER
from schakel.rules.conditions import Condition, Is, both
from schakel.vocabulary.facts import NO, YES, Fact, component
from schakel.vocabulary.texts import LANGUAGES, Text, text

PERSON_ID = "1"
_ON = {"nl": "Op {day}: {rest}.", "en": "On {day}: {rest}."}
_NONE = {"nl": "{name}: niets van de lijst", "en": "{name}: none of the list"}
_DAY = {"nl": "{event} was op {day}", "en": "{event} was on {day}"}
_PENDING = {"nl": "{event} is er nog niet geweest", "en": "{event} has not happened yet"}
_BUT = {"nl": "{name}: alles behalve {rest}", "en": "{name}: anything but {rest}"}
_NOTHING = {"nl": "wat er ook bekend is", "en": "whatever is known"}


@dataclass(frozen=True, slots=True)
class Told:
    """One fact as told.

    `values` are, for a choice, those still possible (for the finder: each of those who could ask); for
    a fact that takes several values at once, exactly those that hold; for a date, the first day of
    its stretch of time, or `NOT_YET`.
    """

    fact: str
    values: tuple[str, ...]

    @property
    def pending(self) -> bool:
        """Whether it says that an event has not happened, which a facts document cannot say."""
        return self.values == (NOT_YET,)


Cube = tuple[Told, ...]


def told_of(content: Content, completion: Mapping[str, str]) -> Cube:
    """A wholly decided situation as told facts, in the order of the list of facts."""
    out = []
    for fact in content.facts.facts:
        if fact.kind == "many":
            holding = tuple(v for v in fact.value_ids if completion[component(fact.id, v)] == YES)
            out.append(Told(fact.id, holding))
        elif fact.id in completion:
            out.append(Told(fact.id, (completion[fact.id],)))
    return tuple(out)


def condition_of(content: Content, told: Told) -> Condition:
    """The condition that holds exactly in the situations that `told` leaves."""
    fact = content.facts[told.fact]
    if fact.kind != "many":
        return Is(told.fact, frozenset(told.values))
    return both(*(Is(component(fact.id, v), frozenset({YES if v in told.values else NO})) for v in fact.value_ids))


def by_finder(cube: Cube) -> Iterator[Cube]:
    """The same situation as each of its finders would tell it."""
    finders = next((told.values for told in cube if told.fact == FINDER), ())
    for finder in finders:
        yield tuple(Told(FINDER, (finder,)) if told.fact == FINDER else told for told in cube)
    if not finders:
        yield cube


def document(content: Content, day: date, cube: Sequence[Told]) -> dict[str, Any]:
    """The facts document of a situation, told by the first of its finders; what is pending is left out."""
    shared: dict[str, Any] = {}
    own: dict[str, Any] = {}
    out: dict[str, Any] = {"on": day.isoformat()}
    for told in cube:
        fact = content.facts[told.fact]
        if told.fact == FINDER:
            out["who"] = told.values[0]
        elif not told.pending:
            (shared if fact.scope == "encounter" else own)[told.fact] = _answer(fact, told)
    if shared:
        out["shared"] = shared
    return {**out, "persons": [{"id": PERSON_ID, "facts": own}]}


def _answer(fact: Fact, told: Told) -> str | list[str]:
    if fact.kind == "many" or len(told.values) > 1:
        return list(told.values)
    return told.values[0]


def in_words(content: Content, day: date, cube: Sequence[Told]) -> Text:
    """The situation as a sentence, in Dutch and English."""
    return text({lang: _sentence(content, day, cube, lang) for lang in LANGUAGES})


def _sentence(content: Content, day: date, cube: Sequence[Told], lang: str) -> str:
    clauses = [_clause(content, told, lang) for told in cube] or [_NOTHING[lang]]
    return _ON[lang].format(day=day.isoformat(), rest="; ".join(clauses))


def _clause(content: Content, told: Told, lang: str) -> str:
    fact = content.facts[told.fact]
    if fact.kind == "date":
        form = _PENDING if told.pending else _DAY
        return form[lang].format(event=(fact.event or fact.name)(lang), day=told.values[0])
    if fact.kind == "many":
        holding = [fact.value(value).phrase(lang) for value in told.values]
        return ", ".join(holding) or _NONE[lang].format(name=fact.name(lang))
    others = [value for value in fact.value_ids if value not in told.values]
    if 1 < len(told.values) > len(others):
        rest = ", ".join(fact.value(value).text(lang) for value in others)
        return _BUT[lang].format(name=fact.name(lang), rest=rest)
    return clause_of(content, told.fact, told.values, lang)
