"""Anything that only goes from state to state: a missing child, a request of the person, a ground on record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from schakel.casework.lifecycles import Lifecycle, Move, Refusal, move


@dataclass(frozen=True, slots=True)
class Process:
    """A process about one person: which lifecycle it follows, where it stands, and every step with its words."""

    id: str
    lifecycle: str
    person: str
    state: str
    begun_on: date
    history: tuple[tuple[date, str, str, str], ...] = ()

    @property
    def last_words(self) -> str:
        """The reason, question or answer of the last step that had one."""
        return next((words for *_, words in reversed(self.history) if words), "")


def begin(cycles: Mapping[str, Lifecycle], lifecycle: str, id_: str, person: str, on: date) -> Process:
    """A process in the first state of its lifecycle."""
    return Process(id_, lifecycle, person, cycles[lifecycle].start, on)


def act(
    cycles: Mapping[str, Lifecycle], process: Process, event: str, on: date, *, by: Collection[str], words: str = "",
    given: Collection[str] = (),
) -> tuple[Process, Move] | Refusal:  # fmt: skip
    """The process after an event, with who is told; or the sentence why it cannot be.

    `words` counts as the reason, question, answer or outcome that the table asks for; `given` names what else came.
    """
    spoken = ("reason", "question", "answer", "outcome") if words.strip() else ()
    step = move(cycles[process.lifecycle], process.state, event, by=by, given=(*given, *spoken))
    if isinstance(step, Refusal):
        return step
    return replace(process, state=step.to, history=(*process.history, (on, event, step.to, words))), step
