"""Who must do what in this situation: every duty decided for every person, with its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from schakel.mechanism.content import Content
from schakel.mechanism.edition import BEGIN, END, Edition, edition_on, stretch_id
from schakel.mechanism.model import FINDER, Duty, Gap, Right, Unread, Version
from schakel.mechanism.situation import Claim, Known, Person, Situation, by_fact, known
from schakel.mechanism.terms import Due, Term, due
from schakel.rules.conditions import ALWAYS
from schakel.rules.engine import Verdicts, kleene
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY, Outcome
from schakel.rules.reasons import why
from schakel.rules.space import Masks, Space
from schakel.vocabulary.errors import BadInput, bad_input
from schakel.vocabulary.facts import fact_of
from schakel.vocabulary.tables import Table
from schakel.vocabulary.texts import LANGUAGES


@dataclass(frozen=True)
class DutyOutcome:
    """One duty for one person. `version` is the text that counts, None while its date leaves several open."""

    duty: Duty
    outcome: Outcome
    unread: bool
    view: PersonView

    @property
    def status(self) -> str:
        return self.outcome.status

    @property
    def versions(self) -> tuple[Version, ...]:
        """The versions that can still be the one that counts, by the dates that select them."""
        edition, masks = self.view.edition, self.view.masks
        if edition.always[self.duty.id]:
            return edition.always[self.duty.id]
        return tuple(
            version
            for version, chosen in edition.choices[self.duty.id]
            if chosen is ALWAYS or kleene(chosen, masks, edition.space) is not False
        )

    @cached_property
    def version(self) -> Version | None:
        """The text that counts: the only one left, or the only one left whose condition can hold."""
        edition, masks = self.view.edition, self.view.masks
        left = self.versions
        if len(left) > 1:
            left = tuple(one for one in left if kleene(one.applies_when, masks, edition.space) is not False)
        return left[0] if len(left) == 1 else None

    @cached_property
    def strength(self) -> str:
        """The strength of the version that counts, or of the last one that may."""
        return (self.version or (self.versions or self.duty.versions)[-1]).strength

    @property
    def hangs_on(self) -> tuple[str, ...]:
        """The facts on which an undecided duty hangs, in the order of the list of facts."""
        return in_order(self.view.content, self.outcome.hangs_on)

    @cached_property
    def reasons(self) -> tuple[str, ...]:
        """The components that make the duty apply, or that rule it out."""
        if self.status == MAY_APPLY:
            return ()
        view = self.view
        return why(view.edition.rules, f"duty:{self.duty.id}", view.masks, view.verdicts, self.status == APPLIES)

    @property
    def ruled_out_by(self) -> tuple[str, ...]:
        if self.status != DOES_NOT_APPLY:
            return ()
        return tuple(dict.fromkeys(fact_of(name) for name in self.reasons))

    @cached_property
    def starts_on(self) -> date | None:
        """The day of the event at which the term starts, where it is known."""
        rule = self.version.term if self.version else None
        return self.view.known.days.get(rule.starts) if rule else None

    @cached_property
    def due(self) -> Due | None:
        """When the term ends; None without a term, before its event, or while the text is undecided."""
        if self.version is None or self.version.term is None or self.starts_on is None or self.status == DOES_NOT_APPLY:
            return None
        rule, version = self.version.term, self.version
        if rule.term.type == "recurring":
            return self._next_occurrence(version)
        return due(self.starts_on, rule.term, version.norm, national=rule.national)

    def _next_occurrence(self, version: Version) -> Due:
        """The first occurrence on or after the day asked for, each counted from the event itself."""
        assert version.term is not None
        assert self.starts_on is not None
        term, times = version.term.term, 1
        while True:
            step = Term(term.length * times, term.unit, term.type)
            end = due(self.starts_on, step, version.norm, national=version.term.national)
            if _day(end) >= self.view.situation.on or times > 1200:
                return end
            times += 1

    @property
    def holder(self) -> str:
        """The organisation that must do it; for the finder's duties the finder's own, where there is one."""
        return self.view.finder_organisation or FINDER if self.duty.holder == FINDER else self.duty.holder

    @property
    def yours(self) -> bool:
        """Whether it is for the person who asks."""
        return self.duty.holder in (FINDER, "anyone") or self.duty.holder == self.view.finder_organisation

    @property
    def lead(self) -> str | None:
        """Who leads this task for this person, where that is certain."""
        return self.view.leads.get(self.duty.task)


@dataclass(frozen=True)
class PersonView:
    """One person of the situation: what is known, and every duty, right and known gap decided."""

    content: Content
    edition: Edition
    situation: Situation
    person: Person
    known: Known
    masks: Masks
    decided: Mapping[str, Outcome]

    @cached_property
    def verdicts(self) -> Verdicts:
        """What three-valued logic says of every part of every rule for this person."""
        return self.edition.rules.verdicts(self.masks)

    @cached_property
    def duties(self) -> tuple[DutyOutcome, ...]:
        """All duties in the order in which they are done."""
        return tuple(map(self.duty, self.content.order))

    @property
    def applying(self) -> Iterator[str]:
        """The ids of the duties that apply, in the order in which they are done: without working out the others."""
        return (name for name in self.content.order if self.decided[f"duty:{name}"].status == APPLIES)

    def duty(self, name: str) -> DutyOutcome:
        """What was decided of one duty of the content."""
        known = self._known_duties.get(name)
        if known is None:
            known = self._known_duties[name] = self._duty(name)
        return known

    @cached_property
    def _known_duties(self) -> dict[str, DutyOutcome]:
        return {}

    def _duty(self, name: str) -> DutyOutcome:
        """Where its text applies it applies, whatever was not read."""
        by_text = self.decided[f"duty:{name}"]
        unread = self.decided.get(f"unread:{name}")
        if unread is None or unread.status == DOES_NOT_APPLY or by_text.status == APPLIES:
            return DutyOutcome(self.content.duties[name], by_text, False, self)
        outcome = Outcome(MAY_APPLY, by_text.hangs_on | unread.hangs_on)
        return DutyOutcome(self.content.duties[name], outcome, unread.status == APPLIES, self)

    @cached_property
    def by_id(self) -> dict[str, DutyOutcome]:
        return {outcome.duty.id: outcome for outcome in self.duties}

    def with_status(self, status: str) -> tuple[DutyOutcome, ...]:
        return tuple(outcome for outcome in self.duties if outcome.status == status)

    @cached_property
    def leads(self) -> dict[str, str]:
        """The task and who leads it, for the lead duties that apply."""
        return {one.duty.task: one.holder for one in self.duties if one.duty.part == "lead" and one.status == APPLIES}

    @property
    def finder_organisation(self) -> str:
        who = self.situation.who
        return self.content.facts["finder"].value(who).organisation if who else ""

    @cached_property
    def rights(self) -> tuple[tuple[Right, Outcome], ...]:
        """The rights that hold or may hold, with their outcome."""
        pairs = ((item, self.decided.get(f"right:{name}")) for name, item in self.content.rights.items())
        return tuple((item, outcome) for item, outcome in pairs if outcome and outcome.status != DOES_NOT_APPLY)

    @cached_property
    def gaps(self) -> tuple[tuple[Gap, Outcome], ...]:
        """The known gaps of the law in which this person is or may be."""
        pairs = ((item, self.decided.get(f"gap:{name}")) for name, item in self.content.gaps.items())
        return tuple((item, outcome) for item, outcome in pairs if outcome and outcome.status != DOES_NOT_APPLY)


@dataclass(frozen=True)
class Assessment:
    """The situation assessed: one view a person, and what was not read of the law on that day."""

    content: Content
    edition: Edition
    situation: Situation
    persons: tuple[PersonView, ...]

    @property
    def notices(self) -> tuple[Unread, ...]:
        """The periods of law not read that the day asked for lies in."""
        return tuple(item for item in self.content.unread.values() if self.situation.on in item.period)

    def _repr_html_(self) -> str:
        """A summary for a notebook: how many duties apply, may apply and do not, per person."""
        counts = (
            (view.person.id, *(len(view.with_status(status)) for status in (APPLIES, MAY_APPLY, DOES_NOT_APPLY)))
            for view in self.persons
        )
        columns = ("person", "applies", "may apply", "does not apply")
        return Table(f"Assessed on {self.situation.on.isoformat()}", columns, tuple(counts))._repr_html_()

    def view(self, person_id: str) -> PersonView:
        """The view of one person."""
        self.situation.person(person_id)
        return next(view for view in self.persons if view.person.id == person_id)


def assess(content: Content, situation: Situation) -> Assessment:
    """Decide every duty, right and gap for every person of the situation.

    Raises `BadInput` when what is told of a person cannot be together; the sentence gives the reason.
    """
    edition = edition_on(content, situation.on)
    views = tuple(_view(content, edition, situation, person) for person in situation.persons)
    return Assessment(content, edition, situation, views)


def _view(content: Content, edition: Edition, situation: Situation, person: Person) -> PersonView:
    told = known(content.facts, situation, person, content.counting)
    masks = masks_of(edition, told)
    consistent = edition.space.consistent(masks)
    if consistent is None:
        raise contradiction(content, edition, told, person, situation.claims_about(person))
    return PersonView(
        content, edition, situation, person, told, consistent, edition.rules.decide_consistent(consistent)
    )


def masks_of(edition: Edition, told: Known) -> Masks:
    """The masks of what is known; a day selects its stretch."""
    space = edition.space
    masks = list(space.anything)
    for name, values in told.possible.items():
        if name in space.index:
            masks[space.index[name]] = space.mask(name, values)
    for name, day in told.days.items():
        if name in edition.stretches:
            if day < BEGIN:
                raise bad_input("day-outside", name, day=day, first=BEGIN, last=END)
            pieces = edition.stretches[name]
            piece = next((piece for piece in pieces if day in piece), pieces[0])
            masks[space.index[name]] = space.bits[name, stretch_id(piece)]
    return tuple(masks)


def contradiction(
    content: Content, edition: Edition, told: Known, person: Person, claims_about: tuple[Claim, ...]
) -> BadInput:
    """The sentence for facts that no completion has: the reasons of the constraints that clash."""
    masks = masks_of(edition, told)
    rules = list(edition.space.constraints)
    for rule in edition.space.constraints:
        fewer = [other for other in rules if other is not rule]
        if Space(edition.space.domains, tuple(fewer)).consistent(masks) is None:
            rules = fewer
    tied = {fact_of(name) for rule in rules for name in _names(edition, rule.id)} & {fact_of(n) for n in told.possible}
    said = {
        lang: {
            "reasons": " ".join(content.constraints[rule.id].reason(lang) for rule in rules).rstrip("."),
            "facts": ", ".join(content.facts[name].name(lang) for name in content.facts if name in tied),
        }
        for lang in LANGUAGES
    }
    claims = by_fact(claims_about)
    where = next((claim.where for name in tied for claim in claims.get(name, ()) if claim.where), "facts")
    english = bad_input("contradiction", where, person=person.id, **said["en"])
    dutch = bad_input("contradiction", where, person=person.id, **said["nl"])
    return BadInput(english.what, where=where, remedy=english.remedy, dutch=dutch.dutch)


def _names(edition: Edition, constraint_id: str) -> frozenset[str]:
    nogoods = (nogood for nogood, owner in edition.space.nogoods if owner == constraint_id)
    return frozenset(edition.space.names[component] for nogood in nogoods for component, _ in nogood)


@lru_cache(maxsize=20_000)
def in_order(content: Content, components: frozenset[str]) -> tuple[str, ...]:
    """Components as facts, each once, in the order of the list of facts."""
    wanted = {fact_of(name) for name in components}
    return tuple(sorted(wanted, key=content.facts.places.__getitem__))


def _day(end: Due) -> date:
    return date(end.unextended.year, end.unextended.month, end.unextended.day)
