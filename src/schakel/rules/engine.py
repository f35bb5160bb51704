"""The compiled engine: all rules of a rule set decided at once, exactly, in well under a millisecond.

Three steps, each exact. (1) The situation is pruned to the values that some completion has, island
by island. (2) One straight-line function, written once per rule set, evaluates every rule in
three-valued logic over the pruned masks: where it says true or false, that is so in every
completion. (3) What is left undecided truly is undecided where a rule mentions no component twice
and no two from one island (then its parts are independent); the other rules are settled by search,
and remembered. `schakel.rules.reference` is the judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schakel.rules.conditions import All, AnyOf, Condition, Is, atoms, negate
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, MAY_APPLY, Outcome
from schakel.rules.space import Masks, Nogood, Space, single_bits

_APPLIES = Outcome(APPLIES)
_DOES_NOT_APPLY = Outcome(DOES_NOT_APPLY)
CACHE = 100_000


@dataclass(frozen=True)
class RuleSet:
    """Rules by id over a space; `decide` gives each its outcome in a situation."""

    space: Space
    rules: Mapping[str, Condition]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(self.rules)

    def decide(self, masks: Masks) -> dict[str, Outcome] | None:
        """The outcome of every rule; None when the facts contradict a constraint."""
        pruned = self.space.consistent(masks)
        return None if pruned is None else self.decide_consistent(pruned)

    def decide_consistent(self, masks: Masks) -> dict[str, Outcome]:
        """As `decide`, for masks that `Space.consistent` has pruned."""
        truths, falsehoods = self._kleene(masks)
        return {
            rule: _APPLIES if true else _DOES_NOT_APPLY if false else self._undecided(number, masks)
            for number, (rule, true, false) in enumerate(zip(self.ids, truths, falsehoods, strict=True))
        }

    def _undecided(self, number: int, masks: Masks) -> Outcome:
        scope = self._scopes[number]
        return self._search(number, tuple(masks[component] for component in scope))

    @cached_property
    def _kleene(self) -> Callable[[Masks], tuple[list[bool], list[bool]]]:
        return compile_kleene(self.space, tuple(self.rules.values()))

    @cached_property
    def _scopes(self) -> tuple[tuple[int, ...], ...]:
        """Per rule the components that can bear on it: its own, and their islands."""
        islands, home = self.space.islands, self.space.island_of
        return tuple(
            tuple(sorted({member for atom in atoms(rule) for member in islands[home[self.space.index[atom.fact]]]}))
            for rule in self.rules.values()
        )

    @cached_property
    def _search(self) -> Callable[[int, Masks], Outcome]:
        return lru_cache(maxsize=CACHE)(self._search_rule)

    def _search_rule(self, number: int, local: Masks) -> Outcome:
        """Settle one rule over the masks of its scope; everything outside the scope is free."""
        whole = list(self.space.anything)
        for component, mask in zip(self._scopes[number], local, strict=True):
            whole[component] = mask
        masks = tuple(whole)
        if not self._independent(number, masks):
            true_somewhere, false_somewhere = self._both_sides(number, masks)
            if not (true_somewhere and false_somewhere):
                return _APPLIES if true_somewhere else _DOES_NOT_APPLY
        return Outcome(MAY_APPLY, self._hangs_on(number, masks))

    def _independent(self, number: int, masks: Masks) -> bool:
        """Whether the open parts of the rule mention no component twice, and no island holds two of its components."""
        open_parts = _open_atoms(self.rules[self.ids[number]], masks, self.space)
        islands = {self.space.island_of[self.space.index[name]] for name in open_parts}
        return len(open_parts) == len(islands) == len(self._candidates(number, masks))

    def _candidates(self, number: int, masks: Masks) -> list[str]:
        """The rule's unknown components that share an island with an open part: only these can matter."""
        rule, home, index = self.rules[self.ids[number]], self.space.island_of, self.space.index
        islands = {home[index[name]] for name in _open_atoms(rule, masks, self.space)}
        unknown = (
            name for name in dict.fromkeys(atom.fact for atom in atoms(rule)) if masks[index[name]].bit_count() > 1
        )
        return [name for name in unknown if home[index[name]] in islands]

    def _both_sides(self, number: int, masks: Masks) -> tuple[bool, bool]:
        for_it, against = self._terms[number]
        space = self.space
        return any(space.meets(masks, term) for term in for_it), any(space.meets(masks, term) for term in against)

    @cached_property
    def _terms(self) -> tuple[tuple[list[Nogood], list[Nogood]], ...]:
        space = self.space
        return tuple((space.terms(rule), space.terms(negate(rule, space.domains))) for rule in self.rules.values())

    def _hangs_on(self, number: int, masks: Masks) -> frozenset[str]:
        names = frozenset(self._candidates(number, masks))
        if self._independent(number, masks):
            return names
        return frozenset(name for name in names if self._matters(number, masks, self.space.index[name]))

    def _matters(self, number: int, masks: Masks, component: int) -> bool:
        """Whether a value of `component` decides the rule, or two worlds that differ in it alone disagree."""
        sides = []
        for bit in single_bits(masks[component]):
            fixed = self.space.consistent((*masks[:component], bit, *masks[component + 1 :]))
            if fixed is not None:
                sides.append(self._both_sides(number, fixed))
        if len(sides) > 1 and any(not (true and false) for true, false in sides):
            return True
        return self._flips(number, masks, component)

    def _flips(self, number: int, masks: Masks, component: int) -> bool:
        """Whether a conjunction for the rule and one against it can agree on all but `component`."""
        for_it, against = self._terms[number]
        for left in for_it:
            for right in against:
                if self._agree(number, masks, component, left, right):
                    return True
        return False

    def _agree(self, number: int, masks: Masks, component: int, left: Nogood, right: Nogood) -> bool:
        """Whether the rule's own other components can take the same values in `left` and in `right`."""
        own = {self.space.index[atom.fact] for atom in atoms(self.rules[self.ids[number]])} - {component}
        shared = list(masks)
        for place, mask in (*left, *right):
            if place != component:
                shared[place] &= mask
        return any(
            self._reach(world, component, left, masks) and self._reach(world, component, right, masks)
            for world in self._worlds(tuple(shared), sorted(own))
        )

    def _worlds(self, masks: Masks, places: list[int]) -> list[Masks]:
        """Every way to fix the components in `places` within `masks`."""
        out = [masks]
        for place in places:
            out = [(*m[:place], bit, *m[place + 1 :]) for m in out for bit in single_bits(m[place])]
        return out

    def _reach(self, world: Masks, component: int, term: Nogood, masks: Masks) -> bool:
        wanted = next((mask for place, mask in term if place == component), masks[component])
        narrowed = (*world[:component], masks[component] & wanted, *world[component + 1 :])
        return self.space.consistent(narrowed) is not None


