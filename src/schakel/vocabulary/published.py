"""A figure that somebody else published, with its source: what may be shown beside a protected release."""

from __future__ import annotations

from dataclasses import dataclass, field

from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.periods import Period
from schakel.vocabulary.sources import CERTAINTY, Source
from schakel.vocabulary.texts import Text

WHENEVER = Period()


@dataclass(frozen=True)
class Published:
    """One published figure. `value` None: the source prints a label and no value, and none is made up.

    `means` says in words what was counted, `unit` whether it is people, reports, percent or something else, `edition`
    which edition of the source printed it (editions revise). A figure without a source, or with a certainty that does
    not exist, cannot be made.
    """

    name: str
    value: int | float | None
    means: Text
    unit: str
    sources: tuple[Source, ...]
    period: Period = WHENEVER
    edition: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    notes: tuple[Text, ...] = field(default=())
    """Traps that a reader must know: reports are not victims, reporters overlap, editions revise."""

    def __post_init__(self) -> None:
        if not self.sources:
            raise BadInput(
                f"the published figure '{self.name}' has no source",
                remedy="Name where it was published",
                dutch=(f"het gepubliceerde cijfer '{self.name}' heeft geen bron", "Noem waar het is gepubliceerd"),
            )
        for source in self.sources:
            if source.certainty not in CERTAINTY:
                allowed = ", ".join(CERTAINTY)
                raise BadInput(
                    f"'{source.certainty}' is no certainty code",
                    remedy=f"Use {allowed}",
                    dutch=(f"'{source.certainty}' is geen code van zekerheid", f"Gebruik {allowed}"),
                )
