"""What is said of a question that cannot be asked, in Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from schakel.vocabulary.errors import LONGEST, BadInput, printable

KINDS: Final = {
    "purpose": ("doel waarvoor wordt gedeeld", "purpose of sharing"),
    "field": ("soort gegevens", "kind of data"),
    "ground": ("grondslag", "ground"),
    "party": ("soort organisatie", "kind of organisation"),
    "circumstance": ("omstandigheid", "circumstance"),
    "value": ("waarde van deze omstandigheid", "value of this circumstance"),
    "role": ("rol", "role"),
    "action": ("handeling", "action"),
    "relation": ("relatie tot de persoon", "relation to the person"),
    "state": ("stand van een registratie", "state of a registration"),
    "access-purpose": ("doel van inzage", "purpose of access"),
}


def not_known(kind: str, value: object, allowed: Iterable[str], where: str = "") -> BadInput:
    """A word that is not in a closed list; the list is given."""
    dutch, english = KINDS[kind]
    word = printable(str(value)[:LONGEST])
    listed = ", ".join(allowed)
    return BadInput(
        f"'{word}' is no {english}", where=where, remedy=f"Choose from {listed}",
        dutch=(f"'{word}' is geen {dutch}", f"Kies uit {listed}"),
    )  # fmt: skip


def no_persons(where: str = "") -> BadInput:
    """A question about nobody."""
    return BadInput(
        "a message is about at least one person", where=where, remedy="Give the number of persons",
        dutch=("een bericht gaat over ten minste één persoon", "Geef het aantal personen"),
    )  # fmt: skip
