"""An earlier release over (some of) the same people: what it printed is something a reader already knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from schakel.disclosure.cells import Key
from schakel.disclosure.refusals import refusal
from schakel.disclosure.space import Variable
from schakel.disclosure.spec import WHENEVER, Spec
from schakel.vocabulary.periods import Period

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

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for key in self.cells for name, _ in key))


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


def _named(before: Earlier, known: dict[str, Variable], part: tuple[str, str]) -> str | None:
    """The present name of a node of the earlier release."""
    name, node = part
    if node in before.groups.get(name, {}):
        return _node(known, name, before.groups[name][node])
    if node.startswith("{") and node not in known[name].categories:
        return _node(known, name, node[1:-1].split("|"))
    if node not in known[name].categories and node not in known[name].groups:
        raise refusal("unknown-category", before.name, value=node, name=name)
    return node


def _node(known: dict[str, Variable], name: str, members: Sequence[str] | frozenset[str]) -> str | None:
    """The node for some categories, made with its remainder where there is none yet; None for all of them."""
    known[name], node = known[name].with_set(members)
    if node is not None:
        known[name], _ = known[name].with_set(frozenset(known[name].categories) - frozenset(members))
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