def _open_atoms(rule: Condition, masks: Masks, space: Space) -> list[str]:
    """The components of the atoms that are still open once decided parts are left out, with repeats."""
    if isinstance(rule, Is):
        have, wanted = masks[space.index[rule.fact]], space.mask(rule.fact, rule.values)
        return [rule.fact] if have & wanted and have & ~wanted else []
    out: list[str] = []
    for part in rule.parts:
        verdict = kleene(part, masks, space)
        if verdict is None:
            out += _open_atoms(part, masks, space)
        elif verdict is isinstance(rule, AnyOf):
            return []
    return out


def kleene(rule: Condition, masks: Masks, space: Space) -> bool | None:
    """Three-valued truth over masks: True, False, or None for open."""
    if isinstance(rule, Is):
        have, wanted = masks[space.index[rule.fact]], space.mask(rule.fact, rule.values)
        return True if not have & ~wanted else None if have & wanted else False
    absorbing = isinstance(rule, AnyOf)
    verdicts = [kleene(part, masks, space) for part in rule.parts]
    if absorbing in verdicts:
        return absorbing
    return None if None in verdicts else not absorbing


def compile_kleene(space: Space, rules: tuple[Condition, ...]) -> Callable[[Masks], tuple[list[bool], list[bool]]]:
    """One Python function that gives, for masks, which rules are certainly true and which certainly false.

    Every shared part of the rules is computed once. The source is made of numbers and of names made
    here; nothing of the content's text enters it.
    """
    writer = _Writer(space)
    names = [writer.node(rule) for rule in rules]
    truths = ",".join(f"t{name}" for name in names)
    falsehoods = ",".join(f"f{name}" for name in names)
    source = "\n ".join(["def decide(m):", *writer.lines, f"return [{truths}], [{falsehoods}]"])
    scope: dict[str, Callable[[Masks], tuple[list[bool], list[bool]]]] = {}
    exec(compile(source, "<rules>", "exec"), scope)  # noqa: S102
    return scope["decide"]


class _Writer:
    """Writes straight-line code: for every distinct node a `t` (certainly true) and an `f` (certainly false)."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.lines: list[str] = []
        self.known: dict[Condition, int] = {}

    def node(self, rule: Condition) -> int:
        if rule in self.known:
            return self.known[rule]
        if isinstance(rule, Is):
            place, mask = self.space.index[rule.fact], self.space.mask(rule.fact, rule.values)
            rest = self.space.anything[place] & ~mask
            true, false = f"not m[{place}]&{rest}", f"not m[{place}]&{mask}"
        else:
            parts = [self.node(part) for part in rule.parts]
            conjunction = isinstance(rule, All)
            every = " and ".join(f"{'t' if conjunction else 'f'}{part}" for part in parts) or "True"
            some = " or ".join(f"{'f' if conjunction else 't'}{part}" for part in parts) or "False"
            true, false = (every, some) if conjunction else (some, every)
        name = self.known[rule] = len(self.known)
        self.lines += [f"t{name}={true}", f"f{name}={false}"]
        return name
