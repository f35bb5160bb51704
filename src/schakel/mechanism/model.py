"""The nouns of the mechanism: duties, rights, goals, gaps, and whom they name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from schakel.mechanism.terms import Term
from schakel.rules.conditions import Condition
from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text

FINDER: Final = "finder"
ANYONE: Final = "anyone"
ON: Final = "on"
STAGES: Final = (
    "before_action", "safety", "first_contact", "report", "register", "shelter",
    "care", "custody", "stay", "proceedings", "afterwards",
)  # fmt: skip
STRENGTHS: Final = ("must", "should", "may")
PARTS: Final = ("lead", "support", "inform")


@dataclass(frozen=True, slots=True)
class TermRule:
    """A term of a duty: the date fact it starts at, its length, and how the source calls it."""

    starts: str
    term: Term
    text: Text
    national: bool = True


@dataclass(frozen=True, slots=True)
class Version:
    """A duty as it reads in one period. `selected_by` is `on`, or the date fact whose day selects it."""

    period: Period
    selected_by: str
    read: bool
    strength: str
    norm: str
    applies_when: Condition
    term: TermRule | None
    no_term: Text | None
    sources: tuple[Source, ...]
    what: Text | None = None


@dataclass(frozen=True, slots=True)
class OpenTerm:
    """What a source leaves to another body, such as the region."""

    what: Text
    filled_by: str


@dataclass(frozen=True, slots=True)
class Duty:
    """Who must do what for whom, how, and what not; when it holds stands in its versions."""

    id: str
    title: Text
    why_it_matters: Text
    task: str
    part: str
    holder: str
    to: str
    stage: str
    urgent: bool
    protective: bool
    what: Text
    steps: tuple[Text, ...]
    contact: str
    say: tuple[Text, ...]
    do_not: tuple[Text, ...]
    meets: tuple[str, ...]
    after: tuple[str, ...]
    overrides: tuple[str, ...]
    open_terms: tuple[OpenTerm, ...]
    untranslatable: tuple[Text, ...]
    replaces: tuple[str, ...]
    versions: tuple[Version, ...]
    checked_by: tuple[str, ...]
    file: str

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of all versions, each once."""
        return tuple(dict.fromkeys(source for version in self.versions for source in version.sources))


@dataclass(frozen=True, slots=True)
class Right:
    """What the person must be told, in plain words."""

    id: str
    title: Text
    plain: Text
    applies_when: Condition
    told_by: str
    warning: Text | None
    period: Period
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Goal:
    """Who must be protected in what way, and which power the holder of the duty must have."""

    id: str
    title: Text
    protects: Text
    when: Condition
    power: str | None
    at_night: bool
    gaps: tuple[str, ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A known gap of the law: in these situations a goal is not met, and a source says so."""

    id: str
    title: Text
    what: Text
    when: Condition
    goals: tuple[str, ...]
    ask: Text | None
    sources: tuple[Source, ...]
    period: Period


@dataclass(frozen=True, slots=True)
class Unread:
    """A period of which the law was not read; `applies` names duties, or is empty for all."""

    id: str
    period: Period
    applies: frozenset[str]
    text: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach an organisation, with its hours."""

    purpose: Text
    phone: str
    web: str
    hours: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class PowerOf:
    """A power as one organisation has it, with its limits and sources."""

    id: str
    what: Text
    limits: Text | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Organisation:
    """An authority or organisation: what it may do, when it can be reached, since when it exists."""

    id: str
    name: Text
    short: str
    category: str
    level: str
    exists: Period
    powers: tuple[PowerOf, ...]
    hours: str
    hours_text: Text | None
    night_holder: str
    contacts: tuple[Contact, ...]
    note: Text | None

    def has(self, power: str | None) -> bool:
        """Whether it has `power`; no power is needed where None is asked."""
        return power is None or any(own.id == power for own in self.powers)

    def existed(self, day: date) -> bool:
        return day in self.exists


@dataclass(frozen=True, slots=True)
class Law:
    """An instrument and what was read of it."""

    id: str
    name: Text
    identifier: str
    address: str
    version_read: str
    certainty: str
    period: Period
    note: Text | None


@dataclass(frozen=True, slots=True)
class Within:
    """An event (a date fact) that lies at most `term` before the day asked for."""

    of: str
    term: Term


@dataclass(frozen=True, slots=True)
class ConstraintItem:
    """A constraint with its reason and situations that it must leave possible.

    With `unless_within`, what stands in `never` is excluded only where the event has not happened,
    or lies further back than the term.
    """

    id: str
    never: Condition
    reason: Text
    still_possible: tuple[dict[str, object], ...]
    sources: tuple[Source, ...]
    unless_within: Within | None = None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One sign of a list; `counts` is false for those kept for history, `not_alone` for those that need another."""

    id: str
    list_id: str
    group: Text
    text: Text
    applies_to: frozenset[str]
    counts: bool
    not_alone: bool
    why_not: Text | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Profession:
    """The two-page card of one kind of finder: first words, whom to call, do and do not."""

    id: str
    title: Text
    say: tuple[Text, ...]
    call: tuple[str, ...]
    do: tuple[Text, ...]
    do_not: tuple[Text, ...]
