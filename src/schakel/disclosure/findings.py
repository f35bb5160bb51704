"""What an attack can find wrong with a cell; for the author of a release only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from schakel.disclosure.cells import Key
from schakel.disclosure.readers import RULE

LEAKS: Final = "leaks"
UNPROVED: Final = "unproved"
OUTSIDE: Final = "truth-outside"
SUM: Final = "sum"
DIFFERS: Final = "differs"
OPTIMAL: Final = "optimal"


@dataclass(frozen=True)
class Finding:
    """What is wrong with one cell: `kind`, the interval or values that show it, and which reader sees it."""

    kind: str
    key: Key
    low: int | None = None
    high: int | None = None
    reader: str = RULE
