"""One person's timeline: what was told, decided, asked and done, in order of day, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schakel.casework.duty import DutyTask, at
from schakel.casework.encounter import Encounter
from schakel.casework.lifecycles import Lifecycle, lifecycles
from schakel.casework.referral import Referral
from schakel.casework.registration import Registration
from schakel.casework.words import each, filled, name_of, same, title_of
from schakel.mechanism.content import Content
from schakel.mechanism.situation import Claim
from schakel.vocabulary.facts import Fact
from schakel.vocabulary.texts import Text, text

SAID = {
    "found": text({"nl": "Aangetroffen.", "en": "Found."}),
    "report": text({"nl": "Gemeld door {who}.", "en": "Reported by {who}."}),
    "fact": text({"nl": "{fact}: {value}.", "en": "{fact}: {value}."}),
    "fact_by": text({"nl": "{fact}: {value} (volgens {source}).", "en": "{fact}: {value} (according to {source})."}),
    "registration": text({"nl": "Registratie: {state}.", "en": "Registration: {state}."}),
    "referral": text({"nl": "Verwijzing aan {who}: {state}.", "en": "Referral to {who}: {state}."}),
    "made": text({"nl": "Plicht: {duty} ({who}).", "en": "Duty: {duty} ({who})."}),
    "due": text({"nl": "Uiterlijk: {duty} ({who}).", "en": "Last day: {duty} ({who})."}),
    "late": text({"nl": "Te laat: {duty} ({who}).", "en": "Late: {duty} ({who})."}),
}
NOT_KNOWN = text({"nl": "niet bekend", "en": "not known"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the day, what kind of thing it is, and the sentence."""

    on: date
    kind: str
    say: Text


def timeline(
    content: Content, encounter: Encounter, person_id: str, on: date, *, registrations: Iterable[Registration] = (),
    tasks: Iterable[DutyTask] = (), referrals: Iterable[Referral] = (),
) -> tuple[Line, ...]:  # fmt: skip
    """All lines about one person in order of day; what lies after `on` is still to come.

    Facts without a day stand on the day of the finding. Who somebody is, is not in it.
    """
    cycles = lifecycles(content)
    lines = [
        Line(encounter.found_on, "found", SAID["found"]),
        *_told(content, encounter, person_id),
        *(Line(day, "registration", filled(SAID["registration"], state=_state(cycles, one.lifecycle, state)))
          for one in registrations if one.person == person_id for day, _, state in one.history),
        *(_referral(content, cycles, one) for one in referrals if one.person == person_id),
        *(line for task in tasks if task.person == person_id for line in _task(content, at(task, on))),
    ]  # fmt: skip
    return tuple(sorted(lines, key=lambda line: line.on))


def _told(content: Content, encounter: Encounter, person_id: str) -> Iterator[Line]:
    for report in encounter.reports:
        if report.person in ("", person_id):
            yield Line(report.reported_on, "report", filled(SAID["report"], who=name_of(content, report.reporter_kind)))
    for claim in (*encounter.shared, *encounter.person(person_id).claims):
        yield Line(claim.said_on or encounter.found_on, "fact", claim_text(content, claim))


def claim_text(content: Content, claim: Claim) -> Text:
    """One claim as a sentence: the fact, its value and who said it."""
    fact = content.facts[claim.fact]
    return filled(
        SAID["fact_by" if claim.source else "fact"],
        fact=each(lambda lang: _upper(fact.name(lang))),
        value=each(lambda lang: _value(fact, claim, lang)),
        source=same(claim.source),
    )


def _value(fact: Fact, claim: Claim, lang: str) -> str:
    if claim.day is not None:
        return claim.day.isoformat()
    known = fact.value_ids
    return ", ".join(fact.value(one).text(lang) if one in known else one for one in claim.values) or NOT_KNOWN(lang)


def _referral(content: Content, cycles: Mapping[str, Lifecycle], one: Referral) -> Line:
    state = _state(cycles, one.kind, one.state)
    return Line(
        one.changed_on or one.asked_on, "referral",
        filled(SAID["referral"], who=name_of(content, one.receiver), state=state),
    )  # fmt: skip


def _task(content: Content, task: DutyTask) -> Iterator[Line]:
    yield Line(task.made_on, "made", _of_duty(content, "made", task.duty, task.holder))
    if task.waits and (end := task.extended or task.due):
        kind = "late" if task.state == "late" else "due"
        say = _of_duty(content, kind, task.duty, task.holder)
        yield Line(end if kind == "late" else task.due or end, kind, say)


@lru_cache(maxsize=4_096)
def _of_duty(content: Content, kind: str, duty: str, holder: str) -> Text:
    """What a line says of a duty: dozens stand on each timeline, and the content alone makes their words."""
    return filled(SAID[kind], duty=title_of(content, duty), who=name_of(content, holder))


def _state(cycles: Mapping[str, Lifecycle], cycle: str, state: str) -> Text:
    return cycles[cycle].state(state).name


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
