"""The tables that pass between rooms: their columns, the kind of each, and what makes a row one of a kind.

A table is a pandas `DataFrame`; this module declares and checks, and never loads pandas itself. Each room checks what
comes in at its own door, so that a wrong table is told where it enters and not three rooms further on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from schakel.vocabulary.errors import bad_input

if TYPE_CHECKING:
    import pandas as pd

# What a kind of column may hold, by the letter that NumPy gives a column's type; words come as objects or strings.
LETTERS: Final[Mapping[str, str]] = {"words": "OUTS", "whole": "iu", "number": "iuf", "yes-no": "b", "day": "MO"}

SAID: Final[Mapping[str, Mapping[str, str]]] = {
    "words": {"en": "words", "nl": "woorden"},
    "whole": {"en": "whole numbers", "nl": "hele getallen"},
    "number": {"en": "numbers", "nl": "getallen"},
    "yes-no": {"en": "true or false", "nl": "waar of onwaar (true, false)"},
    "day": {"en": "days", "nl": "dagen"},
}


@dataclass(frozen=True)
class Column:
    """One column: its name, the kind of its values, whether a value may be missing, and what it means."""

    name: str
    kind: str
    means: str
    missing: bool = False


@dataclass(frozen=True)
class Passing:
    """A table that passes between rooms. `key` names the columns that together make a row one of a kind."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    others: bool = field(default=False)
    """Whether further columns may come along (strata, lists, facts by their vocabulary id)."""
    may: tuple[Column, ...] = ()
    """Columns that need not be there; where one is, it is of its kind."""


def check(table: pd.DataFrame, form: Passing) -> pd.DataFrame:
    """The same table, once every declared column is there, of its kind, complete and unique by its key.

    Raises `BadInput` with the table, the column and the remedy. Costs one pass over each declared column.
    """
    for column in form.columns:
        if column.name not in table.columns:
            raise bad_input("table-column", form.name, name=column.name)
        values = table[column.name]
        if not _may_be(values, column.kind):
            raise bad_input("table-kind", form.name, name=column.name, kind=SAID[column.kind])
        if not column.missing and values.isna().any():
            raise bad_input("table-empty", form.name, name=column.name, count=int(values.isna().sum()))
    for column in form.may:
        if column.name in table.columns and not _may_be(table[column.name], column.kind):
            raise bad_input("table-kind", form.name, name=column.name, kind=SAID[column.kind])
    if not form.others and (more := [str(name) for name in table.columns if name not in _names(form)]):
        raise bad_input("table-unknown", form.name, name=", ".join(more))
    if form.key and (count := int(table.duplicated(list(form.key)).sum())):
        raise bad_input("table-key", form.name, name=", ".join(form.key), count=count)
    return table


def _names(form: Passing) -> set[str]:
    return {column.name for column in (*form.columns, *form.may)}


def _may_be(values: pd.Series[Any], kind: str) -> bool:
    """Whether a column can be read as its kind: an empty one can. Words are neither numbers nor yes or no."""
    if not len(values) or values.isna().all():
        return True
    return getattr(values.dtype, "kind", "O") in LETTERS[kind]


