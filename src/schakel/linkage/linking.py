"""One linkage from registrations to persons: prepare, train on a sample, score, cluster. Each step is a room module.

The embedded database trains and clusters; scoring runs there or on Spark, and the kept pairs lie in Parquet between.
What was computed for the same registrations and the same model is not computed again.
"""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pandas as pd

from schakel.linkage import clusters, duck, files, scoring, spark
from schakel.linkage.blocking import Crowded
from schakel.linkage.dates import PLACEHOLDERS
from schakel.linkage.duck import KEYS, READY
from schakel.linkage.evidence import untrained
from schakel.linkage.explain import Explanation, explained
from schakel.linkage.frequencies import with_frequencies
from schakel.linkage.model import Model, from_plain, to_plain
from schakel.linkage.prepare import Given, prepared
from schakel.linkage.refusals import refusal
from schakel.linkage.training import train
from schakel.vocabulary.passing import REGISTRATIONS, Passing, check
from schakel.vocabulary.version import VERSION

MOST_DRAWS: Final = 10_000
MOST_SEED: Final = 2**63 - 1
USED: Final = (
    "record", "list", "registered_on", "given_names", "surname", "birth_date", "sex", "nationality", "municipality",
    "number", "aliases", "age",
)  # fmt: skip
Tell = Callable[[str, int, int], None]
DOOR: Final = Passing(
    "registrations",
    # The day of registration only helps where an age is all that is known; lists without it can be linked.
    tuple(column for column in REGISTRATIONS.columns if column.name != "registered_on"),
    REGISTRATIONS.key,
    others=True,
)


@dataclass(frozen=True)
class LinkOptions:
    """How to link. `once`: lists that hold a person once; `exact`, `text`: further columns that are evidence."""

    threshold: float = 0.95
    draws: int = 0
    once: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = PLACEHOLDERS
    backend: str = "duckdb"
    spark_master: str = "local[2]"
    memory: str = "1200MB"
    threads: int = 2

    def __post_init__(self) -> None:
        if not 0 < self.threshold < 1:
            raise refusal("threshold", value=self.threshold)
        if not 0 <= self.draws <= MOST_DRAWS:
            raise refusal("draws", value=self.draws)


@dataclass(frozen=True, eq=False)
class Linked:
    """What a linkage found. Internal: it holds personal data.

    `clusters` is the table CLUSTERS; `pairs` holds record, other, weight, probability (all at or above 0.01);
    `unlinkable` the registrations without a name and without a number, which no method can link and which therefore
    are in no cluster; `crowded` the blocks of which the most common keys were not used.
    """

    registrations: pd.DataFrame
    unlinkable: pd.DataFrame
    pairs: pd.DataFrame
    clusters: pd.DataFrame
    model: Model
    options: LinkOptions
    candidates: int
    crowded: tuple[Crowded, ...] = ()
    reused: bool = False

    @property
    def persons(self) -> int:
        """How many persons draw 0 found."""
        return int(self.clusters.loc[self.clusters["draw"] == 0, "person"].nunique())

    @property
    def expected_precision(self) -> float:
        """The precision that the model itself expects of the linked pairs: the mean of their probabilities."""
        linked = self.pairs.loc[self.pairs["probability"] >= self.options.threshold, "probability"]
        return float(linked.mean()) if len(linked) else 1.0

    @property
    def expected_recall(self) -> float:
        """The share of the matches among the compared pairs that the threshold keeps, as the model expects them."""
        probability = self.pairs["probability"]
        total = float(probability.sum())
        return float(probability[probability >= self.options.threshold].sum()) / total if total else 1.0

    def explain(self, record: int, other: int) -> Explanation:
        """Why these two registrations are taken for one person, or not."""
        return explained(self._laid_out, READY, self.model, record, other, threshold=self.options.threshold)

    @cached_property
    def _laid_out(self) -> Any:
        """A database with the registrations as they were scored; made when the first pair is explained."""
        connection = duck.connect(memory=self.options.memory, threads=self.options.threads)
        given = _given(self.options, self.registrations)
        rows = with_frequencies(prepared(self.registrations, given), self.model)
        duck.make_ready(connection, rows, self.model)
        return connection


def link(
    registrations: pd.DataFrame,
    options: LinkOptions = LinkOptions(),
    *,
    seed: int,
    model: Model | None = None,
    folder: Path | None = None,
    tell: Tell | None = None,
) -> Linked:
    """Which registrations are about one person.

    `registrations`: the table REGISTRATIONS, with any of municipality, number, aliases, age. `model`: one that was
    trained before; without it one is trained on these registrations. `folder`: where kept pairs and model lie, to go
    on where it was stopped; without it nothing stays behind. `tell(stage, done, of)` hears of progress.
    Raises `BadInput` for tables and options that cannot be used. The same input and seed give the same answer.
    """
    tell = tell or (lambda stage, done, of: None)
    if not 0 <= seed <= MOST_SEED:
        raise refusal("seed", value=seed)
    linkable, unlinkable = _door(registrations, options)
    given = _given(options, linkable)
    with files.workplace(folder) as place:
        tell("prepare", 0, 1)
        connection = duck.connect(memory=options.memory, threads=options.threads, spill=str(place / "spill"))
        print_of = _fingerprint(linkable, given, seed)
        shape = model or untrained(given)
        rows = with_frequencies(prepared(linkable, given), shape)
        candidates, crowded = duck.make_keys(connection, rows, shape)
        duck.make_ready(connection, rows, shape)
        model = replace(model or _trained(connection, rows, shape, place, print_of, seed, tell), once=given.once)
        del rows  # what scoring needs of them is in the database
        pairs, reused = _scored(connection, model, options, place, candidates, print_of, tell)
        tell("cluster", 0, 1)
        records = linkable[["record", "list"]].sort_values("record", ignore_index=True)
        records["once"] = records["list"].astype("str").isin(options.once)
        found = clusters.clustered(records, pairs, threshold=options.threshold, draws=options.draws, seed=seed)
        connection.close()
        files.remove(place / "spill")
        tell("done", 1, 1)
    return Linked(linkable, unlinkable, pairs, found, model, options, candidates, crowded, reused)


