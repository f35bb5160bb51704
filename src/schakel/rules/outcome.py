"""What can be said of a rule in a situation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

APPLIES: Final = "applies"
MAY_APPLY: Final = "may_apply"
DOES_NOT_APPLY: Final = "does_not_apply"
STATUSES: Final = (APPLIES, MAY_APPLY, DOES_NOT_APPLY)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The status of a rule, and the components on which it hangs while it is undecided."""

    status: str
    hangs_on: frozenset[str] = frozenset()
