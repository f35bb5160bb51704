"""Bringing in another database by a mapping file: first a plan that shows what would happen, with errors as rows.

Nothing is written here. An error names row, column and what to do, and never the value: it may be somebody's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, Final

from schakel.casework.person import CasePerson, Exploitation, Identity
from schakel.mechanism.content import Content
from schakel.mechanism.situation import Claim
from schakel.rules.documents import Item
from schakel.rules.reading import Document
from schakel.vocabulary.errors import refused
from schakel.vocabulary.facts import Fact
from schakel.vocabulary.texts import Text, text

IDENTITY: Final = frozenset(part.name for part in fields(Identity))
LISTS: Final = frozenset({"nationalities", "aliases"})
MOST_ROWS: Final = 100_000
UNREADABLE: Final = text({
    "nl": "deze waarde staat niet in het koppelbestand en is geen waarde van dit feit; vul het koppelbestand aan",
    "en": "this value is not in the mapping file and is no value of this fact; add it to the mapping file",
})  # fmt: skip
NO_DAY: Final = text({
    "nl": "dit is geen dag in de vorm die het koppelbestand noemt; verbeter de dag of de vorm",
    "en": "this is no day in the form that the mapping file names; correct the day or the form",
})  # fmt: skip
LATER: Final = text({
    "nl": "deze dag ligt in de toekomst; verbeter de dag", "en": "this day lies in the future; correct the day",
})  # fmt: skip
NO_KEY: Final = text({
    "nl": "de rij heeft geen nummer; geef elke rij een eigen nummer", "en": "the row has no key; give each row its own",
})  # fmt: skip
TWICE: Final = text({
    "nl": "dit nummer staat al in een eerdere rij; geef elke rij een eigen nummer",
    "en": "this key stands in an earlier row already; give each row its own",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column goes: `identity.<part>`, `fact:<id>`, or nowhere; how its values and days are written."""

    name: str
    to: str
    values: Mapping[str, str]
    split: str
    day: str
    leave_out: bool


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping file: which column is the key, and where each column goes."""

    key: str
    source: str
    columns: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one cell: the row (from 1), the column, and the sentence; never the value."""

    row: int
    column: str
    what: Text


