"""An earlier release over (some of) the same people: what it printed is something a reader already knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from schakel.disclosure.cells import Key
from schakel.disclosure.protected import ROUNDED, SMALL, WITHHELD, Row
from schakel.disclosure.refusals import refusal
from schakel.disclosure.space import Variable, nested
from schakel.disclosure.spec import JOINED, WHENEVER, Spec, VariableSpec
from schakel.vocabulary.periods import Period

if TYPE_CHECKING:
    from schakel.disclosure.directory import Directory

Bounds = tuple[int, int | None]


@dataclass(frozen=True)
class Earlier:
    """The cells of an earlier release: by key, the lowest and highest true count that what was printed allows.

    `values` holds what was printed where it was rounded. `groups` says which categories a group of its own had.
    """

    name: str
    cells: Mapping[Key, Bounds] = field(repr=False)
    values: Mapping[Key, int | None] = field(repr=False)
    period: Period = WHENEVER
    groups: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)


def placed(
    before: Earlier, spec: Spec, variables: Mapping[str, Variable]
) -> tuple[Earlier | None, dict[str, Variable]]:
    """The earlier release in terms of the present people (None where the two share nobody), and the variables with a
    node for everything that it names and for what those nodes leave out.

    Same period, or none told: the cells are the same cells. Within this period: the variable that tells the periods
    apart confines them. Raises `BadInput` for periods that overlap in part, and for what is not known any more.
    """
    known = dict(variables)
    if not spec.period.overlaps(before.period):
        return None, known
    years = _years(before, spec, variables)
    nodes = {name: _node(known, name, members) for name, members in years.items()}
    confined = {name: node for name, node in nodes.items() if node is not None}
    names = {part: _named(before, known, part) for part in dict.fromkeys(part for key in before.cells for part in key)}

    def key(old: Key) -> Key:
        both = {**confined, **{name: new for name, node in old if (new := names[name, node]) is not None}}
        return tuple((name, both[name]) for name in known if name in both)

    cells = {key(old): bounds for old, bounds in before.cells.items()}
    return replace(before, cells=cells, values={key(old): value for old, value in before.values.items()}), known


def named_by(earlier: Sequence[Earlier]) -> Mapping[str, frozenset[str]]:
    """The variables that earlier releases name, each with the categories that they tell apart, a merged one as one."""
    found: dict[str, set[str]] = {}
    for before in earlier:
        for name, node in {part for key in before.cells for part in key}:
            found.setdefault(name, set()).update(_within(before, name, node) or {node})
    return {name: frozenset(nodes) for name, nodes in found.items()}


def _within(before: Earlier, name: str, node: str) -> frozenset[str]:
    """The categories in a group or set of the earlier release; none for what is no group or set."""
    if node in before.groups.get(name, {}):
        return before.groups[name][node]
    return frozenset(node[1:-1].split("|")) if node.startswith("{") else frozenset()


def _named(before: Earlier, known: dict[str, Variable], part: tuple[str, str]) -> str | None:
    """The present name of a node of the earlier release."""
    name, node = part
    if members := _within(before, name, node):
        return _node(known, name, members)
    if known[name].knows(node):
        return node
    if JOINED in node:
        return _node(known, name, frozenset({node}))
    raise refusal("unknown-category", before.name, value=node, name=name)


def _node(known: dict[str, Variable], name: str, members: Sequence[str] | frozenset[str]) -> str | None:
    """The node for some categories, made with its remainder where there is none yet; None for all of them.

    A merged one among them stands for its parts, as far as they are told apart now.
    """
    variable = known[name]
    each = (variable.members(one) if variable.knows(one) else frozenset(one.split(JOINED)) for one in members)
    inside = frozenset().union(*each)
    known[name], node = variable.with_set(inside)
    if node is not None:
        known[name], _ = known[name].with_set(frozenset(known[name].categories) - inside)
    return node


def _years(before: Earlier, spec: Spec, variables: Mapping[str, Variable]) -> dict[str, tuple[str, ...]]:
    """The categories of the period variable that the earlier release was confined to; none for the same period."""
    if before.period in (spec.period, WHENEVER):
        return {}
    variable = variables.get(spec.period_variable)
    first, last = before.period.first, before.period.last
    if variable is not None and first is not None and last is not None:
        whole = (first.month, first.day) == (1, 1) and (last.month, last.day) == (12, 31)
        years = tuple(str(year) for year in range(first.year, last.year + 1))
        if whole and set(years) <= set(variable.categories):
            return {variable.name: years}
    raise refusal("overlapping-periods", spec.where, name=before.name)


def agreed(keys: Sequence[Key], earlier: Sequence[Earlier]) -> dict[Key, int]:
    """For the cells that earlier releases printed, the value: the same cell should read the same."""
    found: dict[Key, int] = {}
    for before in earlier:
        for key in keys:
            value = before.values.get(key)
            if value is not None:
                found.setdefault(key, value)
    return found


def earlier_in(found: Directory) -> Earlier:
    """An earlier release as what a reader knows from its directory: for each cell the counts that it allows.

    Raises `BadInput` where its checksums, or a seal that can be looked at, do not fit.
    """
    broken = tuple(part for part in found.broken if part != "key")
    if broken:
        raise refusal("not-as-sealed", "", name=found.name, problem=", ".join(broken))
    told = {row.key: row for rows in found.rows.values() for row in rows}
    bounds = {cell: _bounds(row, found) for cell, row in told.items()}
    values = {cell: row.value if row.status == ROUNDED else None for cell, row in told.items()}
    groups = {name: _groups(variable) for name, variable in found.spec.variables.items() if variable.groups}
    return Earlier(found.name, bounds, values, found.spec.period, groups)


def _groups(variable: VariableSpec) -> Mapping[str, frozenset[str]]:
    members = {member for listed in variable.groups.values() for member in listed if member not in variable.groups}
    return nested(variable.name, variable.groups, variable.categories or members)


def _bounds(row: Row, found: Directory) -> tuple[int, int | None]:
    policy = found.spec.policy
    if row.status == ROUNDED and row.value is not None:
        steps = int(found.note.get("rounding", {}).get("steps", 1))
        return max(0, row.value - policy.base * steps + 1), row.value + policy.base * steps - 1
    if row.value is not None:
        return row.value, row.value
    least = 1 if policy.zeros == "printed" else 0
    if row.status == SMALL:
        return least, policy.k - 1
    assert row.status == WITHHELD
    return least, None