def _door(registrations: pd.DataFrame, options: LinkOptions) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The registrations that can be linked, and those without a name and a number; checked by their form."""
    check(registrations, DOOR)
    lists = sorted(registrations["list"].astype("str").unique())
    for name in options.once:
        if name not in lists:
            raise refusal("no-list", name=name, lists=", ".join(lists))
    for name in (*options.exact, *options.text):
        if name not in registrations.columns:
            raise refusal("no-column", name=name, what="exact/text", columns=", ".join(map(str, registrations)))
    kept = [name for name in (*USED, *options.exact, *options.text) if name in registrations.columns]
    rows = registrations[kept].reset_index(drop=True)
    filled = [rows[name].notna() for name in ("given_names", "surname", "number") if name in rows]
    known = pd.concat(filled, axis=1).any(axis=1)
    if int(known.sum()) < 2:
        raise refusal("too-few", count=int(known.sum()))
    return rows[known].reset_index(drop=True), rows.loc[~known, ["record", "list"]].reset_index(drop=True)


def _given(options: LinkOptions, rows: pd.DataFrame) -> Given:
    return Given(options.exact, options.text, options.once, options.placeholders).of(rows)


def _fingerprint(rows: pd.DataFrame, given: Given, seed: int) -> str:
    """What the registrations are, how they are read and by which version, as one name."""
    hashed = pd.util.hash_pandas_object(rows, index=False).to_numpy()
    told = json.dumps(
        [VERSION, list(rows.columns), *map(sorted, (given.exact, given.text, given.once, given.placeholders)), seed]
    )
    return hashlib.sha256(hashed.tobytes() + told.encode()).hexdigest()


def _trained(
    connection: Any, rows: pd.DataFrame, shape: Model, place: Path, print_of: str, seed: int, tell: Tell
) -> Model:
    """The model that was trained on the same registrations before, or a new one."""
    kept = place / "model.json"
    state = files.read_json(place / files.MARK) if (place / files.MARK).exists() else {}
    if state.get("trained_on") == print_of and kept.exists():
        return from_plain(files.read_json(kept), kept.name)
    tell("train", 0, 1)
    model = train(connection, rows, shape, seed=seed)
    files.write_json(kept, to_plain(model))
    files.write_json(place / files.MARK, {"trained_on": print_of})
    return model


def _scored(
    connection: Any, model: Model, options: LinkOptions, place: Path, candidates: int, print_of: str, tell: Tell
) -> tuple[pd.DataFrame, bool]:
    """The kept pairs, and whether all of them were there already."""
    name = hashlib.sha256((model.fingerprint() + print_of + options.backend).encode()).hexdigest()[:16]
    folder = files.make(place / "kept" / name)
    parts = scoring.pieces(candidates)
    if options.backend == "spark":
        there = frozenset(range(parts) if (folder / "_SUCCESS").exists() else ())
    else:
        there = files.pieces_there(folder)
    if options.backend == "spark" and not there:
        tell("score", 0, 1)
        _on_spark(connection, model, options, place, folder)
    elif options.backend != "spark":
        _on_duckdb(connection, model, parts, there, folder, tell)
    source = files.read_statement(connection, folder)
    pairs = duck.rows_of(connection, f"SELECT record, other, weight, probability FROM {source} ORDER BY record, other")
    return pairs, len(there) >= parts


def _on_duckdb(connection: Any, model: Model, parts: int, there: frozenset[int], folder: Path, tell: Tell) -> None:
    def keep(piece: int, statement: str) -> None:
        files.write_statement(connection, statement, folder / f"{piece}.parquet")
        tell("score", piece + 1, parts)

    tell("score", len(there), parts)
    scoring.score(connection, model, parts, sorted(set(range(parts)) - there), keep)


def _on_spark(connection: Any, model: Model, options: LinkOptions, place: Path, folder: Path) -> None:
    ready, keys = place / "ready.parquet", place / "keys.parquet"
    files.write_statement(connection, f"SELECT * FROM {READY}", ready)
    files.write_statement(connection, f"SELECT * FROM {KEYS}", keys)
    scratch = str(place / "spill")
    spark.score(model, str(ready), str(keys), str(folder), master=options.spark_master, scratch=scratch)
