"""What came of it: for the registration, for the one who handed on, and for the finder (the status only)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from schakel.vocabulary.errors import refused
from schakel.vocabulary.texts import Text, text

OUTCOMES: Final = {
    name: text({"nl": dutch, "en": english})
    for name, dutch, english in (
        ("helped", "de persoon kreeg hulp", "the person was helped"),
        ("sheltered", "de persoon kreeg een veilige plek", "the person got a safe place"),
        ("moved", "de hulp is door een andere regio overgenomen", "another region took over the help"),
        ("adult", "werd achttien en de hulp is overgenomen", "turned eighteen and the help was taken over"),
        ("returned_home", "de persoon keerde op eigen wens veilig terug", "the person returned safely by own wish"),
        ("declined_help", "de persoon wilde geen hulp", "the person wanted no help"),
        ("out_of_sight", "de persoon is uit beeld", "the person is out of sight"),
        ("missing", "de persoon is vermist", "the person is missing"),
        ("no_victim", "er bleek geen sprake van mensenhandel", "it turned out not to be trafficking"),
        ("died", "de persoon is overleden", "the person died"),
    )
}  # fmt: skip
"""Why a registration is closed. None of them takes the person out of the count of possible victims reported."""
ASK_FIRST: Final = frozenset({"out_of_sight", "missing"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a registration, on which day, said by whom."""

    kind: str
    on: date
    by: str

    def __post_init__(self) -> None:
        if self.kind not in OUTCOMES:
            allowed = ", ".join(OUTCOMES)
            raise refused(("'{kind}' is no outcome", f"Choose from {allowed}"),
                          ("'{kind}' is geen uitkomst", f"Kies uit {allowed}"), kind=self.kind)  # fmt: skip

    @property
    def text(self) -> Text:
        return OUTCOMES[self.kind]

    @property
    def search_first(self) -> bool:
        """Whether closing asks first whether the search goes on: somebody out of sight may be in danger."""
        return self.kind in ASK_FIRST
