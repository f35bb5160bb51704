"""The plan of one person: what to do now, what not, what may still apply, what does not, where the law has a gap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from loket.wegwijzer.encounter import Encounter
from loket.wegwijzer.presenters.lines import lines
from loket.wegwijzer.presenters.steps import Stage, Step, stages, step
from loket.wegwijzer.presenters.words import person_label, sayer
from schakel.mechanism.asking import permitted
from schakel.mechanism.assess import DutyOutcome
from schakel.mechanism.explain import because
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY

FIRST = 4
FIRST_DO_NOT = 4


@dataclass(frozen=True)
class Open:
    """Duties that hang on the same facts. `facts`: what they hang on, and whether the visitor may ask for it."""

    facts: tuple[dict[str, Any], ...]
    lines: SafeString


@dataclass(frozen=True)
class Plan:
    """Everything that the plan page and the paper say about one person."""

    first: tuple[Step, ...]
    later: tuple[Stage, ...]
    yours: tuple[Stage, ...]
    others: tuple[Stage, ...]
    helpers: tuple[Step, ...]
    do_not: tuple[str, ...]
    open: tuple[Open, ...]
    closed: tuple[dict[str, Any], ...]
    gaps: tuple[dict[str, Any], ...]
    counts: dict[str, int]

    @property
    def do_not_more(self) -> int:
        return max(0, len(self.do_not) - FIRST_DO_NOT)

    @property
    def gaps_now(self) -> list[dict[str, Any]]:
        return [gap for gap in self.gaps if gap["certain"]]

    @property
    def gaps_maybe(self) -> list[dict[str, Any]]:
        return [gap for gap in self.gaps if not gap["certain"]]


def plan(encounter: Encounter) -> Plan:
    """The plan of the person on the page."""
    view = encounter.view
    steps = [step(encounter, outcome) for outcome in view.with_status(APPLIES)]
    yours = [one for one in steps if one.yours]
    others = [one for one in steps if not one.yours and one.strength != "may"]
    helpers = [one for one in steps if not one.yours and one.strength == "may"]
    undecided, ruled_out = view.with_status(MAY_APPLY), view.with_status(DOES_NOT_APPLY)
    counts = {"yours": len(yours), "later": max(0, len(yours) - FIRST), "others": len(others),
              "helpers": len(helpers), "open": len(undecided), "closed": len(ruled_out),
              "new": sum(one.new for one in steps)}  # fmt: skip
    return Plan(
        first=tuple(yours[:FIRST]), later=stages(yours[FIRST:]), yours=stages(yours), others=stages(others),
        helpers=tuple(helpers), do_not=_do_not(encounter), open=_open(encounter, undecided),
        closed=_closed(encounter, ruled_out), gaps=_gaps(encounter), counts=counts,
    )  # fmt: skip


def persons(encounter: Encounter) -> list[dict[str, Any]]:
    """The persons of the encounter, each with a label and whether it is on the page."""
    return [
        {"number": number, "label": person_label(view.person.id, number, encounter.lang),
         "now": number == encounter.state.person}
        for number, view in enumerate(encounter.assessment.persons)
    ]  # fmt: skip


def same_plan(encounter: Encounter) -> str:
    """Whose plan is exactly the same, as a sentence; '' where nobody's is."""
    everyone = persons(encounter)
    names = [everyone[number]["label"] for number in encounter.same_plan if number != encounter.state.person]
    if not names:
        return ""
    say = sayer(encounter.lang)
    if len(names) == len(everyone) - 1 and len(names) > 1:
        return say("wegwijzer.same_all")
    return say("wegwijzer.same_as", names=", ".join(names))


def _do_not(encounter: Encounter) -> tuple[str, ...]:
    """What the visitor must not do: of the visitor's own steps, each once, in order of time."""
    yours = (outcome.duty for outcome in encounter.view.with_status(APPLIES) if outcome.yours)
    return tuple(dict.fromkeys(words(encounter.lang) for duty in yours for words in duty.do_not))


def _open(encounter: Encounter, undecided: Iterable[DutyOutcome]) -> tuple[Open, ...]:
    """Undecided duties by the facts they hang on, the largest group first."""
    groups: dict[tuple[str, ...], list[DutyOutcome]] = {}
    for outcome in undecided:
        groups.setdefault(() if outcome.unread else outcome.hangs_on, []).append(outcome)
    view, facts = encounter.view, encounter.content.facts
    ordered = sorted(groups.items(), key=lambda pair: (len(pair[0]), -len(pair[1])))
    return tuple(
        Open(
            tuple({"fact": name, "name": facts[name].name(encounter.lang), "yours": permitted(view, facts[name])}
                  for name in names),
            lines(encounter, outcomes),
        )
        for names, outcomes in ordered
    )  # fmt: skip


def _closed(encounter: Encounter, ruled_out: Iterable[DutyOutcome]) -> tuple[dict[str, Any], ...]:
    """Duties that do not apply, by the sentence that says why."""
    groups: dict[str, list[DutyOutcome]] = {}
    for outcome in ruled_out:
        groups.setdefault(because(outcome, encounter.lang), []).append(outcome)
    return tuple({"why": why, "lines": lines(encounter, outcomes)} for why, outcomes in groups.items())


def _gaps(encounter: Encounter) -> tuple[dict[str, Any], ...]:
    """Known gaps of the law in which this person is; those in which the person may be come after."""
    lang = encounter.lang
    found = [
        {"title": gap.title(lang), "what": gap.what(lang), "ask": gap.ask(lang) if gap.ask else "",
         "certain": outcome.status == APPLIES}
        for gap, outcome in encounter.view.gaps
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda gap: not gap["certain"]))
