"""Capture tables in files, as counts and as tables that pass between rooms."""

from __future__ import annotations

import pandas as pd
import pytest

from schakel.estimation.files import read_frame, read_histories, read_table
from schakel.vocabulary.errors import BadInput


def test_a_file_is_named_but_not_where_it_lies(tmp_path):
    path = tmp_path / "lists.csv"
    path.write_text("A,B\n1,2\n", encoding="utf-8")
    with pytest.raises(BadInput) as told:
        read_histories(path)
    assert str(told.value).startswith("lists.csv, line 2: column 'B' is no list")
    assert str(tmp_path) not in str(told.value)
    with pytest.raises(BadInput, match=r"'none.csv' cannot be read"):
        read_table(tmp_path / "none.csv")


def test_a_table_that_passes_between_rooms_is_read_with_its_kinds(tmp_path):
    table = pd.DataFrame({"record": [1, 2], "list": ["Care", "Police"], "sex": ["v", None]})
    table.to_csv(tmp_path / "a.csv", index=False)
    table.to_parquet(tmp_path / "a.parquet")
    for name in ("a.csv", "a.parquet"):
        made = read_frame(tmp_path / name)
        assert made["record"].tolist() == [1, 2]
        assert made["sex"].isna().tolist() == [False, True]
    (tmp_path / "b.parquet").write_bytes(b"nothing")
    with pytest.raises(BadInput, match=r"'b.parquet' cannot be read"):
        read_frame(tmp_path / "b.parquet")
