"""Giving out synthetic records: the guard on single years, the synthesis, its proof, its errors and the attacks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from schakel.disclosure.coding import Coded, decode, encode
from schakel.disclosure.combinations import LengthError, error_table
from schakel.disclosure.dp import synthesise_dp
from schakel.disclosure.privacy import Membership, SinglingOut, membership, singling_out
from schakel.disclosure.refusals import refusal
from schakel.disclosure.synthesis import prove, synthesise
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.version import VERSION

if TYPE_CHECKING:
    from pandas import DataFrame

LENGTHS: Final = (1, 2, 3)
YEAR: Final = re.compile(r"year|jaar", re.IGNORECASE)
FEWEST: Final = 2
MOST_SEED: Final = 1 << 63


@dataclass(frozen=True)
class Years:
    """How the years were looked at: the column that tells them, and whether a single one was let through."""

    column: str
    single: bool


@dataclass(frozen=True)
class GivenOut:
    """Synthetic records with all that must be told of them. `proved`: every combination has k holders (not with dp)."""

    table: DataFrame
    k: int
    seed: int | None
    epsilon: float | None
    proved: bool
    years: Years
    errors: tuple[LengthError, ...]
    membership: Membership | None
    singling_out: SinglingOut
    unchanged: int


def check_numbers(k: int, seed: int, epsilon: float | None) -> None:
    """Refuse a k below two, a seed that is no whole number from nought, and a privacy budget that is none."""
    if k < FEWEST:
        raise refusal("not-a-number", "", name="k", least=FEWEST)
    if not 0 <= seed < MOST_SEED:
        raise refusal("not-a-number", "", name="seed", least=0)
    if epsilon is not None and not 0 < epsilon < float("inf"):
        raise refusal("not-a-budget", "", value=epsilon)


def pooled(data: DataFrame, column: str | None, *, single_year: bool) -> Years:
    """The guard: records of a single year are not given out, unless that is asked for; then the note tells it.

    The column of years is the one named, or the only one whose name holds "year" or "jaar".
    """
    if not len(data):
        raise refusal("empty")
    names = [column] if column else [str(name) for name in data.columns if YEAR.search(str(name))]
    if column and column not in data.columns:
        raise refusal("no-variable", "", name=column, allowed=", ".join(map(str, data.columns)))
    if len(names) != 1:
        if single_year:
            return Years("", True)
        raise refusal("which-year")
    years = [value for value in data[names[0]].dropna().astype(str).unique() if value.strip()]
    if len(years) > 1:
        return Years(names[0], False)
    if single_year:
        return Years(names[0], True)
    raise refusal("single-year", "", value=years[0] if years else "-")


def give_out(
    data: DataFrame, *, k: int, seed: int, year: str | None = None, single_year: bool = False,
    epsilon: float | None = None, lengths: Sequence[int] = LENGTHS,
) -> GivenOut:  # fmt: skip
    """Synthetic records of a file with one row a person, proved and attacked.

    With `epsilon` the differentially private way: combinations are then invented, and k is only what errors are
    counted against. Raises `BadInput` for a single year, an empty file, and where nothing has k holders.
    """
    years = pooled(data, year, single_year=single_year)
    real = encode(data)

    if epsilon is None:
        made = synthesise(real, k=k, seed=seed).coded
    else:
        made = encode(synthesise_dp(real, epsilon=epsilon), like=real)
    proved = epsilon is None and not len(prove(made, real, k))
    return GivenOut(
        decode(made).sample(frac=1.0, random_state=seed % (1 << 32)).reset_index(drop=True), k,
        None if epsilon is not None else seed, epsilon, proved, years, error_table(real, made, k, lengths),
        _member(real, k, seed) if epsilon is None else None, singling_out(real, made, seed=seed),
        _unchanged(real, made),
    )  # fmt: skip


def _member(real: Coded, k: int, seed: int) -> Membership | None:
    """The attack on half of the people; None where no combination has enough holders among these."""
    try:
        return membership(real, lambda some: synthesise(some, k=k, seed=seed).coded, seed=seed)
    except BadInput:
        return None


def _unchanged(real: Coded, made: Coded) -> int:
    """How many synthetic records are, field for field, records of the file."""
    there = {record.tobytes() for record in real.records}
    return int(
        sum(w for record, w in zip(made.records, made.weights.tolist(), strict=True) if record.tobytes() in there)
    )


def note(given: GivenOut, checksum: str) -> dict[str, Any]:
    """What is published beside the records. Counts per record are not in it: those would be true counts.

    Errors are given in tenths of a percent, so that no true count can be worked out from them.
    """
    promise = "differential-privacy" if given.epsilon is not None else "k-holders"
    return {
        "kind": "schakel-synthetic", "form": 1, "promise": promise, "k": given.k, "epsilon": given.epsilon,
        "proved": given.proved, "records": len(given.table), "columns": list(given.table.columns),
        "single_year": given.years.single, "year_column": given.years.column, "once_only": True,
        "errors": [_error(each) for each in given.errors],
        "attacks": {
            "membership": _membership(given.membership), "singling_out": asdict(given.singling_out),
        },
        "engine": VERSION, "sha256": checksum,
    }  # fmt: skip


def _error(each: LengthError) -> dict[str, Any]:
    invented = each.fabricated / each.synthetic if each.synthetic else 0.0
    return {
        "length": each.length, "relative_error": round(each.relative, 3), "suppressed": round(each.suppressed, 3),
        "fabricated": each.fabricated, "fabricated_share": round(invented, 3), "leaked": each.leaked,
    }  # fmt: skip


def _membership(found: Membership | None) -> dict[str, Any] | None:
    return (
        None if found is None else {"auc": round(found.auc, 3), "error": round(found.error, 3), "people": found.people}
    )


def audit_records(made: DataFrame, data: DataFrame, k: int) -> int:
    """How many of the distinct synthetic records have a combination that fewer than k real people hold."""
    real = encode(data.loc[:, [name for name in made.columns if name in data.columns]])
    return len(prove(encode(made.loc[:, list(real.columns)], like=real), real, k))
