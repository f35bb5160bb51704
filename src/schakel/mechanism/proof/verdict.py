"""From claims to findings: ask the solver, shorten, replay, and join the intervals in which the same fails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from schakel.mechanism.edition import Edition
from schakel.mechanism.proof.claims import Broken, Claim, Forbidden, Item, Needed
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.replay import confirm
from schakel.mechanism.proof.report import Finding
from schakel.mechanism.proof.sentences import sentence
from schakel.mechanism.proof.shorten import fails, literals, shorten
from schakel.mechanism.proof.told import Cube, document, in_words, told_of
from schakel.vocabulary.periods import Period

Mark = tuple[str, str, Item, Period]
"""What, about which id and part of the content, in which stretch of time: enough to see that a finding is new."""


def refuted(prover: Prover, claim: Forbidden) -> bool:
    """Whether the forbidden thing can happen."""
    return prover.possible(claim.edition, prover.all_of(claim.holds, claim.fails))


def unmet(prover: Prover, claim: Needed) -> bool:
    """Whether what must be possible never is."""
    return not any(
        prover.possible(edition, prover.all_of(holds, fails)) for edition, holds, fails in claim.alternatives
    )


def joined(prover: Prover, editions: Sequence[Edition]) -> Iterator[tuple[Period, tuple[Edition, ...]]]:
    """Editions that follow each other, joined into stretches of time."""
    place = {edition.period: number for number, edition in enumerate(prover.editions)}
    run: list[Edition] = []
    for edition in [*sorted(editions, key=lambda one: place[one.period]), None]:
        if run and (edition is None or place[edition.period] != place[run[-1].period] + 1):
            yield Period(run[0].period.first, run[-1].period.last), tuple(run)
            run = []
        if edition is not None:
            run.append(edition)


def marks(prover: Prover, claims: Iterable[Claim]) -> Iterator[Mark]:
    """Which claims fail and when, without a counterexample: quick, for comparing two contents."""
    failing: dict[tuple[str, str, Item], list[Edition]] = {}
    for claim in claims:
        if isinstance(claim, Forbidden):
            if refuted(prover, claim):
                failing.setdefault((claim.kind, claim.id, claim.item), []).append(claim.edition)
        elif isinstance(claim, Broken) or unmet(prover, claim):
            yield claim.kind, claim.id, claim.item, prover.whole
    for key, editions in failing.items():
        yield from ((*key, period) for period, _ in joined(prover, editions))


def findings(prover: Prover, claims: Iterable[Claim]) -> Iterator[Finding]:
    """Every claim that fails, with its counterexamples where it is about situations."""
    groups: dict[tuple[str, str], list[Forbidden]] = {}
    for claim in claims:
        if isinstance(claim, Forbidden):
            groups.setdefault((claim.kind, claim.id), []).append(claim)
        elif isinstance(claim, Broken) or unmet(prover, claim):
            yield Finding(claim.kind, claim.id, prover.whole, sentence(claim.kind, claim.names))
    for group in groups.values():
        for cube, refuting in counterexamples(prover, group).items():
            yield from _shown(prover, cube, refuting)


def counterexamples(prover: Prover, group: Sequence[Forbidden]) -> dict[Cube, list[Forbidden]]:
    """Shortened situations that refute claims of one kind and id, each with the claims (the editions) it refutes."""
    cubes: dict[Cube, list[Forbidden]] = {}
    for claim in group:
        bad = prover.all_of(claim.holds, claim.fails)
        here = [cube for cube in cubes if fails(prover, claim.edition, cube, bad)]
        for cube in here:
            cubes[cube].append(claim)
        while len(here) < claim.limit:
            completion = prover.witness(claim.edition, bad, *(_outside(prover, cube) for cube in here))
            if completion is None:
                break
            here.append(shorten(prover, claim.edition, bad, completion))
            cubes.setdefault(here[-1], []).append(claim)
    return cubes


def _outside(prover: Prover, cube: Cube) -> int:
    return -prover.circuit.conjunction(literals(prover, cube))


def _shown(prover: Prover, cube: Cube, refuting: Sequence[Forbidden]) -> Iterator[Finding]:
    """One finding for each stretch of time, replayed in the engine on the first day of each edition in it."""
    by_period = {claim.edition.period: claim for claim in refuting}
    for period, editions in joined(prover, [claim.edition for claim in refuting]):
        for edition in editions:
            replayed(prover, by_period[edition.period], cube)
        claim = by_period[editions[0].period]
        yield Finding(
            claim.kind, claim.id, period, sentence(claim.kind, claim.names),
            document(prover.content, editions[0].day, cube), in_words(prover.content, editions[0].day, cube),
            tuple(told.fact for told in cube if told.pending),
        )  # fmt: skip


def replayed(prover: Prover, claim: Forbidden, cube: Cube) -> None:
    """Confirm a counterexample in the engine: in one situation told in full, and in the shortened one."""
    bad = prover.all_of(claim.holds, claim.fails)
    completion = prover.witness(claim.edition, bad, *literals(prover, cube))
    assert completion is not None, "a shortened counterexample leaves a situation"
    confirm(prover.content, claim, cube, told_of(prover.content, completion))
