"""The specification as it is published with a release: what was asked, without the author's remarks and folders."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any

import yaml

from schakel.disclosure.spec import AVERAGE, RATE, ROUNDING, Beside, Spec, TableSpec
from schakel.vocabulary.texts import Text


def spec_text(spec: Spec) -> str:
    """YAML that `parse_spec` reads back to the same release; of earlier releases only the folder's name is told."""
    return str(yaml.safe_dump(_spec(spec), allow_unicode=True, sort_keys=False, width=110))


def _spec(spec: Spec) -> dict[str, Any]:
    policy = spec.policy
    made: dict[str, Any] = {
        "kind": "release", "id": spec.name, "title": _text(spec.title), "people": _text(spec.people),
        "mode": policy.mode, "base": policy.base, "k": policy.k,
    }  # fmt: skip
    if policy.mode != ROUNDING:
        made |= {"zeros": policy.zeros, "marks": policy.marks}
    if spec.period.first or spec.period.last:
        days = (("from", spec.period.first), ("to", spec.period.last))
        made["period"] = {name: day.isoformat() for name, day in days if day}
    for name in ("period_variable", "count", "total"):
        if getattr(spec, name):
            made[name] = getattr(spec, name)
    made["missing"] = spec.missing
    if spec.variables:
        made["variables"] = {name: _variable(spec, name) for name in spec.variables}
    made["tables"] = [_table(table) for table in spec.tables]
    if spec.beside:
        made["beside"] = [_figure(figure) for figure in spec.beside]
    if spec.earlier:
        made["earlier"] = [PurePath(name).name for name in spec.earlier]
    return made


def _text(words: Text) -> dict[str, str]:
    return {tag: words.by_tag[tag] for tag in words.tags}


def _variable(spec: Spec, name: str) -> dict[str, Any]:
    variable = spec.variables[name]
    made: dict[str, Any] = {}
    if variable.title:
        made["title"] = _text(variable.title)
    if variable.categories is not None:
        made["categories"] = list(variable.categories)
    if variable.groups:
        made["groups"] = {group: list(members) for group, members in variable.groups.items()}
    return made


def _table(table: TableSpec) -> dict[str, Any]:
    made: dict[str, Any] = {"name": table.name, "by": list(table.by)}
    if table.condition:
        made["where"] = {name: list(members) for name, members in table.condition.items()}
    return made | ({"title": _text(table.title)} if table.title else {})


def _figure(figure: Beside) -> dict[str, Any]:
    made: dict[str, Any] = {"name": figure.name, "kind": figure.kind, "of": dict(figure.of)}
    if figure.kind == RATE:
        made |= {"population": figure.population, "scale": figure.scale}
    elif figure.kind == AVERAGE:
        made |= {"over": figure.over, "values": dict(figure.values)}
    else:
        made["per"] = dict(figure.per)
    return made | {"decimals": figure.decimals, "from": figure.source}
