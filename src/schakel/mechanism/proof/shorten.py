"""From a counterexample with every fact to the few that matter: what is left still fails in every completion."""

from __future__ import annotations

from collections.abc import Sequence

from schakel.mechanism.edition import Edition
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.told import Cube, Told, condition_of, told_of


def literals(prover: Prover, cube: Sequence[Told]) -> list[int]:
    """One literal a told fact."""
    return [prover.literal(condition_of(prover.content, told)) for told in cube]


def fails(prover: Prover, edition: Edition, cube: Sequence[Told], bad: int) -> bool:
    """Whether `bad` is true in every situation that `cube` leaves, and such situations exist."""
    return prover.certain(edition, literals(prover, cube), bad)


def shorten(prover: Prover, edition: Edition, bad: int, completion: dict[str, str]) -> Cube:
    """A situation around `completion` in which `bad` is certain and from which no fact can be left out.

    The solver's core comes first; then facts are dropped one by one, events that have not happened
    before all others and then from the end of the list of facts; what is left is widened value by
    value (the finder too: every kind of finder for whom the same fails). The result is irreducible,
    not the smallest there is.
    """
    cube = _core(prover, edition, bad, told_of(prover.content, completion))
    for told in sorted(cube, key=lambda one: (not one.pending, -cube.index(one))):
        fewer = tuple(other for other in cube if other is not told)
        cube = fewer if fails(prover, edition, fewer, bad) else cube
    for told in cube:
        cube = _widen(prover, edition, bad, cube, told)
    return cube


def _core(prover: Prover, edition: Edition, bad: int, cube: Cube) -> Cube:
    """The facts that the solver needs to see that `bad` is certain, without pending events where that suffices."""
    sayable = tuple(told for told in cube if not told.pending)
    cube = sayable if fails(prover, edition, sayable, bad) else cube
    by_literal = dict(zip(literals(prover, cube), cube, strict=True))
    core = prover.circuit.core(prover.frame(edition, [*by_literal, -bad]))
    kept = tuple(told for literal, told in by_literal.items() if literal in core)
    return kept if fails(prover, edition, kept, bad) else cube


def _widen(prover: Prover, edition: Edition, bad: int, cube: Cube, told: Told) -> Cube:
    """`cube` with every other value of a choice that fails as well, or without values that need not be there."""
    kind = prover.content.facts[told.fact].kind
    if kind == "date":
        return cube
    place, order, several = cube.index(told), prover.content.facts[told.fact].value_ids, kind == "many"
    for value in order:
        alone = (*cube[:place], Told(told.fact, (value,)), *cube[place + 1 :])
        changed = _with(cube[place], value, order, several=several)
        wider = (*cube[:place], changed, *cube[place + 1 :])
        if fails(prover, edition, wider, bad) and (several or fails(prover, edition, alone, bad)):
            cube = wider
    return cube


def _with(told: Told, value: str, order: tuple[str, ...], *, several: bool) -> Told:
    """A choice with `value` possible too; a fact of several values without `value`."""
    wanted = set(told.values) - {value} if several else {*told.values, value}
    return Told(told.fact, tuple(one for one in order if one in wanted))
