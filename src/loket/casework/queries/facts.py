"""What was told, as lines: the fact, what was said of it, by whom and how sure; of the kinds that may be seen only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from loket.site.wording import wording
from loket.wegwijzer.moves import ENCOUNTERED
from schakel.casework.content import sharing
from schakel.mechanism.content import load
from schakel.mechanism.situation import GUESSED, Claim


@dataclass(frozen=True)
class Told:
    """One claim: `old` where a later one took its place, `against` where another one contradicts it."""

    fact: str
    name: str
    said: str
    day: date | None
    source: str
    said_on: date | None
    certainty: str
    guess: bool
    old: bool
    against: bool

    @property
    def doubt(self) -> bool:
        """Whether there is anything more to say of it than who said it."""
        return self.guess or self.old or self.against


def told_lines(claims: Iterable[Claim], kinds: frozenset[str], lang: str) -> Iterator[Told]:
    """Each claim of the kinds that may be seen, in the order of the list of facts, then as they were told."""
    book, places = sharing(load()), load().facts.places
    shown = [one for one in claims if book.field_of.get(one.fact) in kinds]
    for claim in sorted(shown, key=lambda one: places[one.fact]):
        yield _line(claim, [one for one in shown if one.fact == claim.fact], lang)


def _line(claim: Claim, same: list[Claim], lang: str) -> Told:
    fact = load().facts[claim.fact]
    standing = _standing(same)
    old = not any(one is claim for one in standing)
    return Told(
        fact=claim.fact, name=upper(fact.name(lang)), said=said(claim, lang), day=claim.day, source=claim.source,
        said_on=claim.said_on, certainty=claim.certainty, guess=claim.certainty == GUESSED, old=old,
        against=not old and len({(one.values, one.day) for one in standing if one.certainty != GUESSED}) > 1,
    )  # fmt: skip


def _standing(same: list[Claim]) -> list[Claim]:
    """The claims that still stand: the last that revised, and what was told beside it since."""
    kept: list[Claim] = []
    for one in same:
        kept = [one] if one.revises else [*kept, one]
    return kept


def said(claim: Claim, lang: str) -> str:
    """The values of a claim in words; a day is for the page to write."""
    fact = load().facts[claim.fact]
    if fact.kind == "place":
        return ", ".join(municipality_name(code) for code in claim.values)
    if claim.values == tuple(ENCOUNTERED) and claim.fact == "action":
        return upper(wording().say("wegwijzer.not_planned", lang))
    known = [fact.value(value) for value in claim.values if value in fact.value_ids]
    if len(known) == 1 or fact.kind == "many":
        return upper(", ".join(value.text(lang) for value in known))
    return upper({"nl": " of ", "en": " or "}[lang].join(value.phrase(lang) for value in known))


def municipality_name(code: str) -> str:
    place = load().places.index.get(code.lower()) if code else None
    return place.name if place else ""


def upper(words: str) -> str:
    return words[:1].upper() + words[1:]
