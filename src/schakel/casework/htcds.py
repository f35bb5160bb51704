"""HTCDS 2.0 in and out, by its exact names: what has a place here goes there, the rest stays as it came and is counted.

The list of fields is content (`content/casework/htcds.yaml`), made from the Human Trafficking Case Data Standard of IOM
(version 2.0, CC BY 4.0). A row is what a spreadsheet holds: one word a field, several values set apart by a semicolon.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schakel.mechanism.content import Content
from schakel.networks.model import SharingBook
from schakel.rules.documents import Item
from schakel.vocabulary.errors import refused
from schakel.vocabulary.texts import Text

NUMBER = re.compile(r"-?\d+(\.\d+)?")
CODE = re.compile(r"[A-Za-z]{2,3}")
TICKS = ("true", "false")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the standard, with its place here (empty: no equivalent) and the values that have one.

    `ours` gives our value for theirs, `out` theirs for values of ours that they lump together. `suspects` marks a field
    that may hold a suspect's name; `shared_as` is the kind of data of a field without a fact.
    """

    name: str
    section: str
    label: str
    type: str
    kind: str
    core: bool
    deprecated: bool
    suspects: bool
    codes: str
    place: str
    values: tuple[str, ...]
    ours: Mapping[str, str]
    out: Mapping[str, str]
    note: Text | None
    shared_as: str

    def permits(self, word: str) -> bool:
        """Whether the standard allows this word in this field."""
        if self.kind == "day":
            return _is_day(word)
        if self.kind == "tick":
            return word in TICKS
        if self.kind == "number":
            return bool(NUMBER.fullmatch(word))
        parts = word.split(";") if self.kind == "many" else [word]
        if self.codes:
            return all(CODE.fullmatch(part) for part in parts)
        return not self.values or all(part in self.values for part in parts)


@dataclass(frozen=True, slots=True)
class Standard:
    """All fields by name, in the order of the standard."""

    fields: Mapping[str, Field]
    standard: str
    licence: str

    @property
    def live(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields.values() if not one.deprecated)

    def field(self, name: str) -> Field:
        """The field of this name; a sentence with the nearest ones otherwise."""
        if name in self.fields:
            return self.fields[name]
        close = ", ".join(difflib.get_close_matches(name, self.fields, n=3)) or "docs/reference/htcds.md"
        raise refused(("HTCDS 2.0 has no field '{name}'", f"See {close}, or use a mapping file"),
                      ("HTCDS 2.0 heeft geen veld '{name}'", f"Zie {close}, of neem een koppelbestand"),
                      name=name)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """A row as it stands with us: `places` holds what has a place, `kept` the words of fields as they came.

    A field is in `kept` when its words do not follow from our values alone. `faults` are fields whose words the
    standard does not allow; they are kept too.
    """

    places: Mapping[str, tuple[str, ...]]
    kept: Mapping[str, str]
    faults: tuple[str, ...] = ()


@lru_cache(maxsize=4)
def standard(content: Content) -> Standard:
    """The field list of a content."""
    tops = (Item(document.data, document) for document in content.documents("casework"))
    top = next(top for top in tops if top.word("kind") == "htcds")
    sections = top.need("shared_as")
    fields = {one.word("field"): _field(one, sections) for one in top.items("fields")}
    return Standard(fields, top.word("standard"), top.word("licence"))


def _field(item: Item, sections: Mapping[str, str]) -> Field:
    def told(key: str) -> dict[str, str]:
        return {str(theirs): str(ours) for theirs, ours in item.get(key, {}).items()}

    return Field(
        name=item.word("field"), section=item.word("section"), label=item.word("label"), type=item.word("type"),
        kind=item.word("kind"), core=bool(item.get("core")), deprecated=bool(item.get("deprecated")),
        suspects=bool(item.get("suspects")), codes=str(item.get("codes", "")), place=str(item.get("place", "")),
        values=item.words("values"), ours=told("ours"), out=told("out"), note=item.maybe_text("note"),
        shared_as=str(sections[item.word("section")]),
    )  # fmt: skip


