"""What would make a release possible that is not: categories to merge, found by trying, one merge after another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from schakel.disclosure.earlier import Earlier
from schakel.disclosure.findings import Finding
from schakel.disclosure.refusals import refusal
from schakel.disclosure.release import Release, make_release
from schakel.disclosure.spec import JOINED, Spec, VariableSpec
from schakel.vocabulary.errors import BadInput

MOST_MERGES: Final = 10
COUNT: Final = "how many people"
Failing = Callable[[Release], Sequence[Finding] | None]
"""The cells that cannot be protected in a release; None where that could not be found out in time."""


@dataclass(frozen=True)
class Merge:
    """Categories of a variable to take together; all of them: leave the variable out."""

    variable: str
    categories: tuple[str, ...]
    all: bool = False


def merges(release: Release, findings: Sequence[Finding], failing: Failing) -> tuple[Merge, ...]:
    """The merges, in order, after which nothing fails any more; () where none were found within reach.

    Each step tries, for every variable in the cells that fail, the category that is in most of them together with its
    smallest neighbour, and keeps the merge that leaves fewest cells failing.
    """
    if release.spec.beside:
        return ()  # figures name the categories that they need
    done: list[Merge] = []
    open_cells: Sequence[Finding] = findings
    for _ in range(MOST_MERGES):
        tried = [_tried(release, merge, failing) for merge in _candidates(release, open_cells)]
        usable = [each for each in tried if each is not None]
        if not usable:
            return ()
        merge, release, open_cells = min(usable, key=lambda each: (len(each[2]), each[0].all))
        done.append(merge)
        if not open_cells:
            return tuple(done)
    return ()


def _tried(release: Release, merge: Merge, failing: Failing) -> tuple[Merge, Release, Sequence[Finding]] | None:
    made = merged(release, merge)
    left = failing(made) if made else None
    return None if left is None or made is None else (merge, made, left)


def _candidates(release: Release, findings: Iterable[Finding]) -> Iterator[Merge]:
    """For each variable in what fails: its most troubled category with the smallest other one beside it."""
    printed = {name for table in release.spec.tables for name in table.by}
    variables = {name: variable for name, variable in release.cells.variables.items() if name in printed}
    trouble = Counter(
        (name, variables[name].shown(node)) for finding in findings for name, node in finding.key if name in variables
    )
    for name, variable in variables.items():
        conditioned = any(name in table.condition for table in release.spec.tables)
        troubled = [(count, node) for (n, node), count in trouble.items() if n == name and node in variable.visible]
        if conditioned or not troubled:
            continue
        if len(variable.visible) <= 2:
            yield Merge(name, variable.visible, all=True)
            continue
        node = max(troubled)[1]
        sizes = _sizes(release, name)
        family = [group for group in variable.groups.values() if variable.members(node) <= group]
        near = {variable.shown(category) for category in min(family, key=len)} if family else set(variable.visible)
        others = [category for category in variable.visible if category in near and category != node]
        if others:
            yield Merge(name, (node, min(others, key=lambda category: sizes[category])))


def _sizes(release: Release, name: str) -> Counter[str]:
    """How many people each printed category of a variable has."""
    variable, column = release.cells.variables[name], list(release.cells.variables).index(name)
    found: Counter[str] = Counter()
    for code, weight in zip(release.records[:, column].tolist(), release.weights.tolist(), strict=True):
        found[variable.shown(variable.categories[code])] += weight
    return found


def mended(
    spec: Spec, data: pd.DataFrame, merge: Merge, earlier: Sequence[Earlier] = ()
) -> tuple[Spec, pd.DataFrame]:  # fmt: skip
    """A specification and its data with the merge carried out, for an author who takes the advice.

    What `earlier` releases printed apart stays apart in the data: a reader knows it.
    Raises `BadInput` for a variable or category that the two do not have, and where nothing is left to print.
    """
    release = make_release(spec, data, earlier)
    if merge.variable not in release.cells.variables:
        raise refusal("no-variable", spec.where, name=merge.variable, allowed=", ".join(release.cells.variables))
    for category in merge.categories:
        if category not in release.cells.variables[merge.variable].visible:
            raise refusal("unknown-category", spec.where, value=category, name=merge.variable)
    changed, rows = _carried_out(release, merge)
    make_release(changed, rows, earlier)
    return changed, rows


def merged(release: Release, merge: Merge) -> Release | None:
    """The release with the merge carried out; None where it is no release any more."""
    try:
        return make_release(*_carried_out(release, merge), release.earlier)
    except BadInput:
        return None


def _carried_out(release: Release, merge: Merge) -> tuple[Spec, pd.DataFrame]:
    spec = _without(release.spec, merge.variable) if merge.all else _together(release, merge)
    return replace(spec, count=COUNT, total=""), _data(release)


def _data(release: Release) -> pd.DataFrame:
    columns = {
        name: np.array(variable.categories, dtype=object)[release.records[:, number]]
        for number, (name, variable) in enumerate(release.cells.variables.items())
    }
    return pd.DataFrame({**columns, COUNT: release.weights})


def _together(release: Release, merge: Merge) -> Spec:
    variable = release.cells.variables[merge.variable]
    named = dict.fromkeys(merge.categories, JOINED.join(merge.categories))
    categories = tuple(dict.fromkeys(named.get(category, category) for category in variable.visible))
    groups = {
        group: tuple(dict.fromkeys(named.get(shown, shown) for shown in map(variable.shown, sorted(members))))
        for group, members in variable.groups.items()
    }
    declared = release.spec.variables.get(merge.variable)
    kept = {group: members for group, members in groups.items() if len(members) > 1}
    changed = VariableSpec(merge.variable, categories, kept, declared.title if declared else None)
    return replace(release.spec, variables={**release.spec.variables, merge.variable: changed})


def _without(spec: Spec, name: str) -> Spec:
    tables = tuple(replace(table, by=tuple(n for n in table.by if n != name)) for table in spec.tables)
    kept = tuple(table for table in tables if table.by)
    if not kept:
        raise refusal("no-key", spec.where, name="tables")
    return replace(spec, tables=kept, variables={n: v for n, v in spec.variables.items() if n != name})
