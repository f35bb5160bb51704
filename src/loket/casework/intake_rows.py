"""From the rows of another database to persons here: what each would become, and what is wrong with it.

Nothing is written. A row becomes a facts document (as the wegwijzer makes one), who it is, and cells without a place.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from schakel.casework.htcds import counted, read_row, standard
from schakel.casework.htcds_people import person_of
from schakel.casework.importing import MappingFile, RowError, mapping, plan_import
from schakel.casework.person import CasePerson, Identity
from schakel.mechanism.content import load
from schakel.mechanism.facts_file import from_data
from schakel.rules.reading import read
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import Text, text

HTCDS, MAPPING = "htcds", "mapping"
FORMS: Final = (HTCDS, MAPPING)
STORED: Final = (
    "identity.",
    "fact:",
)  # the places of the standard that our columns hold; the rest stays as it came
TWICE: Final = text({
    "nl": "deze rij staat al eerder in het bestand, woord voor woord; haal er een weg",
    "en": "this row stands in the file already, word for word; remove one of them",
})  # fmt: skip
EMPTY: Final = text({
    "nl": "in deze rij staat niets dat hier een plek heeft; vul een feit of een naam in",
    "en": "nothing in this row has a place here; fill in a fact or a name",
})  # fmt: skip


@dataclass(frozen=True)
class Coming:
    """One row as it would come in. `key` is the number that it has over there."""

    row: int
    key: str
    facts: Mapping[str, Any]
    identity: Identity | None
    kept: Mapping[str, str]


@dataclass(frozen=True)
class Arrival:
    """All of them, what is wrong, and how often a cell has no place here, by column (and value, of a closed list)."""

    coming: tuple[Coming, ...]
    errors: tuple[RowError, ...]
    no_place: Mapping[str, int] = field(default_factory=dict)

    @property
    def summary(self) -> dict[str, int]:
        return {
            "rows_in": len(self.coming), "rows_with_errors": len({one.row for one in self.errors}),
            "named": sum(one.identity is not None for one in self.coming), "cells_kept": sum(self.no_place.values()),
        }  # fmt: skip


def arrive(rows: Sequence[Mapping[str, str]], form: str, words: str, on: date) -> Arrival:
    """What these rows would become. `words` is the mapping file (YAML), where the form is one.

    Raises BadInput for a mapping file or a column that cannot be used at all.
    """
    return _checked(_by_mapping(rows, words, on) if form == MAPPING else _by_standard(rows, on), on)


def _by_mapping(rows: Sequence[Mapping[str, str]], words: str, on: date) -> Arrival:
    how: MappingFile = mapping(load(), read(words, "mapping"))
    plan = plan_import(load(), how, rows, on)
    coming = [Coming(one.row, one.key, facts(one.person), _known(one.person), one.kept) for one in plan.planned]
    return Arrival(tuple(coming), plan.errors, dict(plan.kept))


def _by_standard(rows: Sequence[Mapping[str, str]], on: date) -> Arrival:
    form, coming, records, seen = standard(load()), [], [], set()
    errors: list[RowError] = []
    for number, row in enumerate(rows, start=1):
        record, key = read_row(form, row), fingerprint(row)
        if key in seen:
            errors.append(RowError(number, "", TWICE))
            continue
        seen.add(key)
        records.append(record)
        person = person_of(record, "1", on)
        elsewhere = {
            name: word for name, word in row.items()
            if word and (place := form.fields[name].place) and not place.startswith(STORED)
        }  # fmt: skip
        coming.append(Coming(number, key, facts(person), _known(person), {**elsewhere, **record.kept}))
    found = Counter({f"{name}: {value}" if value else name: n for (name, value), n in counted(form, records).items()})
    return Arrival(tuple(coming), tuple(errors), dict(found))


def fingerprint(row: Mapping[str, str]) -> str:
    """The standard has no number for a case; the whole row tells it apart. It is kept as a keyed digest only."""
    words = json.dumps({name: word for name, word in row.items() if word}, sort_keys=True)
    return hashlib.sha256(words.encode()).hexdigest()


def _known(person: CasePerson) -> Identity | None:
    return person.identity if person.identity and person.identity.known else None


def facts(person: CasePerson) -> dict[str, Any]:
    """The facts of a person as a facts document tells them: many as a list, a day as a day."""
    kinds = load().facts
    told = {one.fact: _value(kinds[one.fact].kind, one.values, one.day) for one in person.claims if one.fact in kinds}
    if person.forms:
        told["form"] = list(person.forms)
    if (sector := next((one.sector for one in person.exploitations if one.sector), "")) and "sector" not in told:
        told["sector"] = sector
    return {name: value for name, value in told.items() if value not in ("", [], None)}


def _value(kind: str, values: tuple[str, ...], day: date | None) -> Any:
    if kind == "date":
        return day.isoformat() if day else None
    return list(values) if kind == "many" else (values[0] if values else "")


def document(one: Coming) -> dict[str, Any]:
    """The facts document of one row."""
    return {"persons": [{"id": "1", "facts": dict(one.facts)}]}


def _checked(arrival: Arrival, on: date) -> Arrival:
    """The same, with rows that the vocabulary or its constraints refuse turned into errors."""
    good: list[Coming] = []
    errors = list(arrival.errors)
    for one in arrival.coming:
        problem = _problem(one, on)
        if problem is None:
            good.append(one)
        else:
            errors.append(RowError(one.row, "", problem))
    return replace(arrival, coming=tuple(good), errors=tuple(sorted(errors, key=lambda error: error.row)))


def _problem(one: Coming, on: date) -> Text | None:
    if not one.facts and one.identity is None:
        return EMPTY
    try:
        from_data(load(), document(one), on=on)
    except BadInput as error:
        return text({"nl": error.say("nl"), "en": error.say("en")})
    return None


def as_rows(coming: Iterable[Coming]) -> list[dict[str, Any]]:
    """The rows as they wait, sealed, for a yes."""
    return [
        {
            "row": one.row, "key": one.key, "facts": dict(one.facts), "kept": dict(one.kept),
            "identity": {**vars_of(one.identity)} if one.identity else None,
        }
        for one in coming
    ]  # fmt: skip


def vars_of(identity: Identity) -> dict[str, Any]:
    return {name: getattr(identity, name) for name in Identity.__dataclass_fields__}


def from_rows(data: Iterable[Mapping[str, Any]]) -> list[Coming]:
    """The rows again, as they were planned."""
    return [Coming(one["row"], one["key"], one["facts"], _again(one["identity"]), one["kept"]) for one in data]


def _again(data: Mapping[str, Any] | None) -> Identity | None:
    if not data:
        return None
    lists = {part: tuple(data[part]) for part in ("nationalities", "aliases")}
    return Identity(**{**data, **lists})