def read_row(form: Standard, row: Mapping[str, str]) -> Record:
    """A row of the standard as a record. Raises `BadInput` for a column that the standard does not have."""
    places: dict[str, tuple[str, ...]] = {}
    kept: dict[str, str] = {}
    faults: list[str] = []
    for name, word in row.items():
        field = form.field(name)
        if not word:
            continue
        allowed = field.permits(word)
        if not allowed:
            faults.append(name)
        if allowed and field.place:
            places[field.place] = inward(field, word)
        if not (allowed and field.place) or outward(field, places[field.place])[0] != word:
            kept[name] = word
    return Record({place: values for place, values in places.items() if values}, kept, tuple(faults))


def write_row(form: Standard, record: Record, *, deprecated: bool = False) -> dict[str, str]:
    """The record as a row, by the names of the standard and in its order; empty fields are left out.

    What was kept as it came goes out as it came, as long as our values still agree with it; where they changed, what
    is ours goes out, with those of the kept values that have no place here.
    """
    row = {}
    for field in form.fields.values():
        word = _word(field, record)
        if word and (deprecated or not field.deprecated):
            row[field.name] = word
    return row


def kind_of_data(book: SharingBook, field: Field) -> str:
    """The kind of data as which a field is shared: by its fact, as contact data, or by its section."""
    place, _, rest = field.place.partition(":" if field.place.startswith("fact:") else ".")
    if place == "fact":
        return book.field_of[rest]
    return place if place in book.fields else field.shared_as


def shared_row(
    form: Standard, book: SharingBook, record: Record, allowed: Collection[str]
) -> tuple[dict[str, str], tuple[str, ...]]:
    """The row that a receiver may have: only fields of the allowed kinds of data; and the fields that were left out.

    `allowed` are the kinds of data of the receiver's slice. A field that may hold a suspect's name never goes along.
    """
    row = write_row(form, record)
    fields = {name: form.fields[name] for name in row}
    kept = {n: row[n] for n, one in fields.items() if kind_of_data(book, one) in allowed and not one.suspects}
    return kept, tuple(name for name in row if name not in kept)


def _word(field: Field, record: Record) -> str:
    kept, ours = record.kept.get(field.name, ""), record.places.get(field.place, ()) if field.place else ()
    if not field.place or (kept and (field.name in record.faults or set(inward(field, kept)) == set(ours))):
        return kept
    word = outward(field, ours)[0]
    if not kept or field.kind != "many":
        return word
    without = [part for part in kept.split(";") if field.ours and part not in field.ours]
    return ";".join(dict.fromkeys([*filter(None, word.split(";")), *without]))


def inward(field: Field, word: str) -> tuple[str, ...]:
    """Our values for the words of a field; those without a place are left out."""
    parts = word.split(";") if field.kind == "many" else [word]
    if not field.ours:
        return tuple(parts)
    return tuple(dict.fromkeys(field.ours[part] for part in parts if part in field.ours))


def outward(field: Field, ours: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """The words of a field for our values, in the order of the standard; and our values that have no equivalent."""
    if not field.ours:
        return ";".join(ours), ()
    back = dict(field.out)
    for theirs, own in field.ours.items():
        back.setdefault(own, theirs)
    values = tuple(ours)
    words = {back[value] for value in values if value in back}
    order = field.values or tuple(back.values())
    return ";".join(one for one in order if one in words), tuple(value for value in values if value not in back)


def counted(form: Standard, records: Iterable[Record]) -> Counter[tuple[str, str]]:
    """How often something had no place here: by field, and by value for fields with a list of values.

    Free text is counted by its field alone, so that no count holds what somebody wrote.
    """
    found: Counter[tuple[str, str]] = Counter()
    for record in records:
        for name, word in record.kept.items():
            field = form.fields[name]
            parts = word.split(";") if field.kind == "many" and field.values else [word]
            for part in parts:
                if part not in field.ours:
                    found[name, part if part in field.values else ""] += 1
    return found


def no_equivalent(form: Standard, records: Iterable[Record]) -> Counter[tuple[str, str]]:
    """How often a value of ours has no equivalent in the standard, by field and value; that goes out as nothing."""
    return Counter(
        (field.name, value)
        for record in records for field in form.live if field.ours
        for value in outward(field, record.places.get(field.place, ()))[1]
    )  # fmt: skip


def _is_day(word: str) -> bool:
    try:
        return date.fromisoformat(word).isoformat() == word
    except ValueError:
        return False
