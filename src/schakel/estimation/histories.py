"""Capture histories: how many people stand on exactly these lists, for every combination of lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from schakel.estimation.lattice import Whole, superset_sums
from schakel.estimation.refusals import refusal
from schakel.vocabulary.hashing import sha256
from schakel.vocabulary.texts import Text

if TYPE_CHECKING:
    import pandas as pd

FEWEST, MOST = 2, 10
MOST_PEOPLE = 10**9


@dataclass(frozen=True, eq=False)
class Histories:
    """The count of people for each capture history.

    `counts` has shape (2^k,): its index is the bit mask of the lists, list i being bit i, so that `counts[0b101]` are
    the people on the first and the third list and on no other. `counts[0]` is 0: those on no list were not seen.
    `notes` are sentences about what was done to get here (duplicates added up, a list left out).

    Raises `BadInput` when the lists or counts cannot be a capture table at all. Whether something can be *estimated*
    from them is `refuse_unusable`.
    """

    lists: tuple[str, ...]
    counts: Whole
    notes: tuple[Text, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "lists", tuple(self.lists))
        _check_lists(self.lists)
        counts = np.asarray(self.counts)
        if counts.shape != (1 << len(self.lists),):
            raise ValueError(f"{len(self.lists)} lists have {1 << len(self.lists)} cells, not {counts.shape}")
        if not np.all(np.isfinite(counts)) or np.any(counts < 0) or np.any(counts != np.floor(counts)):
            raise refusal("count", value=next(one for one in counts if not (one >= 0 and one == np.floor(one))))
        if counts[0]:
            raise refusal("on-no-list")
        if counts.sum() > MOST_PEOPLE:
            raise refusal("too-many-people", limit=f"{MOST_PEOPLE:,}")
        kept = np.array(counts, dtype=np.int64)
        kept.flags.writeable = False
        object.__setattr__(self, "counts", kept)
        if not self.observed:
            raise refusal("nobody")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Histories):
            return NotImplemented
        return self.lists == other.lists and bool(np.array_equal(self.counts, other.counts))

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __repr__(self) -> str:  # counts are small, and stay out of logs and traces
        return f"Histories({len(self.lists)} lists: {', '.join(self.lists)}; {self.observed} people)"

    @cached_property
    def observed(self) -> int:
        """How many people stand on at least one list."""
        return int(self.counts.sum())

    @cached_property
    def overlaps(self) -> Whole:
        """For each mask how many people stand on all its lists, whatever the others; shape (2^k,)."""
        return superset_sums(self.counts.astype(np.float64)).astype(np.int64)

    @cached_property
    def totals(self) -> Mapping[str, int]:
        """How many people each list holds."""
        return {name: int(self.overlaps[1 << place]) for place, name in enumerate(self.lists)}

    @cached_property
    def fingerprint(self) -> str:
        """What names these data in a receipt: SHA-256 over the names of the lists and the counts."""
        told = "\n".join((*self.lists, *map(str, self.counts.tolist())))
        return sha256(told.encode())

    def to_table(self) -> pd.DataFrame:
        """One row for each history that somebody has: a column of 0 and 1 a list, and `count`. Internal."""
        import pandas as pd

        masks = np.flatnonzero(self.counts)
        columns = {name: (masks >> place) & 1 for place, name in enumerate(self.lists)}
        return pd.DataFrame({**columns, "count": self.counts[masks]})


def _check_lists(lists: tuple[str, ...]) -> None:
    """Between two and ten lists, each with a name of its own."""
    if len(lists) < FEWEST:
        raise refusal("one-list" if lists else "no-lists")
    if len(lists) > MOST:
        raise refusal("too-many-lists", count=len(lists), limit=MOST)
    for place, name in enumerate(lists):
        if not name.strip():
            raise refusal("no-name")
        if name in lists[:place]:
            raise refusal("column-twice", name=name)
        if any(sign in name for sign in "[]*,"):
            raise refusal("name-signs", name=name)


def refuse_unusable(histories: Histories) -> None:
    """Raise `BadInput` where no method can tell of the unseen: an empty list, no overlap at all, a list in a list.

    A list that lies within another catches nobody that the other misses: whatever is computed then is a number that
    only looks like an answer.
    """
    overlaps, lists = histories.overlaps, histories.lists
    for place, name in enumerate(lists):
        if not overlaps[1 << place]:
            raise refusal("empty-list", name=name)
    pairs = [(one, two) for one in range(len(lists)) for two in range(len(lists)) if one != two]
    if not any(overlaps[1 << one | 1 << two] for one, two in pairs):
        raise refusal("no-overlap")
    for one, two in pairs:
        if overlaps[1 << one | 1 << two] == overlaps[1 << one]:
            raise refusal("list-within", name=lists[one], other=lists[two])


def from_masks(lists: Iterable[str], masks: Any, counts: Any = None, notes: Iterable[Text] = ()) -> Histories:
    """Histories from one bit mask a row, each with its count (or once each); rows of the same mask add up."""
    names = tuple(lists)
    _check_lists(names)  # before 2^k cells are made
    weights = None if counts is None else np.asarray(counts, dtype=np.float64)  # exact below 2^53
    cells = np.bincount(np.asarray(masks, dtype=np.int64), weights=weights, minlength=1 << len(names))
    return Histories(names, cells.astype(np.int64), tuple(notes))


def merge(histories: Histories, lists: Iterable[str], name: str | None = None) -> Histories:
    """Histories in which some lists are one: on it is who was on any of them. It takes the place of the first."""
    chosen = places(histories, lists)
    rest = [place for place in range(len(histories.lists)) if place not in chosen[1:]]
    new_names = [histories.lists[place] for place in rest]
    new_names[rest.index(chosen[0])] = name or "+".join(histories.lists[place] for place in chosen)
    masks = np.arange(len(histories.counts))
    new = np.zeros_like(masks)
    for position, place in enumerate(rest):
        together = chosen if place == chosen[0] else [place]
        on = np.any([(masks >> one) & 1 for one in together], axis=0)
        new |= on.astype(np.int64) << position
    return from_masks(new_names, new, histories.counts, histories.notes)


def drop(histories: Histories, *lists: str) -> Histories:
    """Histories without some lists. People who stood on no other list are not seen any more, and that is noted."""
    gone = places(histories, lists)
    return keep(histories, [name for place, name in enumerate(histories.lists) if place not in gone])


def keep(histories: Histories, lists: Iterable[str]) -> Histories:
    """Histories of these lists only, in this order; who stood on none of them is not seen any more."""
    order = places(histories, lists)
    masks = np.arange(len(histories.counts))
    new = np.zeros_like(masks)
    for position, place in enumerate(order):
        new |= ((masks >> place) & 1) << position
    counts = np.array(histories.counts)
    gone = int(counts[new == 0].sum())
    counts[new == 0] = 0
    names = [histories.lists[place] for place in order]
    return from_masks(names, new, counts, (*histories.notes, left_out(gone)) if gone else histories.notes)


def left_out(people: int) -> Text:
    """The note that people stood only on lists that do not take part."""
    return Text({
        "nl": f"{people} mensen stonden alleen op een lijst die niet meedoet, en tellen niet mee.",
        "en": f"{people} people stood only on a list that does not take part, and do not count.",
    })  # fmt: skip


def rename(histories: Histories, names: Mapping[str, str]) -> Histories:
    """The same counts under other names of lists."""
    places(histories, names)
    return Histories(tuple(names.get(old, old) for old in histories.lists), histories.counts, histories.notes)


def places(histories: Histories, lists: Iterable[str]) -> list[int]:
    """The place of each named list; a `BadInput` for a name that is no list."""
    known = {name: place for place, name in enumerate(histories.lists)}
    asked = list(lists)
    for place, name in enumerate(asked):
        if name in asked[:place]:
            raise refusal("column-twice", name=name)
        if name not in known:
            raise refusal("no-column", name=name, columns=", ".join(histories.lists))
    return [known[name] for name in asked]
