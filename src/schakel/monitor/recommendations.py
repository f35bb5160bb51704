"""The Rapporteur's recommendations and what came of them: not known, unless a source says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from schakel.monitor.files import published_rows
from schakel.monitor.refusals import refusal
from schakel.vocabulary.sources import CERTAINTY, Source
from schakel.vocabulary.texts import Text, text

NOT_KNOWN: Final = "not-known"
STATUSES: Final = {
    NOT_KNOWN: text({"nl": "niet bekend", "en": "not known"}),
    "followed": text({"nl": "opgevolgd", "en": "followed"}),
    "partly": text({"nl": "deels opgevolgd", "en": "partly followed"}),
    "not-followed": text({"nl": "niet opgevolgd", "en": "not followed"}),
}


@dataclass(frozen=True)
class Recommendation:
    """One recommendation in our own words; a status other than not known has its own source."""

    number: int
    year: int
    addressee: Text
    words: Text
    source: Source
    status: str = NOT_KNOWN
    status_source: str = ""


@lru_cache(maxsize=1)
def recommendations() -> tuple[Recommendation, ...]:
    """All recommendations as shipped, in order. Raises `BadInput` for a status without a source."""
    rows = published_rows("recommendations.csv")
    return tuple(read_row(row, f"recommendations.csv, line {line}") for line, row in rows)


def read_row(row: Mapping[str, str], where: str) -> Recommendation:
    """One row of the table as a recommendation."""
    status, said = row.get("status") or NOT_KNOWN, (row.get("status_source") or "").strip()
    if row["certainty"] not in CERTAINTY:
        raise refusal("unknown-code", where, value=row["certainty"], name="certainty", allowed=", ".join(CERTAINTY))
    if status not in STATUSES:
        raise refusal("unknown-code", where, value=status, name="status", allowed=", ".join(STATUSES))
    if status != NOT_KNOWN and not said:
        problem = {"nl": f"de status '{status}' heeft geen bron", "en": f"the status '{status}' has no source"}
        raise refusal("line", where, problem=problem)
    return Recommendation(
        int(row["no"]), int(row["year"]),
        text({"nl": row["addressee_nl"], "en": row["addressee"]}),
        text({"nl": row["recommendation_nl"], "en": row["recommendation_own_words"]}),
        Source(row["source"], row["certainty"]), status, said,
    )  # fmt: skip
