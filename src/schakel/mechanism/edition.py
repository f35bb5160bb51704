"""The rules as they read on one day: versions chosen, overrides worked out, compiled for deciding.

Three dates are kept apart. `on` is the day asked for. A version selected by a date fact (the day of
granting, say) is chosen by that day: the date fact becomes a component whose values are "not yet"
and the stretches of time between the days on which such versions change, up to `on`. An event that
has not happened is judged by the version of the day asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from schakel.mechanism.content import Content
from schakel.mechanism.model import ON, ConstraintItem, Duty, Version
from schakel.mechanism.terms import Term, due
from schakel.rules.conditions import ALWAYS, NEVER, Condition, Is, both, either, negate
from schakel.rules.engine import RuleSet
from schakel.rules.space import Constraint, Space
from schakel.vocabulary.errors import bad_input
from schakel.vocabulary.periods import ONE_DAY, Period, cuts, intervals

BEGIN = date(2013, 1, 1)
END = date(2099, 12, 31)
NOT_YET = "not_yet"


@dataclass(frozen=True)
class Edition:
    """The content as it reads on every day of `period`."""

    content: Content
    period: Period

    @property
    def day(self) -> date:
        """A day of the period that stands for all of them."""
        return self.period.first or BEGIN

    @cached_property
    def stretches(self) -> dict[str, tuple[Period, ...]]:
        """For each selecting date fact, the stretches up to the day asked for between which versions change."""
        versions = [version for duty in self.content.duties.values() for version in duty.versions]
        selecting = {version.selected_by for version in versions} - {ON}
        return {name: self._stretches(name, versions) for name in sorted(selecting)}

    def _stretches(self, name: str, versions: list[Version]) -> tuple[Period, ...]:
        days = cuts(version.period for version in versions if version.selected_by == name)
        return tuple(piece for piece in intervals(days, BEGIN) if piece.first is None or piece.first <= self.day)

    @cached_property
    def space(self) -> Space:
        dates = {name: (NOT_YET, *map(stretch_id, pieces)) for name, pieces in self.stretches.items()}
        rules = tuple(Constraint(item.id, self._never(item)) for item in self.content.constraints.values())
        return Space({**self.content.facts.domains, **dates}, rules)

    def _never(self, item: ConstraintItem) -> Condition:
        """What a constraint excludes on these days; an event too far back counts as one that did not happen."""
        within = item.unless_within
        if within is None:
            return item.never
        pieces = self.stretches.get(within.of, ())
        gone = {stretch_id(piece) for piece in pieces if piece.last and _runs_out(piece.last, within.term) < self.day}
        return both(item.never, Is(within.of, frozenset({NOT_YET, *gone}))) if pieces else NEVER

    def chosen(self, version: Version) -> Condition:
        """When this version is the one that counts, by whichever date selects it."""
        if version.selected_by == ON:
            return ALWAYS if self.day in version.period else NEVER
        pieces = self.stretches[version.selected_by]
        values = {stretch_id(piece) for piece in pieces if piece.first is not None and piece.first in version.period}
        if self.day in version.period:
            values.add(NOT_YET)
        return Is(version.selected_by, frozenset(values)) if values else NEVER

    @cached_property
    def choices(self) -> Mapping[str, tuple[tuple[Version, Condition], ...]]:
        """Per duty its versions that can count in this period, each with when it does."""
        return {
            duty.id: tuple((one, when) for one in duty.versions if (when := self.chosen(one)) != NEVER)
            for duty in self.content.duties.values()
        }

    @cached_property
    def always(self) -> Mapping[str, tuple[Version, ...]]:
        """Per duty its versions where none is selected by an event; nothing where one is."""
        return {
            name: tuple(one for one, _ in pairs) if all(when == ALWAYS for _, when in pairs) else ()
            for name, pairs in self.choices.items()
        }

    def version_condition(self, version: Version) -> Condition:
        return both(self.chosen(version), version.applies_when)

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        """When each duty holds by a text that was read, overrides taken off."""
        plain = {duty.id: self._plain(duty, read=True) for duty in self.content.duties.values()}
        no_circle({duty.id: duty.overrides for duty in self.content.duties.values()})
        stronger: dict[str, list[Condition]] = {}
        for duty in self.content.duties.values():
            for lesser in duty.overrides:
                stronger.setdefault(lesser, []).append(plain[duty.id])
        return {
            name: both(condition, *(negate(other, self.space.domains) for other in stronger.get(name, ())))
            for name, condition in plain.items()
        }

    @cached_property
    def unread_conditions(self) -> Mapping[str, Condition]:
        """When each duty would hold by a text of a period that was not read (only duties that have one)."""
        found = {duty.id: self._plain(duty, read=False) for duty in self.content.duties.values()}
        return {name: condition for name, condition in found.items() if condition != NEVER}

    def _plain(self, duty: Duty, *, read: bool) -> Condition:
        return either(*(self.version_condition(version) for version in duty.versions if version.read is read))

    @cached_property
    def rules(self) -> RuleSet:
        """All that is decided for a person: duties, unread duties, rights and known gaps."""
        rights = {
            f"right:{item.id}": item.applies_when for item in self.content.rights.values() if self.day in item.period
        }
        gaps = {f"gap:{item.id}": item.when for item in self.content.gaps.values() if self.day in item.period}
        duties = {f"duty:{name}": condition for name, condition in self.conditions.items()}
        unread = {f"unread:{name}": condition for name, condition in self.unread_conditions.items()}
        return RuleSet(self.space, {**duties, **unread, **rights, **gaps})


def no_circle(overrides: Mapping[str, tuple[str, ...]]) -> None:
    """Refuse duties that override each other in a circle: none of them would ever apply."""
    done: set[str] = set()

    def follow(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            circle = path[path.index(name) :]
            raise bad_input("overrides-circle", "duties", names=" -> ".join((*circle, name)))
        if name not in done:
            for lesser in overrides.get(name, ()):
                follow(lesser, (*path, name))
            done.add(name)

    for name in overrides:
        follow(name, ())


def stretch_id(period: Period) -> str:
    """The value of a date component for one stretch: its first day."""
    return (period.first or BEGIN).isoformat()


def change_days(content: Content) -> tuple[date, ...]:
    """Every day on which the content reads differently from the day before, for the day asked for."""
    periods = [version.period for duty in content.duties.values() for version in duty.versions]
    periods += [right.period for right in content.rights.values()]
    periods += [gap.period for gap in content.gaps.values()]
    periods += [organisation.exists for organisation in content.organisations.values()]
    periods += [unread.period for unread in content.unread.values()]
    return tuple(sorted({*cuts(periods), *_run_out_days(content)}))


def _run_out_days(content: Content) -> Iterator[date]:
    """The days on which events of an earlier stretch no longer lie within the term of a constraint."""
    for item in content.constraints.values():
        if item.unless_within:
            versions = (version for duty in content.duties.values() for version in duty.versions)
            for version in versions:
                if version.selected_by == item.unless_within.of and version.period.last:
                    yield _runs_out(version.period.last, item.unless_within.term) + ONE_DAY


def _runs_out(event: date, term: Term) -> date:
    """The last day on which an event of that day still lies within the term."""
    end = due(event, term, "policy_rule").unextended
    return date(end.year, end.month, end.day)


def editions(content: Content) -> Iterator[Edition]:
    """One edition for each stretch of days on which nothing changes."""
    for period in intervals(change_days(content), BEGIN):
        yield Edition(content, period)


def edition_on(content: Content, on: date) -> Edition:
    """The edition that holds on a day; a day outside what the content covers is refused."""
    if not BEGIN <= on <= END:
        raise bad_input("day-outside", "on", day=on, first=BEGIN, last=END)
    return _edition(content, next(period for period in _periods(content) if on in period))


@lru_cache(maxsize=8)
def _periods(content: Content) -> tuple[Period, ...]:
    return intervals(change_days(content), BEGIN)


@lru_cache(maxsize=256)
def _edition(content: Content, period: Period) -> Edition:
    return Edition(content, period)
