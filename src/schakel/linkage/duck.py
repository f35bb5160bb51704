"""The embedded database: the registrations laid out for comparing, with frequencies and block keys beside them."""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from schakel.linkage.blocking import Crowded, shared
from schakel.linkage.model import Model
from schakel.linkage.refusals import refusal
from schakel.vocabulary.extras import needing

READY: Final = "ready"
KEYS: Final = "block_keys"
"""The table of registrations with all that scoring needs, and the one of the keys by which pairs are made."""
FOR_BLOCKS: Final = ("name_pair", "sound_pair")
"""Columns that make pairs and are not compared."""
LISTS_OF_WORDS: Final = ("given_any", "surname_any")


def connect(*, memory: str = "1200MB", threads: int = 2, spill: str = "") -> Any:
    """A database in memory that downloads nothing; what does not fit goes to the folder `spill`."""
    with needing("link"):
        import duckdb
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "memory_limit": memory,
        "threads": threads,
        "preserve_insertion_order": False,
    }
    if spill:
        settings["temp_directory"] = spill
    return duckdb.connect(":memory:", config=settings)


def rows(connection: Any, statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """All rows of a statement. (An answer that is not fetched to its end would block the next statement.)"""
    found: list[tuple[Any, ...]] = connection.execute(statement, values or []).fetchall()
    return found


def rows_of(connection: Any, statement: str) -> pd.DataFrame:
    """The answer of a statement as a table."""
    found: pd.DataFrame = connection.execute(statement).df()
    return found


def make_keys(connection: Any, prepared: pd.DataFrame, model: Model) -> tuple[int, tuple[Crowded, ...]]:
    """The table of the keys of the blocks, from prepared registrations.

    A key that more than `largest` registrations share is left out, and so is one that a single registration has.
    Returns how many pairs the keys make at most (a pair that several blocks make is counted for each), and the blocks
    in which keys were left out because too many share them. Raises `BadInput` where no two registrations share a key,
    or none but those that too many share.
    """
    connection.execute(
        f"CREATE OR REPLACE TABLE {KEYS} (record BIGINT, list INT, once BOOLEAN, block INT, block_key BIGINT)"
    )
    sides = prepared[["record", "once"]].assign(list=prepared["list"].cat.codes)  # a list by its number
    candidates, keys, crowded = 0, 0, []
    for number, block in enumerate(model.blocks):
        if not set(block.columns) <= set(prepared.columns):
            continue
        found = shared(prepared, block)
        placed = sides.take(found.positions).assign(block_key=found.keys + keys)
        _fill(connection, placed, f"INSERT INTO {KEYS} SELECT record, list, once, {number}, block_key FROM piece")
        candidates, keys = candidates + found.candidates, keys + len(found.positions)
        crowded += [found.crowded] if found.crowded else []
    if not candidates and crowded:
        most = max(crowded, key=lambda one: one.registrations)
        raise refusal("crowded", count=most.registrations, columns=" + ".join(most.columns))
    if not candidates:
        raise refusal("no-pairs")
    return candidates, tuple(crowded)


def make_ready(connection: Any, prepared: pd.DataFrame, model: Model, table: str = READY) -> str:
    """The table with what scoring by this model needs of prepared registrations with frequencies; its name."""
    compared = {column for one in model.comparisons for column in one.columns()}
    made = prepared.drop(columns=[name for name in FOR_BLOCKS if name not in compared])
    words = ", ".join(f"string_split({name}, ' ') AS {name}" for name in LISTS_OF_WORDS)
    _fill(connection, made, f"CREATE OR REPLACE TABLE {table} AS SELECT * REPLACE ({words}) FROM piece")
    return table


def _fill(connection: Any, table: pd.DataFrame, statement: str) -> None:
    """Run a statement that selects from `piece`, which is this table (in Arrow, each distinct text once)."""
    with needing("link"):
        import pyarrow
    connection.register("piece", pyarrow.Table.from_pandas(table, preserve_index=False))
    connection.execute(statement)
    connection.unregister("piece")


def sample(connection: Any, prepared: pd.DataFrame, model: Model, size: int, seed: int) -> str:
    """The name of a table with at most `size` registrations, the same ones for the same seed."""
    if len(prepared) <= size:
        return READY
    connection.register("piece", prepared[["record"]])
    found = connection.execute(f"SELECT record, hash(record, {int(seed)}) AS place FROM piece").fetchnumpy()
    connection.unregister("piece")
    chosen = found["record"][np.argpartition(found["place"], size)[:size]]
    return make_ready(connection, prepared[prepared["record"].isin(chosen)], model, "sampled")


def possible_pairs(connection: Any, table: str) -> float:
    """How many pairs could be one person: all, but for those within a list that holds a person once."""
    found = rows(connection, f"SELECT list, once, count(*) FROM {table} GROUP BY list, once")
    every = sum(row[2] for row in found)
    within = sum(row[2] * (row[2] - 1) / 2 for row in found if row[1])
    return float(every * (every - 1) / 2 - within)
