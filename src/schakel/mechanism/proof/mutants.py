"""Would anybody notice? Small changes to the content, and which of three nets catches each.

The proof is the first net: it is caught when what fails, or where the known gaps are, is different
from before. The scenarios are the second: an expectation no longer comes true. The comparison of
old and new is the third: some situation has another outcome. What all three let through is shown
to change no outcome at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from schakel.mechanism.content import Content
from schakel.mechanism.proof.altered import altered
from schakel.mechanism.proof.checking import verdicts
from schakel.mechanism.proof.claims import Scope
from schakel.mechanism.proof.dependence import scope, touched
from schakel.mechanism.proof.difference import Comparison, Side
from schakel.mechanism.proof.expectations import Expectations
from schakel.mechanism.proof.mutations import Mutation, mutations
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.verdict import Mark
from schakel.vocabulary.errors import BadInput

BY_PROOF, BY_SCENARIOS, BY_DIFFERENCE, SURVIVED = "proof", "scenarios", "difference", ""


@dataclass(frozen=True)
class Mutant:
    """One change and what caught it; `why` is the first sign, or why nothing could."""

    kind: str
    where: str
    what: str
    killed_by: str
    why: str


@dataclass(frozen=True)
class MutationReport:
    """All mutants of one run."""

    mutants: tuple[Mutant, ...]
    seed: int

    def killed(self, *by: str) -> int:
        """How many mutants these nets caught; each mutant is counted for the first net that caught it."""
        return sum(one.killed_by in by for one in self.mutants)

    @property
    def shares(self) -> dict[str, float]:
        """The share caught by the proof alone, with the scenarios, and with the comparison of old and new."""
        nets = (BY_PROOF, BY_SCENARIOS, BY_DIFFERENCE)
        total = len(self.mutants) or 1
        return {net: self.killed(*nets[: number + 1]) / total for number, net in enumerate(nets)}

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        return tuple(one for one in self.mutants if one.killed_by == SURVIVED)

    @property
    def by_kind(self) -> dict[str, dict[str, int]]:
        """Per kind of change how many mutants each net caught."""
        kinds = dict.fromkeys(one.kind for one in self.mutants)
        nets = (BY_PROOF, BY_SCENARIOS, BY_DIFFERENCE, SURVIVED)
        return {
            kind: {
                net or "survived": sum(one.kind == kind and one.killed_by == net for one in self.mutants)
                for net in nets
            }
            for kind in kinds
        }


def mutate(
    content: Content,
    count: int = 200,
    seed: int = 7,
    *,
    progress: Callable[[str], None] | None = None,
) -> MutationReport:
    """Make `count` mutants, of every kind about as many, and let the nets try.

    `seed` fixes the choice. The scenarios are those of the content; they are asked only about mutants
    that the proof let through, and old is compared with new only for those that both let through.
    """
    trial = _Trial(altered(content))
    chance = Random(seed)  # noqa: S311 (a lot that can be drawn again, no secret)
    chosen = chose(mutations(trial.content, chance), count, chance)
    out = []
    for number, mutation in enumerate(chosen, start=1):
        out.append(trial.judged(mutation))
        if progress:
            progress(f"{number}/{len(chosen)} {mutation.kind} {mutation.where}")
    return MutationReport(tuple(out), seed)


def chose(found: Iterator[Mutation], count: int, chance: Random) -> list[Mutation]:
    """`count` mutations by lot, the kinds in turn as long as they last."""
    kinds: dict[str, list[Mutation]] = {}
    for mutation in found:
        kinds.setdefault(mutation.kind, []).append(mutation)
    for group in kinds.values():
        chance.shuffle(group)
    out: list[Mutation] = []
    while len(out) < count and any(kinds.values()):
        out += [group.pop() for group in kinds.values() if group]
    return out[:count]


@dataclass(frozen=True, eq=False)
class _Trial:
    """The content as it is, with what was shown of it, against its mutants."""

    content: Content

    @cached_property
    def prover(self) -> Prover:
        return Prover(self.content)

    @cached_property
    def shown(self) -> Mapping[str, frozenset[Mark]]:
        """What fails in the content as it is, by the part of the content it is about."""
        out: dict[str, frozenset[Mark]] = {}
        for mark in verdicts(self.prover):
            out[str(mark[2])] = out.get(str(mark[2]), frozenset()) | {mark}
        return out

    @cached_property
    def expectations(self) -> Expectations:
        return Expectations(self.content)

    def judged(self, mutation: Mutation) -> Mutant:
        """One mutant, and the first net that catches it."""
        killed_by, why = self._caught(Prover(mutation.make(), self.prover))
        return Mutant(mutation.kind, mutation.where, mutation.what, killed_by, why)

    def _caught(self, mutant: Prover) -> tuple[str, str]:
        change = touched(self.content, mutant.content)
        part = scope(self.content, mutant.content, change)
        try:
            if found := self._by_proof(mutant, part):
                return BY_PROOF, found
        except BadInput as error:
            return BY_PROOF, str(error)
        duties = frozenset(name for kind, name in part.items or () if kind == "duty")
        if failed := self.expectations.failure(mutant, duties):
            return BY_SCENARIOS, failed
        apart = Comparison(Side(self.prover), Side(mutant), self.prover.circuit).first()
        return (BY_DIFFERENCE, apart) if apart else (SURVIVED, "no situation on any day has another outcome")

    def _by_proof(self, mutant: Prover, part: Scope) -> str:
        """What fails now and did not, or the other way round; '' where nothing changed. Untouched parts are left."""
        before = {mark for marks in self.shown.values() for mark in marks if mark[2] in part}
        after = verdicts(mutant, part)
        changed = sorted(before ^ after, key=str)
        return f"{changed[0][0]} {changed[0][1]}" if changed else ""
