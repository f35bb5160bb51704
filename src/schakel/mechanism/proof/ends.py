"""No dead end: every duty can apply, its holder exists then, its order holds, and its term has a beginning."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from schakel.mechanism.assess import PersonView
from schakel.mechanism.content import Content
from schakel.mechanism.edition import Edition
from schakel.mechanism.model import FINDER, Duty, TermRule, Version
from schakel.mechanism.proof.claims import EVERYTHING, Broken, Claim, Forbidden, Needed, Scope
from schakel.mechanism.proof.holders import NOBODY
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.terms import Unit
from schakel.rules.conditions import NEVER, Condition, either
from schakel.rules.outcome import APPLIES
from schakel.vocabulary.facts import EVERYONE, Fact
from schakel.vocabulary.texts import text

EARLIEST, DEADLINES = "earliest", ("deadline", "maximum")
SHORTEST_AND_LONGEST = {
    Unit.HOURS: (1 / 24, 1 / 24), Unit.DAYS: (1, 1), Unit.WORKING_DAYS: (1, 3), Unit.WEEKS: (7, 7),
    Unit.WORKING_WEEKS: (7, 7), Unit.MONTHS: (28, 31), Unit.YEARS: (365, 366),
}  # fmt: skip
"""Days in one of a unit, at least and at most; working days without the longest row of holidays."""
LENGTHENED = 10
"""Days by which the Algemene termijnenwet can move the end of a term at most, taken widely."""


def claims(prover: Prover, scope: Scope = EVERYTHING) -> Iterator[Claim]:
    """Everything about single duties."""
    for duty in prover.content.duties.values():
        if ("duty", duty.id) in scope:
            yield from _alive(prover, duty)
            yield from _holder_exists(prover, duty)
            yield from _order(prover, duty)
            yield from _starts(prover.content, duty)


def circles(content: Content) -> Iterator[Claim]:
    """Duties that wait for each other: with one of these the engine makes no plan at all."""
    seen: set[str] = set()
    for name in content.duties:
        path = _way_back(content, name)
        if path and not seen & set(path):
            seen |= set(path)
            yield Broken("order_circle", name, ("duty", name), {"circle": " → ".join(path)})


def _way_back(content: Content, start: str) -> list[str]:
    """The shortest way from a duty back to itself along `after`; empty if there is none."""
    paths = [[start]]
    reached: set[str] = set()
    for path in paths:
        for before in content.duties[path[-1]].after:
            if before == start:
                return [*path, start]
            if before in content.duties and before not in reached:
                reached.add(before)
                paths.append([*path, before])
    return []


def _alive(prover: Prover, duty: Duty) -> Iterator[Claim]:
    """The duty, and each text of it, can apply in some situation; a text that was not read, as far as it goes."""
    whole = tuple((edition, (_ever(edition, duty),), ()) for edition in prover.editions)
    yield Needed("dead_duty", duty.id, ("duty", duty.id), whole, {"duty": duty.title})
    for version in duty.versions if len(duty.versions) > 1 else ():
        own = tuple((edition, _version_applies(edition, duty, version), ()) for edition in prover.editions)
        first = version.period.first.isoformat() if version.period.first else "…"
        yield Needed(
            "dead_version", f"{duty.id}: {first}", ("duty", duty.id), own, {"duty": duty.title, "first": first}
        )


def _ever(edition: Edition, duty: Duty) -> Condition:
    return either(edition.conditions[duty.id], edition.unread_conditions.get(duty.id, NEVER))


def _version_applies(edition: Edition, duty: Duty, version: Version) -> tuple[Condition, ...]:
    own = edition.version_condition(version)
    return (own, edition.conditions[duty.id]) if version.read else (own,)


def _holder_exists(prover: Prover, duty: Duty) -> Iterator[Claim]:
    """In no edition in which the holder does not exist does the duty apply."""
    if duty.holder in (FINDER, *NOBODY):
        return
    holder = prover.content.organisations.get(duty.holder)
    names = {"duty": duty.title, "holder": holder.name if holder else duty.holder}
    for edition in prover.editions:
        if holder is None or not holder.existed(edition.day):
            yield Forbidden("holder_absent", duty.id, ("duty", duty.id), edition, (edition.conditions[duty.id],), (),
                            partial(applies_without_holder, duty=duty), names)  # fmt: skip


def applies_without_holder(view: PersonView, duty: Duty) -> bool:
    """Whether, for the engine, the duty applies on a day on which its holder does not exist."""
    holder = view.content.organisations.get(duty.holder)
    absent = holder is None or not holder.existed(view.situation.on)
    return absent and view.by_id[duty.id].status == APPLIES


def _order(prover: Prover, duty: Duty) -> Iterator[Claim]:
    """A duty and the one it comes after can apply together, and their terms allow the order."""
    for name in duty.after:
        before = prover.content.duties.get(name)
        if before is None:
            continue
        names = {"duty": duty.title, "before": before.title}
        pair = tuple((edition, (_ever(edition, duty), _ever(edition, before)), ()) for edition in prover.editions)
        yield Needed("order_apart", f"{duty.id} / {name}", ("duty", duty.id), pair, names)
        yield from _clashes(duty, before)


def _clashes(duty: Duty, before: Duty) -> Iterator[Claim]:
    """A deadline that certainly ends before the duty that comes first may begin, counted from the same event."""
    for late in before.versions:
        for early in duty.versions:
            if late.period.overlaps(early.period) and _clash(early.term, late.term):
                names = {"duty": duty.title, "before": before.title}
                yield Broken("order_clash", f"{duty.id} / {before.id}", ("duty", duty.id), names)
                return


def _clash(early: TermRule | None, late: TermRule | None) -> bool:
    if early is None or late is None or early.starts != late.starts:
        return False
    if early.term.type not in DEADLINES or late.term.type != EARLIEST:
        return False
    longest = early.term.length * SHORTEST_AND_LONGEST[early.term.unit][1] + LENGTHENED
    return longest < late.term.length * SHORTEST_AND_LONGEST[late.term.unit][0]


def _starts(content: Content, duty: Duty) -> Iterator[Claim]:
    """Every term starts at a date fact with an event, whose day somebody may ask; so does every choice of text."""
    for version in duty.versions:
        name = version.term.starts if version.term else None
        fact = content.facts.get(name) if name else None
        if name and not (fact and fact.kind == "date" and fact.event and may_be_known(content, fact)):
            event = fact.event or fact.name if fact else text({"nl": name, "en": name})
            yield Broken("no_start", f"{duty.id}: {name}", ("duty", duty.id), {"duty": duty.title, "event": event})


def may_be_known(content: Content, fact: Fact) -> bool:
    """Whether somebody may ask for a fact."""
    return EVERYONE in fact.asking.by or bool(fact.asking.by & set(content.facts[FINDER].value_ids))