@dataclass(frozen=True, slots=True)
class Planned:
    """One row as it would come in: the person, and the cells that are kept as they came."""

    row: int
    key: str
    person: CasePerson
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import would do. `kept` counts per column how many cells have no place here, `left_out` those dropped."""

    planned: tuple[Planned, ...]
    errors: tuple[RowError, ...]
    kept: Mapping[str, int]
    left_out: Mapping[str, int]

    def error_rows(self, lang: str) -> tuple[dict[str, str], ...]:
        """The errors as rows of a file to give back."""
        return tuple({"row": str(one.row), "column": one.column, "error": one.what(lang)} for one in self.errors)

    def summary(self) -> dict[str, int]:
        """The numbers of a dry run."""
        rows = {one.row for one in self.errors}
        return {
            "rows_in": len(self.planned), "rows_with_errors": len(rows), "errors": len(self.errors),
            "cells_kept": sum(self.kept.values()), "cells_left_out": sum(self.left_out.values()),
        }  # fmt: skip


def mapping(content: Content, document: Document) -> MappingFile:
    """A mapping file, read by `schakel.rules.reading`. Raises `BadInput` with the line of what does not exist."""
    top = Item(document.data if isinstance(document.data, dict) else {}, document)
    columns = top.need("columns")
    if not isinstance(columns, dict) or not columns:
        raise refused(("'columns' wants a line for each column", "Write 'Column name: {{to: fact:form}}'"),
                      ("'columns' wil een regel per kolom", "Schrijf 'Naam van de kolom: {{to: fact:form}}'"),
                      where=top.where)  # fmt: skip
    found = {str(name): _column(content, top, str(name)) for name in columns}
    return MappingFile(top.word("key"), str(top.get("source", "import")), found)


def _column(content: Content, top: Item, name: str) -> Column:
    where = top.document.where((*top.path, "columns", name))
    data = top.data["columns"][name]
    item = Item(data if isinstance(data, dict) else {}, top.document, (*top.path, "columns", name))
    to = str(item.get("to", ""))
    part, fact = to.removeprefix("identity."), to.removeprefix("fact:")
    if to and not (to.startswith("identity.") and part in IDENTITY) and not (to != fact and fact in content.facts):
        raise refused(("there is no place '{name}'", "Use identity.surname and the like, or fact: with an id"),
                      ("er is geen plek '{name}'", "Gebruik identity.surname en dergelijke, of fact: met een id"),
                      where=where, name=to)  # fmt: skip
    values = {str(theirs): str(ours) for theirs, ours in (item.get("values") or {}).items()}
    if to != fact and content.facts[fact].kind in ("choice", "many"):
        for ours in values.values():
            if ours not in content.facts[fact].value_ids:
                raise refused(("'{value}' is no value of this fact", "See docs/reference/facts.md"),
                              ("'{value}' is geen waarde van dit feit", "Zie docs/reference/facts.md"),
                              where=where, value=ours)  # fmt: skip
    split, day = str(item.get("split", "")), str(item.get("day", "%Y-%m-%d"))
    return Column(name, to, values, split, day, bool(item.get("leave_out")))


def plan_import(content: Content, how: MappingFile, rows: Iterable[Mapping[str, str]], on: date) -> ImportPlan:
    """What would come in. A row with an error comes in nowhere: it is given back whole as errors.

    A column that the mapping does not name is kept as it came. Raises `BadInput` above 100,000 rows.
    """
    planned: list[Planned] = []
    errors: list[RowError] = []
    seen: set[str] = set()
    kept: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for number, row in enumerate(rows, start=1):
        if number > MOST_ROWS:
            raise refused(("the file has more than {most} rows", "Split it"),
                          ("het bestand heeft meer dan {most} rijen", "Splits het"), most=MOST_ROWS)  # fmt: skip
        one, wrong = _row(content, how, number, row, on)
        if one.key in seen:
            wrong = (*wrong, RowError(number, how.key, TWICE))
        seen.add(one.key)
        errors += wrong
        if not wrong:
            planned.append(one)
            kept.update(one.kept.keys())
        left.update(name for name, word in row.items() if word and name in how.columns and how.columns[name].leave_out)
    return ImportPlan(tuple(planned), tuple(errors), dict(kept), dict(left))


def _row(
    content: Content, how: MappingFile, number: int, row: Mapping[str, str], on: date
) -> tuple[Planned, tuple[RowError, ...]]:
    """One row as a person, with what is wrong with it."""
    key = str(row.get(how.key, "")).strip()
    wrong = [] if key else [RowError(number, how.key, NO_KEY)]
    person, kept = CasePerson(key), {}
    for name, raw in row.items():
        word, column = str(raw).strip(), how.columns.get(name)
        if not word or name == how.key or (column and column.leave_out):
            continue
        if column is None or not column.to:
            kept[name] = word
        elif column.to.startswith("identity."):
            person = replace(person, identity=_identity(person.identity or Identity(), column, word))
        else:
            claim = _claim(content.facts[column.to.removeprefix("fact:")], column, word, how.source, on)
            if isinstance(claim, Claim):
                person = person.tell(claim)
            else:
                wrong.append(RowError(number, name, claim))
    forms = tuple(value for claim in person.told("form") for value in claim.values)
    if forms:
        person = person.exploited(Exploitation(how.source, forms))
    return Planned(number, key, person, kept), tuple(wrong)


def _identity(identity: Identity, column: Column, word: str) -> Identity:
    part = column.to.removeprefix("identity.")
    words = tuple(filter(None, (one.strip() for one in word.split(column.split)))) if column.split else (word,)
    value = tuple(column.values.get(one, one) for one in words)
    before = getattr(identity, part)
    changed: dict[str, Any] = {part: (*before, *value) if part in LISTS else " ".join((before, *value)).strip()}
    return replace(identity, **changed)


def _claim(fact: Fact, column: Column, word: str, source: str, on: date) -> Claim | Text:
    """What a cell says of a fact, or the sentence why it cannot be read."""
    if fact.kind == "date":
        day = _day(word, column.day)
        if day is None or day > on:
            return NO_DAY if day is None else LATER
        return Claim(fact.id, (), day=day, source=source, certainty="document")
    words = [one.strip() for one in word.split(column.split)] if column.split else [word]
    values = tuple(dict.fromkeys(column.values.get(one, one) for one in words if one))
    if fact.kind in ("choice", "many") and not set(values) <= set(fact.value_ids):
        return UNREADABLE
    return Claim(fact.id, values, source=source, certainty="document")


def _day(word: str, form: str) -> date | None:
    try:
        return datetime.strptime(word, form).date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None
