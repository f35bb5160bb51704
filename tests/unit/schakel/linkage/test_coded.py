"""Columns as codes: one code for what is the same, -1 for what is missing, whatever the values are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from schakel.linkage.coded import combined, compact, distinct, each, each_pair, laid, renumbered


def column(*values: str | None) -> pd.Series:
    return each(pd.Series(values, dtype="str"), lambda value: value)


def test_each_distinct_value_is_worked_on_once() -> None:
    asked: list[str] = []

    def make(value: str) -> str:
        asked.append(value)
        return value[:1]

    made = each(pd.Series(["Anna", None, "Bo", "Anna", "Ab"]), make)
    assert asked == ["Anna", "Bo", "Ab"]
    assert made.astype("object").where(made.notna(), None).tolist() == ["A", None, "B", "A", "A"]
    assert made.cat.categories.tolist() == ["A", "B"]


def test_what_is_made_empty_is_missing() -> None:
    assert each(pd.Series(["x", "y", None]), lambda value: "").isna().all()
    assert laid(pd.RangeIndex(2), np.array([-1, -1]), []).isna().all()


def test_numbers_and_days_are_written_as_people_do() -> None:
    assert distinct(pd.Series([1234.0, None, 0.5]))[1] == ["1234", "0.5"]
    assert distinct(pd.Series([pd.Timestamp("2023-05-19")]))[1] == ["2023-05-19"]


def test_pairs_of_values_are_made_where_one_or_both_are_missing_too() -> None:
    left, right = column("a", None, "a", None, "a"), column("b", "b", None, None, "b")
    assert each_pair(left, right, lambda one, other: f"<{one}|{other}>").tolist() == [
        "<a|b>", "<|b>", "<a|>", "<|>", "<a|b>",
    ]  # fmt: skip
    assert each_pair(column(None, None), column(None, None), lambda one, other: one + other).isna().all()


def test_rows_have_one_code_when_they_agree_on_all_columns() -> None:
    columns = [column("a", "a", "b", None, "a"), pd.Series([1, 1, 1, 1, None], dtype="Int32"), column(*"xyxxx")]
    for most in (1 << 40, 6):  # with few codes to go by they are numbered anew on the way
        codes, size = combined(columns, most)
        assert codes[3] == codes[4] == -1
        assert len({*codes[:3].tolist()}) == 3
        assert codes.max() < size
        assert combined([one.take([0, 0]) for one in columns], most)[0].tolist() == [codes[0]] * 2


def test_codes_are_numbered_anew_with_what_is_missing_left_as_it_is() -> None:
    codes, size = renumbered(np.array([7, -1, 3, 7]))
    assert (codes.tolist(), size) == ([0, -1, 1, 0], 2)
    assert renumbered(np.array([-1, -1]))[0].tolist() == [-1, -1]
    assert renumbered(np.array([5, 2]))[0].tolist() == [0, 1]
    codes = np.array([900, -1, 900])
    assert compact(codes, 1_000)[0].tolist() == [0, -1, 0]
    assert compact(codes, 12)[0] is codes
