"""Conditions as one Boolean circuit in an incremental SAT solver; it must never know what a duty is.

Every component of a situation has one variable a value, exactly one of them true (two values share one
variable). Every condition becomes a literal, by Tseitin in both directions; equal parts share their
node, and a condition and its negation are the same node with the sign turned. Questions are asked by
assumptions, so nothing that was put in ever has to be taken out: another edition, another set of
constraints, another version of the content only adds nodes. Answers are remembered.

A *copy* is a second situation beside the first, for questions about two situations at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from schakel.rules.conditions import All, Condition, Domains, Is
from schakel.vocabulary.errors import BadInput

SOLVER = "cadical153"
TRUE = 1
FALSE = -TRUE


def new_solver() -> Any:
    """An empty incremental solver; a sentence when the extra is not installed."""
    try:
        from pysat.solvers import Solver
    except ImportError as error:
        dutch = "het bewijs heeft een oplosser nodig die niet is geïnstalleerd", "Installeer de extra 'proof'"
        english = "the proof needs a solver that is not installed"
        raise BadInput(english, remedy="Install the extra 'proof'", dutch=dutch) from error
    return Solver(name=SOLVER)


class Circuit:
    """Literals for conditions over `domains`; `dated` names the components whose values depend on the edition."""

    def __init__(self, domains: Domains, dated: Iterable[str] = ()) -> None:
        self.domains = dict(domains)
        self.dated = frozenset(dated)
        self.asked = 0
        self._solver = new_solver()
        self._last = TRUE
        self._solver.add_clause([TRUE])
        self._atoms: dict[tuple[str, int], dict[str, int]] = {}
        self._gates: dict[tuple[int, ...], int] = {}
        self._conditions: dict[tuple[Condition, int], int] = {}
        self._answers: dict[frozenset[int], bool] = {}
        self._dated_nodes: set[int] = set()
        self._equals: dict[str, int] = {}
        self._agreements: dict[frozenset[str], int] = {}

    @property
    def size(self) -> int:
        """How many variables there are."""
        return self._last

    def literal(self, condition: Condition, copy: int = 0) -> int:
        """The literal that is true exactly where `condition` holds."""
        found = self._conditions.get((condition, copy))
        if found is None:
            found = self._conditions[condition, copy] = self._build(condition, copy)
        return found

    def _build(self, condition: Condition, copy: int) -> int:
        if isinstance(condition, Is):
            return self._one_of(condition.fact, condition.values, copy)
        parts = [self.literal(part, copy) for part in condition.parts]
        return self.conjunction(parts) if isinstance(condition, All) else -self.conjunction(-part for part in parts)

    def _one_of(self, name: str, values: frozenset[str], copy: int) -> int:
        """One of `values`, written over the smaller side, so that its complement is the same node."""
        atoms = self.atoms(name, copy)
        inside = [atom for value, atom in atoms.items() if value in values]
        outside = [atom for value, atom in atoms.items() if value not in values]
        if (len(inside), inside) <= (len(outside), outside):
            return -self.conjunction(-atom for atom in inside)
        return self.conjunction(-atom for atom in outside)

    def atoms(self, name: str, copy: int = 0) -> Mapping[str, int]:
        """For each value of a component the literal that says so."""
        found = self._atoms.get((name, copy))
        if found is None:
            found = self._atoms[name, copy] = self._declare(self.domains[name])
            if name in self.dated:
                self._dated_nodes.update(map(abs, found.values()))
        return found

    def _declare(self, values: tuple[str, ...]) -> dict[str, int]:
        if len(values) == 1:
            return {values[0]: TRUE}
        if len(values) == 2:
            one = self._new()
            return {values[0]: one, values[1]: -one}
        atoms = {value: self._new() for value in values}
        numbers = list(atoms.values())
        self._solver.add_clause(numbers)
        for place, left in enumerate(numbers):
            for right in numbers[place + 1 :]:
                self._solver.add_clause([-left, -right])
        return atoms

    def _new(self) -> int:
        self._last += 1
        return self._last

    def conjunction(self, literals: Iterable[int]) -> int:
        """The literal that is true exactly where all of `literals` are."""
        parts = {literal for literal in literals if literal != TRUE}
        if FALSE in parts or any(-part in parts for part in parts):
            return FALSE
        if len(parts) < 2:
            return next(iter(parts), TRUE)
        key = tuple(sorted(parts))
        if key not in self._gates:
            self._gates[key] = self._gate(key)
        return self._gates[key]

    def _gate(self, parts: tuple[int, ...]) -> int:
        node = self._new()
        for part in parts:
            self._solver.add_clause([-node, part])
        self._solver.add_clause([node, *(-part for part in parts)])
        if any(self.is_dated(part) for part in parts):
            self._dated_nodes.add(node)
        return node

    def is_dated(self, literal: int) -> bool:
        """Whether a literal rests on a component whose values depend on the edition."""
        return abs(literal) in self._dated_nodes

    def agree(self, names: frozenset[str]) -> int:
        """The literal of: situation 0 and its copy 1 agree on the components `names`."""
        if names not in self._agreements:
            self._agreements[names] = self.conjunction(self._equal(name) for name in sorted(names))
        return self._agreements[names]

    def _equal(self, name: str) -> int:
        if name not in self._equals:
            here, there = self.atoms(name, 0), self.atoms(name, 1)
            self._equals[name] = self.conjunction(self.same(here[value], there[value]) for value in here)
        return self._equals[name]

    def same(self, left: int, right: int) -> int:
        """The literal that is true exactly where both are true or both false."""
        if left == right:
            return TRUE
        return self.conjunction((-self.conjunction((left, -right)), -self.conjunction((-left, right))))

    def possible(self, literals: Iterable[int]) -> bool:
        """Whether all `literals` can be true together."""
        key = frozenset(literals) - {TRUE}
        if key not in self._answers:
            self._answers[key] = FALSE not in key and self._solve(key)
        return self._answers[key]

    def _solve(self, literals: frozenset[int]) -> bool:
        self.asked += 1
        return bool(self._solver.solve(assumptions=sorted(literals, key=abs)))

    def model(self, literals: Iterable[int], copy: int = 0) -> dict[str, str] | None:
        """A value for every component such that all `literals` are true; None where there is none."""
        models = self.models(literals, (copy,))
        return models[0] if models else None

    def models(self, literals: Iterable[int], copies: tuple[int, ...]) -> tuple[dict[str, str], ...]:
        """As `model`, for several copies at once; empty where there is none."""
        declared = {(name, copy): self.atoms(name, copy) for copy in copies for name in self.domains}
        wanted = frozenset(literals) - {TRUE}
        if FALSE in wanted or not self._solve(wanted):
            return ()
        true = {literal for literal in self._solver.get_model() if literal > 0}

        def holds(literal: int) -> bool:
            return literal in true if literal > 0 else -literal not in true

        return tuple(
            {name: next(v for v, atom in declared[name, copy].items() if holds(atom)) for name in self.domains}
            for copy in copies
        )

    def core(self, literals: Iterable[int]) -> frozenset[int]:
        """Of literals that cannot all be true, some that already cannot. ValueError when they can."""
        wanted = frozenset(literals) - {TRUE}
        if FALSE in wanted:
            return frozenset({FALSE})
        if self._solve(wanted):
            raise ValueError("these literals can all be true together")
        return frozenset(self._solver.get_core() or ())
