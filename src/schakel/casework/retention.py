"""How long each kind of data stays: by its source, or set by the organisation and labelled so. Nothing is invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schakel.mechanism.content import Content
from schakel.mechanism.terms import Term, Unit, due
from schakel.rules.documents import Item
from schakel.vocabulary.errors import refused
from schakel.vocabulary.sources import NEEDS_VERIFYING, Source
from schakel.vocabulary.texts import Text, text

LONGEST_DAYS = 36_600


@dataclass(frozen=True, slots=True)
class Retention:
    """One category: what it is, from when it counts, and a term of law with its source, where there is one."""

    id: str
    what: Text
    counts_from: Text
    years: int | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when something is kept, by whose rule, and whether a person must look before it is destroyed."""

    category: str
    until: date | None
    label: Text
    ask_first: bool


@lru_cache(maxsize=4)
def retentions(content: Content) -> Mapping[str, Retention]:
    """The categories of a content, by id."""
    tops = (Item(document.data, document) for document in content.documents("casework"))
    rows = [one for top in tops if top.word("kind") == "retention" for one in top.items("items")]
    return {
        one.word("id"): Retention(
            one.word("id"), one.text("what"), one.text("counts_from"), one.get("years"), one.sources()
        )
        for one in rows
    }


BY_LAW = text({"nl": "termijn uit de wet", "en": "term of law"})
BY_LAW_RECALLED = text({
    "nl": "termijn uit de wet, uit het geheugen: eerst nakijken", "en": "term of law, recalled: check it first",
})  # fmt: skip
BY_ORGANISATION = text({"nl": "ingesteld door de organisatie", "en": "set by the organisation"})
NOT_SET = text({
    "nl": "nog niet ingesteld: de organisatie moet kiezen", "en": "not set yet: the organisation must choose",
})  # fmt: skip


def keep_until(
    content: Content, category: str, counted_from: date, own_days: Mapping[str, int], *, hold: bool = False
) -> Kept:
    """Until when something of a category is kept that counts from a day.

    `own_days` are the organisation's own terms in days, by category. A term of law is never shortened by them; where it
    was only recalled, a person looks first. `hold` stops destruction (a running case, a request of the person).
    Without a term of law and without an own one there is no day, and the label says that one must be chosen.
    """
    rules = retentions(content)
    if category not in rules:
        allowed = ", ".join(rules)
        raise refused(("'{name}' is no category of data", f"Choose from {allowed}"),
                      ("'{name}' is geen soort gegevens", f"Kies uit {allowed}"), name=category)  # fmt: skip
    days = own_days.get(category)
    if days is not None and not 0 <= days <= LONGEST_DAYS:
        raise refused(("a retention term is 0 to 36600 days", "Give a number of days"),
                      ("een bewaartermijn is 0 tot 36600 dagen", "Geef een aantal dagen"), where=category)  # fmt: skip
    rule = rules[category]
    own = date.fromordinal(counted_from.toordinal() + days) if days is not None else None
    if rule.years is not None:
        by_law = due(counted_from, Term(rule.years, Unit.YEARS, "earliest"), "statute").unextended
        recalled = any(source.certainty in NEEDS_VERIFYING for source in rule.sources)
        until = max(by_law, own) if own else by_law
        return Kept(category, until, BY_LAW_RECALLED if recalled else BY_LAW, recalled or hold)
    return Kept(category, own, BY_ORGANISATION if own else NOT_SET, hold or own is None)
