"""The grounds on which somebody may be named to the registration point, in words: what they are, and why they hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loket.casework.grounding import permits
from schakel.casework.content import sharing
from schakel.mechanism.content import load


@dataclass(frozen=True)
class Offered:
    """One ground that may carry it: its name, why, and whether something must be so first (consent given, written)."""

    id: str
    name: str
    why: str
    first: str


def offered(kind: str, purpose: str, on: date, lang: str) -> list[Offered]:
    """The grounds for a kind of organisation and a purpose; none where no rule permits it."""
    names = sharing(load()).grounds
    return [
        Offered(
            ground, names[ground](lang), " ".join(dict.fromkeys(reason.because(lang) for reason in said.reasons)),
            said.next_step(lang) if said.next_step else "",
        )
        for ground, said in permits(kind, purpose, on).items()
    ]  # fmt: skip
