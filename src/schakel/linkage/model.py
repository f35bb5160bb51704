"""The model of a linkage, neutral between backends: what is compared, how much each answer says, which pairs are made.

For each comparison the levels are tried from the first; m is how often two registrations of one person give that level,
u how often those of two people do. The weight of a level is log2(m / u); the probability of a pair follows from the
prior and the sum of the weights (Fellegi & Sunter 1969). Predicates are data: `dialects` writes them as SQL.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from schakel.linkage.refusals import refusal

FORM: Final = "schakel-linkage-model/2"
Key = tuple[str, str]
"""A level by the name of its comparison and its own."""
KINDS: Final = ("missing", "equal", "crossed", "either", "similar", "edits", "within", "shares", "unknown", "rest")


@dataclass(frozen=True)
class Predicate:
    """One neutral predicate on a pair (left, right).

    missing a: a is not known on one side · equal a · crossed a b: left a = right b and the other way round ·
    either a b: left a = right b or the other way round ·
    similar a n: at most a share of 1 - n of the letters of the longer differ · edits a n: at most n letters differ ·
    within a n: numbers at most n apart · shares a: the lists of words have one in common ·
    unknown a: as missing, as part of another level · rest: always.
    """

    kind: str
    columns: tuple[str, ...] = ()
    number: float = 0.0


@dataclass(frozen=True)
class Level:
    """One answer of a comparison: all its tests hold. `frequency` names the column whose rare values say more.

    `like` names the level of the same comparison whose weight this one takes: what sets the two apart is no evidence.
    """

    name: str
    tests: tuple[Predicate, ...]
    frequency: str = ""
    m: float | None = None
    u: float | None = None
    like: str = ""

    @property
    def missing(self) -> bool:
        """Whether this level says that there is nothing to compare."""
        return self.tests[0].kind == "missing"


@dataclass(frozen=True)
class Comparison:
    """One piece of evidence: its name and its levels, the strongest first and `rest` last.

    `within` names what the value depends on: how common a name is, is counted among people of the same nationality.
    """

    name: str
    levels: tuple[Level, ...]
    within: tuple[str, ...] = ()

    def columns(self) -> frozenset[str]:
        return frozenset(column for level in self.levels for test in level.tests for column in test.columns)


@dataclass(frozen=True)
class Block:
    """Pairs are made of registrations that agree on all these columns.

    At most `pairs` candidate pairs a registration: keys that many share are left out, the most common first, so that
    the work grows with the lists and not with their square.
    """

    columns: tuple[str, ...]
    pairs: float = 8.0


@dataclass(frozen=True)
class Model:
    """All that a linkage needs to be done again, on either backend."""

    comparisons: tuple[Comparison, ...]
    blocks: tuple[Block, ...]
    prior: float = 1e-4
    once: tuple[str, ...] = ()
    trained: str = ""
    """What it was trained on, in words; empty for a model that is not trained."""

    def with_levels(self, found: Mapping[Key, tuple[float | None, float | None]]) -> Model:
        """The same model with m and u by (comparison, level)."""
        return replace(
            self,
            comparisons=tuple(
                replace(one, levels=tuple(_weighed(level, found.get((one.name, level.name))) for level in one.levels))
                for one in self.comparisons
            ),
        )

    def frequencies(self) -> dict[str, tuple[str, ...]]:
        """The columns whose frequencies count, and what each is counted within."""
        return {level.frequency: one.within for one, level in self.levels() if level.frequency}

    def levels(self) -> Iterator[tuple[Comparison, Level]]:
        return ((one, level) for one in self.comparisons for level in one.levels)

    def fingerprint(self) -> str:
        """The same for the same model, whether it was just trained or read from its file."""
        plain = to_plain(from_plain(to_plain(self), "model"))
        return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def _weighed(level: Level, found: tuple[float | None, float | None] | None) -> Level:
    return replace(level, m=found[0], u=found[1]) if found else level


def to_plain(model: Model) -> dict[str, Any]:
    """The model as it is written to a file (JSON)."""
    return {"form": FORM, **json.loads(json.dumps(asdict(model)))}


def from_plain(data: Any, where: str) -> Model:
    """A model as it was written; a sentence says what is wrong with anything else."""
    if not isinstance(data, dict) or data.get("form") != FORM:
        raise refusal("no-model", where)
    try:
        model = Model(
            tuple(_comparison(one) for one in data["comparisons"]),
            tuple(_block(one) for one in data["blocks"]),
            float(data["prior"]),
            tuple(data["once"]),
            str(data["trained"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise refusal("no-model", where) from error
    if not 0 < model.prior < 1 or not model.comparisons or not model.blocks:
        raise refusal("no-model", where)
    return model


def _block(data: Mapping[str, Any]) -> Block:
    if not data["columns"] or not all(map(_is_column, data["columns"])):
        raise ValueError(data["columns"])
    return Block(tuple(data["columns"]), float(data["pairs"]))


def _comparison(data: Mapping[str, Any]) -> Comparison:
    within = tuple(str(column) for column in data["within"])
    if not all(map(_is_column, within)):
        raise ValueError(data["name"])
    if not _is_column(data["name"]):
        raise ValueError(data["name"])
    return Comparison(str(data["name"]), tuple(_level(level) for level in data["levels"]), within)


def _level(data: Mapping[str, Any]) -> Level:
    tests = tuple(Predicate(str(one["kind"]), tuple(one["columns"]), float(one["number"])) for one in data["tests"])
    names = [column for test in tests for column in test.columns] + ([data["frequency"]] if data["frequency"] else [])
    if not tests or any(test.kind not in KINDS for test in tests) or not all(map(_is_column, names)):
        raise ValueError(data["name"])
    m, u = (None if data[part] is None else float(data[part]) for part in "mu")
    return Level(str(data["name"]), tests, str(data["frequency"]), m, u, str(data.get("like", "")))


def _is_column(name: str) -> bool:
    """Only plain names become part of a statement: a model file steers no database."""
    return name.isidentifier() and name.isascii()
