"""Reading a release's specification (YAML): every complaint names the line and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from schakel.disclosure.refusals import refusal
from schakel.disclosure.spec import (
    AVERAGE,
    FROM_PRINTED,
    KINDS,
    MARKS,
    MODES,
    RATE,
    SOURCES,
    WHENEVER,
    ZEROS,
    Beside,
    Policy,
    Spec,
    TableSpec,
    VariableSpec,
)  # fmt: skip
from schakel.rules.documents import Item, parse_day
from schakel.rules.reading import Document, read
from schakel.vocabulary.periods import Period
from schakel.vocabulary.texts import Text, text

TOP = (
    "kind", "id", "title", "people", "period", "period_variable", "mode", "policy", "base", "k", "zeros", "marks",
    "variables", "tables", "beside", "earlier", "count", "total", "missing",
)  # fmt: skip
FIGURE = ("name", "kind", "of", "per", "decimals", "from", "population", "scale", "over", "values")
PEOPLE = text({"nl": "mogelijke slachtoffers", "en": "possible victims"})


def policies(document: Document) -> Mapping[str, Policy]:
    """The policies of the content file, by id."""
    found = {}
    for item in Item(document.data, document).items("policies"):
        allowance = item.item("allowance")
        found[item.word("id")] = Policy(
            base=int(item.need("base")), k=int(item.need("k")), zeros=item.word("zeros"), marks=item.word("marks"),
            percent=int(allowance.need("percent")), bases=int(allowance.need("bases")),
        )  # fmt: skip
    return found


def parse_spec(raw: str | bytes, known: Mapping[str, Policy], name: str = "spec") -> Spec:
    """A specification from YAML text. `known` holds the policies that it may name.

    Raises `BadInput` for anything that is missing, unknown, twice or no choice; categories are checked when the data
    are there.
    """
    document = read(raw, name)
    if not isinstance(document.data, dict):
        raise refusal("no-key", document.where(), name="tables")
    top = Item(document.data, document)
    _only(top, TOP)
    _need(top, ("id", "tables"))
    tables = tuple(_table(item) for item in _items(top, "tables"))
    _once((table.name, table.where) for table in tables)
    beside = tuple(_figure(item) for item in _items(top, "beside")) if top.get("beside") else ()
    _once((figure.name, figure.where) for figure in beside)
    return Spec(
        name=top.word("id"), title=_text(top, "title") or text({"nl": top.word("id"), "en": top.word("id")}),
        people=_text(top, "people") or PEOPLE, policy=_policy(top, known), tables=tables, period=_period(top),
        variables=_variables(top), beside=beside, earlier=top.words("earlier"),
        period_variable=str(top.get("period_variable", "")), count=str(top.get("count", "")),
        total=str(top.get("total", "")), missing=str(top.get("missing", "unknown")), where=top.where,
    )  # fmt: skip


def _text(item: Item, key: str) -> Text | None:
    value = item.get(key)
    return text({"nl": value, "en": value}) if isinstance(value, str) else item.maybe_text(key)


def _policy(top: Item, known: Mapping[str, Policy]) -> Policy:
    named = str(top.get("policy", "default"))
    if named not in known:
        raise refusal("not-a-choice", _line(top, "policy"), value=named, name="policy", allowed=", ".join(known))
    policy = replace(known[named], mode=_choice(top, "mode", MODES, MODES[0]))
    return replace(
        policy, base=_whole(top, "base", policy.base, 2), k=_whole(top, "k", policy.k, 2),
        zeros=_choice(top, "zeros", ZEROS, policy.zeros), marks=_choice(top, "marks", MARKS, policy.marks),
    )  # fmt: skip


def _period(top: Item) -> Period:
    if top.get("period") is None:
        return WHENEVER
    item = _mapping(top, "period")
    _only(item, ("from", "to"))
    where = item.where
    days = [parse_day(item.data[key], where) if item.get(key) is not None else None for key in ("from", "to")]
    if days[0] and days[1] and days[0] > days[1]:
        raise refusal("not-a-period", where)
    return Period(days[0], days[1])


def _variables(top: Item) -> Mapping[str, VariableSpec]:
    if top.get("variables") is None:
        return {}
    found = {}
    holder = _mapping(top, "variables")
    for name in holder.data:
        item = _mapping(holder, name)
        _only(item, ("categories", "groups", "title"))
        listed = item.words("categories") if item.get("categories") is not None else None
        _once((category, item.where) for category in listed or ())
        groups = _mapping(item, "groups") if item.get("groups") is not None else None
        members = {group: groups.words(group) for group in groups.data} if groups else {}
        found[name] = VariableSpec(name, listed, members, _text(item, "title"), item.where)
    return found


def _table(item: Item) -> TableSpec:
    _only(item, ("name", "by", "where", "title"))
    _need(item, ("name", "by"))
    by = item.words("by")
    if not by:
        raise refusal("not-a-list", item.where, name="by")
    _once((name, item.where) for name in by)
    condition = _mapping(item, "where") if item.get("where") is not None else None
    wanted = {name: condition.words(name) for name in condition.data} if condition else {}
    for name in wanted:
        if name in by:
            raise refusal("twice", item.where, name=name)
    return TableSpec(item.word("name"), by, wanted, _text(item, "title"), item.where)


def _figure(item: Item) -> Beside:
    _only(item, FIGURE)
    _need(item, ("name", "kind", "of"))
    kind = _choice(item, "kind", KINDS, "")
    _need(item, {RATE: ("population",), AVERAGE: ("over", "values")}.get(kind, ("per",)))
    values = _mapping(item, "values").data if kind == AVERAGE else {}
    return Beside(
        name=item.word("name"), kind=kind, of=_words(item, "of"), per=_words(item, "per"),
        decimals=_whole(item, "decimals", 0, 0), source=_choice(item, "from", SOURCES, FROM_PRINTED),
        population=_whole(item, "population", 0, 1 if kind == RATE else 0), scale=_whole(item, "scale", 100_000, 1),
        over=str(item.get("over", "")), values={name: _number(value, item.where) for name, value in values.items()},
        where=item.where,
    )  # fmt: skip


def _number(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise refusal("not-a-number", where, name="values", least=0)
    return value


def _words(item: Item, key: str) -> Mapping[str, str]:
    if item.get(key) is None:
        return {}
    return {name: str(value) for name, value in _mapping(item, key).data.items()}


def _line(item: Item, key: str) -> str:
    return item.document.where((*item.path, key))


def _mapping(item: Item, key: str) -> Item:
    value = item.get(key)
    data = {} if value is None else value
    if not isinstance(data, dict):
        raise refusal("not-a-choice", _line(item, key), value=data, name=key, allowed="'name: value'")
    return Item(data, item.document, (*item.path, key))


def _items(item: Item, key: str) -> list[Item]:
    value = item.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(entry, dict) for entry in value):
        raise refusal("not-a-list", _line(item, key), name=key)
    return list(item.items(key))


def _only(item: Item, allowed: tuple[str, ...]) -> None:
    for name in item.data:
        if name not in allowed:
            raise refusal("unknown-key", _line(item, name), name=name, allowed=", ".join(allowed))


def _need(item: Item, names: tuple[str, ...]) -> None:
    for name in names:
        if item.get(name) is None:
            raise refusal("no-key", item.where, name=name)


def _choice(item: Item, key: str, allowed: tuple[str, ...], otherwise: str) -> str:
    value = str(item.get(key, otherwise))
    if value not in allowed:
        raise refusal("not-a-choice", _line(item, key), value=value, name=key, allowed=", ".join(allowed))
    return value


def _whole(item: Item, key: str, otherwise: int, least: int) -> int:
    value = item.get(key, otherwise)
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise refusal("not-a-number", _line(item, key), name=key, least=least)
    return value


def _once(names: Iterable[tuple[str, str]]) -> None:
    seen: set[str] = set()
    for name, where in names:
        if name in seen:
            raise refusal("twice", where, name=name)
        seen.add(name)
