"""Sources and how sure they are: every statement of the content carries at least one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schakel.vocabulary.texts import Text, text

CERTAINTY: Final[dict[str, Text]] = {
    code: text({"nl": dutch, "en": english})
    for code, dutch, english in (
        ("S", "de tekst is gelezen", "the text was read"),
        ("S15", "tekst van oktober 2015; controleer de huidige tekst", "text of October 2015; check the current text"),
        ("S-part", "een deel van de tekst is gelezen", "part of the text was read"),
        ("SS", "secundaire bron", "secondary source"),
        ("R", "uit het geheugen; nog te controleren", "recalled; still to be checked"),
        ("D", "afgeleid of onzeker", "derived or in doubt"),
    )
}
"""The codes of the domain files, from surest to least sure. A code is never raised."""

ORDER: Final = tuple(CERTAINTY)
NEEDS_VERIFYING: Final = frozenset({"S15", "R"})


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from.

    `ref` is the id of an instrument in the content's law files, `at` the place in it, `row` the row
    of the collected facts from which the statement was written.
    """

    ref: str
    certainty: str
    at: str = ""
    row: str = ""
    note: Text | None = None


def weakest(sources: tuple[Source, ...]) -> str:
    """The least sure certainty code among `sources`, so that none is ever raised; 'R' where there are none."""
    codes = [source.certainty for source in sources]
    return max(codes, key=ORDER.index, default="R")
