"""Log-linear models in bracket notation: which lists may depend on each other.

`[12,13,4]` has the terms 12 and 13 and all that lies within them; lists are numbered in column order, list ten is 0.
With names the same model is `[LA*NG,LA*PF,GO]`. Every list always has its own term, named or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from schakel.estimation.lattice import Floats, Mask, masks_of_size, members, subsets
from schakel.estimation.refusals import refusal

INTERCEPT = "(intercept)"


class Model(NamedTuple):
    """A hierarchical log-linear model of `lists` lists; `generators` are its largest terms, as bit masks."""

    lists: int
    generators: tuple[int, ...]

    @property
    def masks(self) -> tuple[int, ...]:
        """All terms, the intercept (0) first, then by size and in the order of the lists."""
        return _masks(self)

    @property
    def design(self) -> Floats:
        """The design matrix, shape (2^k, terms): a term is 1 in every cell that holds all its lists."""
        cells = np.arange(1 << self.lists)[:, None]
        masks = np.array(self.masks)
        return np.asarray((cells & masks) == masks, dtype=np.float64)

    def words(self, names: Sequence[str] | None = None) -> str:
        """The brackets, with numbers or with names; larger terms first."""
        ordered = sorted(self.generators, key=lambda mask: (-mask.bit_count(), members(mask)))
        return f"[{','.join(term_words(mask, names) for mask in ordered)}]"


@lru_cache
def _masks(model: Model) -> tuple[int, ...]:
    found = {0, *masks_of_size(model.lists, 1)}
    for generator in model.generators:
        found |= set(subsets(generator))
    return tuple(sorted(found, key=_order))


def _order(mask: int) -> tuple[int, tuple[int, ...]]:
    return mask.bit_count(), members(mask)


def term_words(mask: int, names: Sequence[str] | None = None) -> str:
    """One term: `13`, or `LA*PF` with names; the intercept by its own name."""
    if not mask:
        return INTERCEPT
    if names is None:
        return "".join(str((place + 1) % 10) for place in members(mask))
    return "*".join(names[place] for place in members(mask))


def model_of(lists: int, terms: Iterable[int]) -> Model:
    """The smallest hierarchical model that holds these terms and every list; only its largest terms are kept."""
    found = {*masks_of_size(lists, 1), *terms} - {0}
    largest = [mask for mask in found if not any(mask != other and mask & other == mask for other in found)]
    return Model(lists, tuple(sorted(largest, key=_order)))


def main_effects(lists: int) -> Model:
    """Lists independent of each other."""
    return model_of(lists, ())


def all_of_order(lists: int, order: int) -> Model:
    """All terms of up to `order` lists, never of all lists at once."""
    return model_of(lists, masks_of_size(lists, min(order, lists - 1)))


def all_pairs(lists: int) -> Model:
    """Every pair of lists dependent; with two lists that leaves nothing, so they stay independent."""
    return all_of_order(lists, 2)


def parse_model(words: str, names: Sequence[str]) -> Model:
    """The model that a person wrote; `BadInput` says what cannot be read."""
    inner = words.strip()
    if not (inner.startswith("[") and inner.endswith("]")):
        raise _unread(words, names, {"en": "it has no brackets", "nl": "er staan geen haken om"})
    parts = [part.strip() for part in inner[1:-1].split(",")]
    model = model_of(len(names), [_term(part, words, names) for part in parts])
    if (1 << len(names)) - 1 in model.generators:
        raise refusal("saturated")
    return model


def _term(part: str, words: str, names: Sequence[str]) -> int:
    """One term: names joined by *, a name, or digits that each stand for a list."""
    if not part:
        raise _unread(words, names, {"en": "a term is empty", "nl": "een term is leeg"})
    digits = part.isascii() and part.isdigit() and part not in names
    known = {str((place + 1) % 10): place for place in range(len(names))} if digits else {
        name: place for place, name in enumerate(names)}  # fmt: skip
    mask = 0
    for one in part if digits else [piece.strip() for piece in part.split("*")]:
        if one not in known:
            raise _unread(words, names, {"en": f"there is no list '{one}'", "nl": f"er is geen lijst '{one}'"})
        if mask >> known[one] & 1:
            raise _unread(words, names, {"en": f"'{one}' stands twice in a term",
                                         "nl": f"'{one}' staat twee keer in een term"})  # fmt: skip
        mask |= 1 << known[one]
    return mask


def _unread(words: str, names: Sequence[str], problem: dict[str, str]) -> Exception:
    return refusal("model", value=words, problem=problem, columns=", ".join(names))


def hierarchical_models(lists: int, order: int, limit: int) -> Mask:
    """Every hierarchical model with terms of at most `order` lists and a term for each list, never one of all lists.

    Shape (models, 2^k): whether the model holds the term of that mask, the intercept included. Term by term, small
    before large, the models are doubled by those that have all parts of the term. Refuses more than `limit`.
    """
    found = np.zeros((1, 1 << lists), dtype=bool)
    found[0, [0, *masks_of_size(lists, 1)]] = True
    for size in range(2, min(order, lists - 1) + 1):
        for mask in masks_of_size(lists, size):
            parts = [mask & ~(1 << place) for place in members(mask)]
            larger = found[found[:, parts].all(axis=1)]
            if len(found) + len(larger) > limit:
                raise refusal("too-many-models", count=lists, order=order, limit=f"{limit:,}")
            larger[:, mask] = True
            found = np.concatenate([found, larger])
    return found


def model_of_row(row: Mask) -> Model:
    """One row of `hierarchical_models` as a model: its largest terms are those that are no other less one list."""
    found = np.flatnonzero(row).tolist()
    within = {mask & ~(1 << place) for mask in found for place in members(mask)}
    return Model(len(row).bit_length() - 1, tuple(sorted(set(found) - within, key=_order)))
