"""Attacks on synthetic records, run against what is given out: was this person in the file, and can one be singled out?

*Membership*: half of the real people are kept apart, the other half is synthesised in the same way; for people of both
halves the attacker looks how near the nearest synthetic record comes. AUC 0.5 is chance. *Singling out*: the attacker
takes the rarest synthetic records, whole or in part, and says "exactly one real person has these".
Read with blanks as nothing said, none can be right: every combination has k holders. Read with blanks as "has none"
(which the file does not say) some may be; that is compared with combinations put together by chance.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from schakel.disclosure.coding import Coded, Holders, distinct
from schakel.disclosure.space import Ints

GUESSES: Final = 500
LOOKED_AT: Final = 300
ENOUGH: Final = 4  # a half needs some people to attack


@dataclass(frozen=True)
class Membership:
    """The area under the curve, and its standard error if the attacker only guesses (Mann-Whitney)."""

    auc: float
    error: float
    people: int


@dataclass(frozen=True)
class SinglingOut:
    """How many guesses were right: of combinations, of whole records with blanks read as "none", and by chance."""

    guesses: int
    combinations: int
    with_blanks: int
    by_chance: int


def membership(real: Coded, make: Callable[[Coded], Coded], *, seed: int) -> Membership | None:
    """Attack a synthesis `make` of half of the people; None where there are too few to halve."""
    rng = np.random.default_rng(seed)
    people = rng.permutation(np.repeat(np.arange(len(real.records)), real.weights))
    inside, outside = people[: len(people) // 2], people[len(people) // 2 :]
    if min(len(inside), len(outside)) < ENOUGH:
        return None
    ones = np.ones(len(inside), dtype=np.int64)
    made = make(distinct(real.columns, real.values, real.records[inside], ones))
    members = real.records[inside[:LOOKED_AT]]
    others = real.records[outside[:LOOKED_AT]]
    near = np.concatenate([_nearest(members, made.records), _nearest(others, made.records)])
    order = np.argsort(np.argsort(near + 1e-6 * rng.random(len(near))))
    rank = float(order[: len(members)].sum() + len(members))
    pairs = len(members) * len(others)
    auc = (rank - len(members) * (len(members) + 1) / 2) / pairs
    error = float(np.sqrt((len(members) + len(others) + 1) / (12 * pairs)))
    return Membership(auc, error, len(members) + len(others))


def _nearest(records: Ints, made: Ints) -> Ints:
    """For each record how many fields of the nearest synthetic one are the same, less those that differ."""
    found = np.empty(len(records), dtype=np.int64)
    for number, record in enumerate(records):
        same = ((made == record) & (record >= 0)).sum(axis=1)
        other = ((made != record) & (made >= 0)).sum(axis=1)
        found[number] = int((same - other).max(initial=-len(record)))
    return found


def singling_out(real: Coded, synthetic: Coded, *, seed: int) -> SinglingOut:
    """Guess that exactly one real person has a combination. Both must be coded over the same values."""
    rng = np.random.default_rng(seed)
    wide = Coded(real.columns, synthetic.values, real.records, real.weights)
    rarest = np.lexsort((rng.random(len(synthetic.weights)), synthetic.weights))[:GUESSES]
    drawn = synthetic.records[rarest]
    holders = Holders(wide, 2)
    chance = np.column_stack([_column(wide, column, len(drawn), rng) for column in range(len(wide.columns))])
    half = (np.arange(len(drawn)) % 2 == 0)[:, None] & (rng.random(drawn.shape) < 0.5)
    return SinglingOut(
        len(drawn), int((holders.all_of(np.where(half, -1, drawn)) == 1).sum()), _alone(wide, drawn),
        int((holders.all_of(chance) == 1).sum()),
    )  # fmt: skip


def _column(real: Coded, column: int, size: int, rng: np.random.Generator) -> Ints:
    """Values of one column as often as real people have them, each drawn by itself."""
    share = real.weights / real.weights.sum()
    return np.asarray(real.records[rng.choice(len(share), size=size, p=share), column])


def _alone(real: Coded, drawn: Ints) -> int:
    """How many of these records, blanks included, are those of exactly one real person."""
    one = {record.tobytes() for record in real.records[real.weights == 1]}
    return sum(record.tobytes() in one for record in drawn)
