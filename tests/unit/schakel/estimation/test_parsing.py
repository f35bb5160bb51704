"""Capture tables as text: separators, encodings, and what is no table."""

from __future__ import annotations

import pytest

from schakel.estimation.parsing import parse_table
from schakel.vocabulary.errors import BadInput


@pytest.mark.parametrize(
    "data",
    [b"A,B,count\n1,1,3\n", b"A;B;count\r\n1;1;3\r\n", b"A\tB\tcount\n1\t1\t3",
     b"\xef\xbb\xbf A , B , count \n1,1,3\n\n", b'"A","B","count"\n"1","1","3"\n'],
    ids=["commas", "semicolons", "tabs", "mark and blanks", "quotes"],
)  # fmt: skip
def test_commas_semicolons_and_tabs_are_read(data):
    assert parse_table(data, "x.csv") == {"A": ["1"], "B": ["1"], "count": ["3"]}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "x.csv: the table holds no rows"),
        (b"A,B,count\n", "x.csv: the table holds no rows"),
        (b"A,B\n1,1\n1\n", "x.csv, line 3: this row has 1 values, and the first row 2"),
        (b"A,\xe9\n1,1\n", "not UTF-8 text, or mixes encodings"),
        ("A,B\n1,1\n".encode("utf-16"), "not UTF-8 text"),
        (b"A,B\n1,\x00\n", "not UTF-8 text"),
        (b"A,A\n1,1\n", "x.csv, line 1: two columns have the name 'A'"),
        (b"A,,B\n1,1,1\n", "x.csv, line 1: a list has no name"),
        (b'A,B\n"1,1\n', "no table with commas"),
        (b"A," * 1_000_000 + b"B\n", "more than 100 columns"),
    ],
)
def test_what_is_no_table_is_told_with_file_and_line(data, said):
    with pytest.raises(BadInput, match=said):
        parse_table(data, "x.csv")
