"""The compiled engine: all rules of a rule set decided at once, exactly, in well under a millisecond.

Three steps, each exact. (1) The situation is pruned to the values that some completion has, island
by island. (2) One straight-line function, written once per rule set, evaluates every rule in
three-valued logic over the pruned masks: where it says true or false, that is so in every
completion. (3) What is left is looked up in the rule's own truth table, all its completions at once.
`schakel.rules.reference` is the judge.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from schakel.rules.conditions import All, AnyOf, Condition, Is, both, either
from schakel.rules.exact import Table
from schakel.rules.outcome import APPLIES, DOES_NOT_APPLY, Outcome
from schakel.rules.space import Masks, Space

_APPLIES = Outcome(APPLIES)
_DOES_NOT_APPLY = Outcome(DOES_NOT_APPLY)
REMEMBERED = 100_000
LARGE = 1 << 14  # a table of more ways is made anew for what is still open


@dataclass(frozen=True, slots=True)
class Node:
    """One distinct part of the rules: a component asked for, or a conjunction or disjunction of other parts."""

    component: str
    conjunction: bool = False
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdicts:
    """Per part of the rules whether it is certainly true and whether it is certainly false, in one situation."""

    nodes: tuple[Node, ...]
    top_of: Mapping[str, int]
    truths: list[bool]
    falsehoods: list[bool]


@dataclass(frozen=True)
class Program:
    """The compiled rules: what runs, its parts, and the part that is a whole rule."""

    run: Callable[[Masks], tuple[list[bool], list[bool]]]
    nodes: tuple[Node, ...]
    top_of: Mapping[str, int]

    @cached_property
    def tops(self) -> tuple[int, ...]:
        return tuple(self.top_of.values())


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
        truths, falsehoods = self._program.run(masks)
        return {
            rule: _APPLIES if truths[top] else _DOES_NOT_APPLY if falsehoods[top] else self._undecided(number, masks)
            for number, (rule, top) in enumerate(zip(self.ids, self._program.tops, strict=True))
        }

    def verdicts(self, masks: Masks) -> Verdicts:
        """What three-valued logic says of every part of every rule."""
        truths, falsehoods = self._program.run(masks)
        return Verdicts(self._program.nodes, self._program.top_of, truths, falsehoods)

    @cached_property
    def _program(self) -> Program:
        return write_program(self.space, self.rules)

    @cached_property
    def _tables(self) -> tuple[Table, ...]:
        return tuple(Table(self.space, name, rule) for name, rule in self.rules.items())

    def _undecided(self, number: int, masks: Masks) -> Outcome:
        """Look a rule up over the masks of its scope (nothing else can bear on it), and remember it."""
        table = self._tables[number]
        key = (number, *[masks[component] for component in table.scope])
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            if table.grid.size > LARGE:
                still_open = tuple(component for component in table.own if masks[component] & (masks[component] - 1))
                table = self._residue(simplified(table.rule, masks, self.space), still_open)
            found = self._remembered[key] = table.outcome(masks)
        return found

    @cached_property
    def _remembered(self) -> dict[tuple[int, ...], Outcome]:
        return {}

    @cached_property
    def _residue(self) -> Callable[[Condition, tuple[int, ...]], Table]:
        return lru_cache(maxsize=1_000)(lambda rule, besides: Table(self.space, "a rule", rule, besides))


def simplified(rule: Condition, masks: Masks, space: Space) -> Condition:
    """An undecided rule without its parts that the masks decide."""
    if isinstance(rule, Is):
        return rule
    open_parts = [part for part in rule.parts if kleene(part, masks, space) is None]
    parts = [simplified(part, masks, space) for part in open_parts]
    return both(*parts) if isinstance(rule, All) else either(*parts)


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


def write_program(space: Space, rules: Mapping[str, Condition]) -> Program:
    """Straight-line code that gives, for masks, which parts of the rules are certainly true and which certainly false.

    Every distinct part is computed once. The source is made of numbers and of names made here;
    nothing of the content's text enters it.
    """
    writer = _Writer(space)
    top_of = {name: writer.node(rule) for name, rule in rules.items()}
    truths, falsehoods = (",".join(f"{kind}{name}" for name in range(len(writer.nodes))) for kind in "tf")
    source = "\n ".join(["def run(m):", *writer.lines, f"return [{truths}], [{falsehoods}]"])
    scope: dict[str, Callable[[Masks], tuple[list[bool], list[bool]]]] = {}
    exec(compile(source, "<rules>", "exec"), scope)  # noqa: S102
    return Program(scope["run"], tuple(writer.nodes), top_of)


class _Writer:
    """Writes straight-line code: for every distinct node a `t` (certainly true) and an `f` (certainly false)."""

    def __init__(self, space: Space) -> None:
        self.space = space
        self.lines: list[str] = []
        self.nodes: list[Node] = []
        self.known: dict[Condition, int] = {}

    def node(self, rule: Condition) -> int:
        if rule in self.known:
            return self.known[rule]
        if isinstance(rule, Is):
            place, mask = self.space.index[rule.fact], self.space.mask(rule.fact, rule.values)
            rest = self.space.anything[place] & ~mask
            true, false, node = f"not m[{place}]&{rest}", f"not m[{place}]&{mask}", Node(rule.fact)
        else:
            parts = [self.node(part) for part in rule.parts]
            conjunction = isinstance(rule, All)
            every = " and ".join(f"{'t' if conjunction else 'f'}{part}" for part in parts) or "True"
            some = " or ".join(f"{'f' if conjunction else 't'}{part}" for part in parts) or "False"
            true, false = (every, some) if conjunction else (some, every)
            node = Node("", conjunction, tuple(parts))
        name = self.known[rule] = len(self.nodes)
        self.nodes.append(node)
        self.lines += [f"t{name}={true}", f"f{name}={false}"]
        return name