PEOPLE: Final = Passing(
    "people",
    (
        Column("person", "whole", "who this is, in truth"),
        Column("given_names", "words", "given names as the person uses them"),
        Column("surname", "words", "surname, with its prefix"),
        Column("birth_date", "day", "true day of birth"),
        Column("sex", "words", "sex as registers know it"),
        Column("nationality", "words", "nationality, three letters; further ones stand in `nationalities`"),
    ),
    ("person",),
    others=True,
    may=(
        Column("nationalities", "words", "all nationalities, with blanks between"),
        Column("alias", "words", "another name that the person goes by"),
        Column("stated_birth_date", "day", "day of birth in the person's own papers"),
        Column("number", "words", "national number (a synthetic one is never valid)"),
        Column("form", "words", "form of exploitation: a value of the fact `form`; a further one in `second_form`"),
        Column("sector", "words", "a value of the fact `sector`"),
        Column("domestic", "yes-no", "victims and offenders both from the country of exploitation"),
        Column("municipality", "words", "code of the municipality, with its `safety_region` and `police_unit`"),
        Column("nationality_group", "words", "a value of the fact `nationality`"),
        Column("first_year", "whole", "first year of exploitation that is looked at; the last in `last_year`"),
    ),
)
ENCOUNTERS: Final = Passing(
    "encounters",
    (
        Column("encounter", "whole", "which meeting"),
        Column("person", "whole", "who was met, in truth"),
        Column("at", "day", "day of the meeting"),
        Column("finder", "words", "who met the person: a value of the fact `finder`"),
    ),
    ("encounter", "person"),
    others=True,
)
"""A further column is a fact by its id; what is not known is missing; several values have blanks between them."""
REGISTRATIONS: Final = Passing(
    "registrations",
    (
        Column("record", "whole", "which registration"),
        Column("list", "words", "which organisation's list it stands on"),
        Column("registered_on", "day", "day of registration"),
        Column("given_names", "words", "as this list wrote them", missing=True),
        Column("surname", "words", "as this list wrote it", missing=True),
        Column("birth_date", "words", "as this list wrote it: 1999-05-03, 1999, or nothing", missing=True),
        Column("sex", "words", "as this list wrote it", missing=True),
        Column("nationality", "words", "as this list wrote it", missing=True),
    ),
    ("record",),
    others=True,
    may=(
        Column("number", "words", "national number as this list wrote it"),
        Column("age", "number", "age at registration; an estimate where `age_estimated`"),
        Column("age_estimated", "yes-no", "whether the list did not know the day of birth"),
        Column("municipality", "words", "code of the municipality"),
        Column("form", "words", "a value of the fact `form`"),
        Column("sector", "words", "a value of the fact `sector`"),
        Column("domestic", "words", "yes, no or unknown"),
        Column("identified", "yes-no", "whether it carries an identity; one that does not is counted, never linked"),
    ),
)
EVENTS: Final = Passing(
    "events",
    (
        Column("pseudonym", "words", "the person, under a name that only this extract knows"),
        Column("duty", "words", "id of the duty"),
        Column("content_hash", "words", "fingerprint of the content under which it was made"),
        Column("holder_kind", "words", "kind of organisation that holds it"),
        Column("state", "words", "state that it went into"),
        Column("at", "day", "when"),
    ),
    others=True,
    may=(
        Column("about", "words", "duty or referral"),
        Column("case", "whole", "which case of this extract it belongs to"),
    ),
)
TRUTH: Final = Passing(
    "truth",
    (Column("record", "whole", "which registration"), Column("person", "whole", "who it is about")),
    ("record",),
    others=True,
    may=(
        Column("encounter", "whole", "the meeting that it came from"),
        Column("list", "words", "the list it stands on"),
        Column("year", "whole", "true stratum: the year; further ones in columns of their own"),
    ),
)
POPULATION: Final = Passing(
    "population",
    (
        Column("people", "whole", "how many people there are in this stratum, on a list or not"),
        Column("within_reach", "whole", "how many of them some list could reach"),
        Column("registered", "whole", "how many of them are on a list in that year"),
    ),
    others=True,
)
"""How many there are in truth, by stratum: further columns are the strata. Only a simulation can know it."""
CLUSTERS: Final = Passing(
    "clusters",
    (
        Column("record", "whole", "which registration"),
        Column("person", "whole", "number of the person that linkage found"),
        Column("draw", "whole", "which draw of the link decisions; 0 is the best one"),
    ),
    ("record", "draw"),
)
HISTORIES: Final = Passing(
    "histories",
    (
        Column("count", "whole", "how many people have this history"),
        Column("draw", "whole", "which draw of the link decisions; 0 is the best one"),
    ),
    others=True,
)
