"""Which column of a list is which of ours: by our names, by the usual Dutch and English ones, or as a mapping says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from schakel.linkage.dates import PLACEHOLDERS
from schakel.linkage.refusals import refusal
from schakel.rules.reading import Document

OURS: Final = (
    "record", "list", "registered_on", "given_names", "surname", "birth_date", "sex", "nationality", "municipality",
    "number", "aliases", "age",
)  # fmt: skip
USUAL: Final[Mapping[str, tuple[str, ...]]] = {
    "list": ("lijst",),
    "registered_on": ("registratiedatum", "datum_registratie", "registration_date"),
    "given_names": ("voornamen", "voornaam", "first_name", "given_name", "forename"),
    "surname": ("achternaam", "familienaam", "last_name", "family_name"),
    "birth_date": ("geboortedatum", "date_of_birth", "dob", "birthdate"),
    "sex": ("geslacht", "gender"),
    "nationality": ("nationaliteit",),
    "municipality": ("gemeente",),
    "number": ("bsn", "persoonsnummer", "national_number"),
    "aliases": ("alias", "aliassen", "roepnaam"),
    "age": ("leeftijd",),
}
KEYS: Final = ("columns", "exact", "text", "once", "placeholders", "lists")
WIDEST: Final = 500


@dataclass(frozen=True)
class ColumnMapping:
    """A mapping as a person wrote it: our column to theirs (for all lists, and by list), and how lists are read."""

    columns: Mapping[str, str] = field(default_factory=dict)
    by_list: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exact: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = PLACEHOLDERS

    def of(self, name: str) -> Mapping[str, str]:
        """The mapping for one list: its own lines before those for all."""
        return {**self.columns, **self.by_list.get(name, {})}


def parse_mapping(document: Document) -> ColumnMapping:
    """A mapping from its YAML; a sentence with the line says what is wrong."""
    data = document.data
    if not isinstance(data, dict):
        raise refusal("mapping-form", document.where())
    for key in data:
        if key not in KEYS:
            raise refusal("mapping-key", document.where((key,)), name=key, keys=", ".join(KEYS))
    lists = data.get("lists") or {}
    if not isinstance(lists, dict):
        raise refusal("mapping-form", document.where(("lists",)))
    return ColumnMapping(
        _columns(document, data.get("columns"), ("columns",)),
        {str(name): _columns(document, lines, ("lists", name)) for name, lines in lists.items()},
        **{key: _words(document, data[key], key) for key in ("exact", "text", "once", "placeholders") if key in data},
    )


def _columns(document: Document, lines: Any, path: tuple[str, ...]) -> dict[str, str]:
    if lines is None:
        return {}
    if not isinstance(lines, dict):
        raise refusal("mapping-form", document.where(path))
    for key in lines:
        if key not in OURS:
            raise refusal("mapping-key", document.where((*path, key)), name=key, keys=", ".join(OURS))
    return {str(ours): str(theirs) for ours, theirs in lines.items()}


def _words(document: Document, value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise refusal("mapping-form", document.where((key,)))
    return tuple(value)


def chosen(header: Sequence[str], mapping: ColumnMapping, name: str) -> dict[str, int]:
    """Our column to its place in the header of the list `name`; further columns are those that the mapping names."""
    _refuse_header(header, name)
    places = {column: place for place, column in enumerate(header)}
    plain = {column.strip().lower().replace(" ", "_"): place for column, place in reversed(places.items())}
    found: dict[str, int] = {}
    asked = mapping.of(name)
    for ours in OURS:
        if ours in asked:
            if asked[ours] not in places:
                raise refusal("no-column", name, name=asked[ours], what=ours, columns=", ".join(header[:20]))
            found[ours] = places[asked[ours]]
        else:
            usual = [plain[word] for word in (ours, *USUAL.get(ours, ())) if word in plain]
            if usual:
                found[ours] = usual[0]
    if not {"given_names", "surname", "birth_date", "number"} & found.keys():
        raise refusal("no-names", name)
    for column in (*mapping.exact, *mapping.text):
        if column not in places:
            raise refusal("no-column", name, name=column, what="exact/text", columns=", ".join(header[:20]))
        found[column] = places[column]
    return found


def _refuse_header(header: Sequence[str], name: str) -> None:
    if len(header) > WIDEST:
        raise refusal("too-wide", name, count=len(header), limit=WIDEST)
    seen: set[str] = set()
    for column in header:
        if column in seen and column:
            raise refusal("column-twice", name, name=column)
        seen.add(column)
