"""What an author hands over for a release: refused where it holds an identity, and brought down to counts at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import pandas as pd

from schakel.disclosure.intake import take_in
from schakel.disclosure.release import make_release
from schakel.disclosure.spec import Policy, Spec
from schakel.monitor.extract import REPORTS
from schakel.monitor.figures import COUNTED, chosen_years
from schakel.monitor.refusals import refusal
from schakel.monitor.release import release_data, release_spec
from schakel.vocabulary.texts import Text

if TYPE_CHECKING:
    from schakel.monitor.engines import Engine

IDENTITY: Final = frozenset(
    "given_names surname birth_date stated_birth_date alias number record name first_name last_name date_of_birth "
    "naam voornaam voornamen achternaam geboortedatum bsn v-nummer vnummer address adres postcode email e-mail phone "
    "telefoon passport paspoort pseudonym pseudoniem".split()
)
"""Columns that say who somebody is, in the words of our own tables and in common ones."""


def refuse_identity(table: pd.DataFrame) -> None:
    """Refuse a table with a column that says who somebody is. An extract of ours has pseudonyms that it alone knows."""
    for column in table.columns:
        if str(column).strip().lower() in IDENTITY:
            raise refusal("identity", "", name=column)


def is_extract(table: pd.DataFrame) -> bool:
    """Whether a table is an extract made by `make_extract`."""
    return {column.name for column in REPORTS.columns} <= set(table.columns)


def from_extract(
    extract: pd.DataFrame, engine: Engine, names: Sequence[str], years: str | None, *, name: str, title: Text,
    policy: Policy | None = None, earlier: Sequence[str] = (),
) -> tuple[Spec, pd.DataFrame]:  # fmt: skip
    """INTERNAL: the specification of these figures of an extract, and the true counts behind it."""
    spec = release_spec(
        names, chosen_years(extract, years), name=name, title=title, policy=policy, earlier=earlier
    )  # fmt: skip
    return spec, release_data(spec, engine, extract)


def reduced(
    spec: Spec, table: pd.DataFrame, further: Mapping[str, Collection[str]] = MappingProxyType({})
) -> tuple[Spec, pd.DataFrame]:
    """INTERNAL: the table as one row a combination with its count, and the specification that goes with it.

    Nothing is left in it but the variables that the release uses, and those in `further` that it has (an earlier
    release asks for them, and for the categories that it told apart).
    Raises `BadInput` for whatever the two do not have in common, at the moment of handing over.
    """
    refuse_identity(table)
    taken = take_in(spec, table, {name: apart for name, apart in further.items() if name in table.columns})
    columns = {
        name: [variable.categories[code] for code in taken.records[:, place]]
        for place, (name, variable) in enumerate(taken.variables.items())
    }
    counts = pd.DataFrame({**columns, COUNTED: taken.weights})
    made = replace(spec, count=COUNTED, total="")
    make_release(made, counts)
    return made, counts
