"""The embedded database: the registrations laid out for comparing, with frequencies and block keys beside them."""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from schakel.linkage.dialects import frequency_key
from schakel.linkage.model import Block, Model
from schakel.linkage.refusals import refusal
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    import pandas as pd

READY: Final = "ready"
KEYS: Final = "block_keys"
"""The table of registrations with all that scoring needs, and the one of the keys by which pairs are made."""
SHRUNK: Final = 100
LISTS_OF_WORDS: Final = ("given_any", "surname_any")


@dataclass(frozen=True)
class Crowded:
    """A block of which some keys are shared by too many registrations to compare them all: told, not hidden."""

    columns: tuple[str, ...]
    keys: int
    registrations: int


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


def load(connection: Any, pieces: Iterable[pd.DataFrame]) -> int:
    """Put prepared registrations in the table `records`, piece by piece; how many there are."""
    made = False
    for piece in pieces:
        connection.register("piece", piece)
        words = ", ".join(f"string_split({name}, ' ') AS {name}" for name in LISTS_OF_WORDS)
        select = f"SELECT * REPLACE ({words}) FROM piece"
        connection.execute(f"INSERT INTO records {select}" if made else f"CREATE OR REPLACE TABLE records AS {select}")
        connection.unregister("piece")
        made = True
    ((count,),) = rows(connection, "SELECT count(*) FROM records") if made else ((0,),)
    if count < 2:
        raise refusal("too-few", count=count)
    return int(count)


def columns(connection: Any, table: str = "records") -> tuple[str, ...]:
    return tuple(str(row[0]) for row in rows(connection, f"DESCRIBE {table}"))


def make_keys(connection: Any, model: Model) -> tuple[Crowded, ...]:
    """The table `keys` (of the blocks), from the registrations in `records`.

    A key that more than `largest` registrations share is left out, and so is one that a single registration has.
    Returns the blocks in which keys were left out because too many share them.
    """
    there = set(columns(connection))
    connection.execute(
        f"CREATE OR REPLACE TABLE {KEYS} (record BIGINT, list TEXT, once BOOLEAN, block INT, block_key BIGINT)"
    )
    crowded = [
        _block(connection, number, block) for number, block in enumerate(model.blocks) if there >= {*block.columns}
    ]
    return tuple(found for found in crowded if found)


def make_ready(connection: Any, model: Model) -> None:
    """The table `ready` in the place of `records`: registrations with the frequency of each value that counts."""
    for name in sorted({column for one in model.comparisons for column in one.columns()} - set(columns(connection))):
        raise refusal("model-columns", name=name.removeprefix("x_").removeprefix("t_"))
    frequent = model.frequencies()
    for name, within in frequent.items():
        _frequency(connection, name, within)
    joins = [f"LEFT JOIN frequency_{name} USING ({frequency_key(name)})" for name in frequent]
    keys = ", ".join(
        ["*", *(f"{_value_key(name, within)} AS {frequency_key(name)}" for name, within in frequent.items())]
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE {READY} AS SELECT * FROM (SELECT {keys} FROM records) {' '.join(joins)}"
    )
    connection.execute("DROP TABLE records")
    for name in frequent:
        connection.execute(f"DROP TABLE frequency_{name}")


def _value_key(name: str, within: tuple[str, ...]) -> str:
    """A value in its group as a whole number; missing where the value is."""
    return f"CASE WHEN {name} IS NOT NULL THEN (hash({', '.join((name, *within))}) >> 1)::BIGINT END"


def _frequency(connection: Any, name: str, within: tuple[str, ...]) -> None:
    """For each value in each group a key, and how common the value is there.

    (count in the group + SHRUNK * share in the whole) / (size of the group + SHRUNK): a group of five people cannot
    say that a name is common.
    """
    group = ", ".join(within) or "true"
    counted = (
        f"SELECT {', '.join((name, *within))}, count(*) AS many FROM records WHERE {name} IS NOT NULL GROUP BY ALL"
    )
    connection.execute(
        f"CREATE OR REPLACE TABLE frequency_{name} AS SELECT {_value_key(name, within)} AS {frequency_key(name)}, "
        f"(many + {SHRUNK} * sum(many) OVER (PARTITION BY {name}) / sum(many) OVER ()) / "
        f"(sum(many) OVER (PARTITION BY {group}) + {SHRUNK}) AS tf_{frequency_key(name)} "
        f"FROM ({counted})"
    )


def _block(connection: Any, number: int, block: Block) -> Crowded | None:
    """Add the keys of one block: those that two registrations share or more, the rare ones first."""
    known = " AND ".join(f"{name} IS NOT NULL" for name in block.columns)
    # A hash of 63 bits: a whole number on every backend. Two keys that meet by chance only add a pair to score.
    make = f"(hash({number}, {', '.join(block.columns)}) >> 1)::BIGINT"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE shared AS SELECT block_key, count(*) AS many "
        f"FROM (SELECT {make} AS block_key FROM records WHERE {known}) GROUP BY block_key HAVING many > 1"
    )
    largest = _largest(connection, "shared", block.pairs)
    connection.execute(
        f"INSERT INTO {KEYS} SELECT record, list, once, {number}, block_key "
        f"FROM (SELECT record, list, once, {make} AS block_key FROM records WHERE {known}) "
        f"JOIN shared USING (block_key) WHERE many <= {largest}"
    )
    ((keys, many),) = rows(connection, f"SELECT count(*), sum(many) FROM shared WHERE many > {largest}")
    connection.execute("DROP TABLE shared")
    return Crowded(block.columns, int(keys), int(many)) if keys else None


def _largest(connection: Any, counts: str, pairs: float) -> int:
    """The largest number of registrations that a key may have, so that the block makes at most `pairs` each."""
    ((count,),) = rows(connection, "SELECT count(*) FROM records")
    largest, made = 2, 0.0
    for many, keys in rows(connection, f"SELECT many, count(*) FROM {counts} GROUP BY many ORDER BY many"):
        made += keys * many * (many - 1) / 2
        if made > pairs * count and many > 2:
            break
        largest = int(many)
    return largest


def sample(connection: Any, size: int, seed: int) -> str:
    """The name of a table with at most `size` registrations, the same ones for the same seed."""
    ((count,),) = rows(connection, f"SELECT count(*) FROM {READY}")
    if count <= size:
        return READY
    connection.execute(
        f"CREATE OR REPLACE TABLE sampled AS SELECT * FROM {READY} WHERE record IN "  # only numbers are put in order
        f"(SELECT record FROM {READY} ORDER BY hash(record, {int(seed)}) LIMIT {int(size)})"
    )
    return "sampled"


def possible_pairs(connection: Any, table: str) -> float:
    """How many pairs could be one person: all, but for those within a list that holds a person once."""
    found = rows(connection, f"SELECT list, once, count(*) FROM {table} GROUP BY list, once")
    every = sum(row[2] for row in found)
    within = sum(row[2] * (row[2] - 1) / 2 for row in found if row[1])
    return float(every * (every - 1) / 2 - within)
