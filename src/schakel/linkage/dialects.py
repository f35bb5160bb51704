"""The neutral model written for one backend: predicates and settings as DuckDB or Spark understand them."""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

import math
from typing import Any, Final

from schakel.linkage.model import Comparison, Level, Model, Predicate

FUNCTIONS: Final = {
    "duckdb": {"edits": "levenshtein", "shares": "list_has_any"},
    "spark": {"edits": "levenshtein", "shares": "arrays_overlap"},
}


def predicate(test: Predicate, dialect: str) -> str:
    """One test as SQL on the columns `<name>_l` and `<name>_r`. Column names are plain words (`model` saw to that)."""
    name = test.columns[0] if test.columns else ""
    left, right = f"{name}_l", f"{name}_r"
    call = FUNCTIONS[dialect].get(test.kind, "")
    match test.kind:
        case "missing" | "unknown":
            return f"({left} IS NULL OR {right} IS NULL)"
        case "equal":
            return f"{left} = {right}"
        case "crossed":
            other = test.columns[1]
            return f"({left} = {other}_r AND {other}_l = {right})"
        case "either":
            other = test.columns[1]
            # Where one side is not known the other decides; unknown is then no answer and not a "no".
            return f"(coalesce({left} = {other}_r, false) OR coalesce({other}_l = {right}, false))"
        case "similar":
            # In whole numbers, so that no backend rounds otherwise. Jaro-Winkler is not the same on both: half a
            # transposition counts on Spark and not in DuckDB, which changed one in thirty-six of like names.
            apart, longest = f"levenshtein({left}, {right})", f"greatest(length({left}), length({right}))"
            return f"100 * {apart} <= {100 - round(100 * test.number)} * {longest}"
        case "edits":
            return f"{call}({left}, {right}) <= {int(test.number)}"
        case "within":
            return f"abs({left} - {right}) <= {int(test.number)}"
        case "shares":
            return f"{call}({left}, {right})"
    return "ELSE"


def condition(level: Level, dialect: str) -> str:
    return " AND ".join(predicate(test, dialect) for test in level.tests)


def _comparison(one: Comparison, dialect: str) -> dict[str, Any]:
    return {
        "output_column_name": one.name,
        "comparison_description": one.name,
        "comparison_levels": [_level(level, dialect) for level in one.levels],
    }


def _level(level: Level, dialect: str) -> dict[str, Any]:
    made: dict[str, Any] = {"sql_condition": condition(level, dialect), "label_for_charts": level.name}
    if level.missing:
        return made | {"is_null_level": True}
    if level.frequency:
        # The frequency takes the place of u of this very level, whatever other level is an exact match.
        made |= {"tf_adjustment_column": frequency_key(level.frequency), "disable_tf_exact_match_detection": True}
    if level.m is not None:
        made["m_probability"] = level.m
    if level.u is not None:
        made["u_probability"] = level.u
    return made


def frequency_key(name: str) -> str:
    """The column that says which value, in which group, a frequency is of; `tf_` before it names the frequency."""
    return f"key_{name}"


def pairing(keys: str, piece: int, pieces: int) -> str:
    """The candidate pairs of one piece, as Splink takes them: registrations that share a key of any block, once each.

    Registrations of one list that holds a person once are never a pair. Plain SQL, the same on both backends.
    """
    return (
        "SELECT min(l.block) AS match_key, l.record AS join_key_l, r.record AS join_key_r "
        f"FROM {keys} l JOIN {keys} r ON l.block_key = r.block_key AND l.record < r.record "
        f"WHERE NOT (l.list = r.list AND l.once) AND l.record % {int(pieces)} = {int(piece)} "
        "GROUP BY l.record, r.record"
    )


def settings(model: Model, dialect: str, **more: Any) -> dict[str, Any]:
    """The settings that Splink takes, for one backend. One table of registrations: `dedupe_only` in Splink's words."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "record",
        "probability_two_random_records_match": model.prior,
        "comparisons": [_comparison(one, dialect) for one in model.comparisons],
        "blocking_rules_to_generate_predictions": [],  # the pairs are made by `pairing` and given to Splink
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "em_convergence": 0.0005,
        **more,
    }


def weight(level: Level) -> float:
    """log2(m / u); 0 where nothing can be compared or nothing was learnt."""
    if level.missing or not level.m or not level.u:
        return 0.0
    return math.log2(level.m / level.u)
