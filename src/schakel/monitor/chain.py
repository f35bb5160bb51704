"""From signal to judgment: what became of the signals, as far as anybody says; otherwise "not known"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from schakel.monitor.files import content
from schakel.monitor.series import CHAIN, published, said
from schakel.rules.documents import Item
from schakel.vocabulary.passing import EVENTS, check
from schakel.vocabulary.published import Published
from schakel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Step:
    """A step on the way, the duties and states of casework that show it, and what was published about it."""

    id: str
    title: Text
    duties: tuple[str, ...]
    states: tuple[str, ...]
    published: tuple[Published, ...]
    not_known: Text


@lru_cache(maxsize=1)
def steps() -> tuple[Step, ...]:
    """The steps from a signal to compensation, in order."""
    document = content("chain.yaml")
    return tuple(_step(item) for item in Item(document.data, document).items("steps"))


def _step(item: Item) -> Step:
    dimensions = item.words("published")
    figures = tuple(one for one in published(CHAIN) if said(one, "dimension") in dimensions)
    return Step(
        item.word("id"), item.text("title"), item.words("duties"), item.words("states"), figures, item.text("not_known")
    )  # fmt: skip


def from_events(events: pd.DataFrame) -> dict[str, int | None]:
    """INTERNAL: for each step the number of people of whom the events show it; None where events cannot show it.

    None, not 0, where no event of its duties is in the table at all: that nobody wrote it down is no answer.
    """
    check(events, EVENTS)
    found: dict[str, int | None] = {}
    for step in steps():
        rows = events[events["duty"].isin(step.duties)]
        done = rows[rows["state"].isin(step.states)]
        found[step.id] = int(done["pseudonym"].nunique()) if len(rows) else None
    return found


def lines(lang: str) -> Iterator[tuple[str, tuple[Published, ...], str]]:
    """For showing: each step with what was published, or the sentence that says that it is not known."""
    for step in steps():
        yield step.title(lang), step.published, "" if step.published else step.not_known(lang)
