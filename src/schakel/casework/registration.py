"""A registration: one person (or one count without identity) at the registration point, and where it stands.

Two purposes with grounds of their own: registering for the figures, and arranging care. Identity is no condition for
either the count or the protection.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from schakel.casework.lifecycles import Lifecycle, Move, Refusal, move
from schakel.casework.outcome import Outcome
from schakel.casework.person import CasePerson
from schakel.mechanism.situation import GUESSED

FIGURES: Final = "registration-figures"
CARE: Final = "arrange-care"
PURPOSES: Final = (FIGURES, CARE)
COUNTED: Final = frozenset({"submitted", "returned", "accepted", "reopened", "closed", "counted"})


@dataclass(frozen=True, slots=True)
class Registration:
    """One registration. Without identity (`named` is false) it follows the lifecycle `count`.

    `grounds` gives for each purpose the id of the ground on record: the two purposes never share one. `merged_into`
    names the registration that it was merged into; both keep their reports. `content` is the fingerprint of the content
    it was made under.
    """

    id: str
    encounter: str
    person: str
    made_on: date
    named: bool = True
    state: str = "draft"
    purposes: tuple[str, ...] = (FIGURES,)
    grounds: Mapping[str, str] = field(default_factory=dict)
    content: str = ""
    merged_into: str = ""
    question: str = ""
    reason: str = ""
    outcome: Outcome | None = None
    destroy_on: date | None = None
    history: tuple[tuple[date, str, str], ...] = ()

    @property
    def lifecycle(self) -> str:
        return "registration" if self.named else "count"

    @property
    def grounded(self) -> bool:
        """Whether every purpose has a ground of its own on record."""
        return all(self.grounds.get(purpose) for purpose in self.purposes)

    @property
    def counts(self) -> bool:
        """Whether it stands in the figures: a possible victim counts from the moment of reporting, proven or not."""
        return self.state in COUNTED


def act(
    cycles: Mapping[str, Lifecycle], registration: Registration, event: str, on: date, *, by: Collection[str],
    words: str = "", target: str = "", outcome: Outcome | None = None,
) -> tuple[Registration, Move] | Refusal:  # fmt: skip
    """The registration after an event, with who is told; or the sentence why it cannot be.

    `words` is the reason, question or answer that comes with it, `target` the registration to merge into.
    A ground counts as given when each purpose has its own on record; a count without identity asks for none.
    """
    spoken = [need for need in ("reason", "question", "answer") if words.strip()]
    others = (("target", target), ("outcome", outcome), ("ground", registration.grounded))
    given = [*spoken, *(need for need, value in others if value)]
    step = move(cycles[registration.lifecycle], registration.state, event, by=by, given=given)
    if isinstance(step, Refusal):
        return step
    now = replace(
        registration, state=step.to, history=(*registration.history, (on, event, step.to)),
        question=words if event == "ask" else "" if event == "answer" else registration.question,
        reason=words if "reason" in given and event not in ("ask", "answer") else registration.reason,
        merged_into=target if event == "merge" else "" if event == "unmerge" else registration.merged_into,
        outcome=outcome or registration.outcome,
    )  # fmt: skip
    return now, step


def may_be_destroyed(cycle: Lifecycle, state: str) -> bool:
    """Whether the keeper of the keys may destroy what is kept of a registration in this state."""
    return any(row.event == "destroy" and "key_keeper" in row.who for row in cycle.exits(state))


def by_name(count: Registration, on: date, *, new_id: str) -> Registration:
    """The registration by name that goes on where a count stopped: the person made themselves known later."""
    return replace(count, id=new_id, named=True, state="draft", made_on=on, history=())


FIGURE_FACTS: Final = ("finder", "form", "sector", "age", "nationality", "exploited_where", "municipality")


def figures_row(registration: Registration, person: CasePerson) -> dict[str, object]:
    """One row for the figures, without identity: what `monitor` counts, inside the house until it is released.

    Facts that were told as a guess are left out; where two claims disagree the fact is left open ('').
    """
    row: dict[str, object] = {"state": registration.state, "counts": registration.counts, "named": registration.named}
    for fact in FIGURE_FACTS:
        said = {claim.values for claim in person.told(fact) if claim.certainty != GUESSED}
        row[fact] = ";".join(next(iter(said))) if len(said) == 1 else ""
    row["form"] = ";".join(person.forms) or row["form"]
    return row
