"""Scoring all candidate pairs on the embedded database, piece by piece, so that memory does not grow with the lists."""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from schakel.linkage.dialects import pairing
from schakel.linkage.duck import KEYS, READY
from schakel.linkage.model import Model
from schakel.linkage.splinking import on_duckdb, quiet

KEPT: Final = 0.01
"""Pairs below this probability are not kept: a hundred of them are expected to hold one match or less."""
PAIRS_A_PIECE: Final = 3_000_000
COLUMNS: Final = "record_l AS record, record_r AS other, match_weight AS weight, match_probability AS probability"


def pieces(candidate_pairs: int) -> int:
    return max(1, -(-candidate_pairs // PAIRS_A_PIECE))


def score(connection: Any, model: Model, count: int, wanted: Iterable[int], keep: Callable[[int, str], None]) -> None:
    """Score the `wanted` of `count` pieces; `keep(piece, statement)` puts the kept pairs of each where they belong."""
    for piece in wanted:
        scored = scored_piece(connection, READY, model, piece, count, KEPT)
        keep(piece, f"SELECT {COLUMNS} FROM {scored}")
        connection.execute(f"DROP TABLE {scored}")


def scored_piece(connection: Any, table: str, model: Model, piece: int, count: int, least: float) -> str:
    """The name of a table with the pairs of one piece whose probability is `least` or more.

    Given the pairs, Splink takes from `table` only the registrations that occur in them, and the frequencies there.
    """
    pairs = f"pairs_{piece}_of_{count}"
    connection.execute(f"CREATE OR REPLACE TABLE {pairs} AS {pairing(_keys(connection, table), piece, count)}")
    with quiet():
        linker, api = on_duckdb(connection, table, model)
        linker.table_management.register_blocked_pairs_for_predict(api.register(pairs))
        found = linker.inference.predict(threshold_match_probability=least, warning_mode="never")
    connection.execute(f"DROP TABLE {pairs}")
    return str(found.physical_name)


def _keys(connection: Any, table: str) -> str:
    """The keys of a table; on a sample those of the registrations in it, taken out once for both sides of a pair."""
    if table == READY:
        return KEYS
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {KEYS}_of_{table} AS "
        f"SELECT * FROM {KEYS} WHERE record IN (SELECT record FROM {table})"
    )
    return f"{KEYS}_of_{table}"
