"""What is worked out once a distinct value, by codes, is what is worked out row by row: names, keys, frequencies."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from schakel.linkage.blocking import shared
from schakel.linkage.coded import each
from schakel.linkage.frequencies import SHRUNK, frequency
from schakel.linkage.model import Block
from schakel.linkage.names import folded, sound, without_prefixes
from schakel.linkage.prepare import Given, prepared

NAMES = st.one_of(
    st.none(), st.sampled_from(["", " ", "Anna", "anna B.", "Van den Berg", "Ö", "de", "-"]), st.text(max_size=6)
)
ROWS = st.lists(st.tuples(NAMES, NAMES, NAMES), min_size=1, max_size=12)
LETTER, YEAR = st.one_of(st.none(), st.sampled_from("abc")), st.one_of(st.none(), st.integers(1, 3))
Names = tuple[str | None, str | None, str | None]
Row = tuple[str | None, str | None, int | None]
COLUMNS = ("name", "place", "year")
CODES = st.lists(st.tuples(LETTER, LETTER, YEAR), min_size=2, max_size=30)


def plainly(given_names: str | None, surname: str | None, alias: str | None) -> dict[str, str | None]:
    """The columns that come from names, of one registration; '' counts as missing."""
    whole, last = folded(given_names or ""), without_prefixes(folded(surname or ""))
    first, other = whole.partition(" ")[0], folded(alias or "")

    def ordered(one: str, two: str) -> str:
        return " ".join(sorted((one, two))) if one and two else ""

    def parts(name: str) -> str:
        return " ".join(sorted({part for part in f"{name} {other}".split() if len(part) > 1}))

    made = {
        "given_all": whole, "given": first, "given_rest": whole.partition(" ")[2], "given_sound": sound(first),
        "given_initial": first[:1], "given_short": first if len(first) == 1 else "", "surname": last,
        "surname_sound": sound(last), "given_any": parts(whole), "surname_any": parts(last),
        "name_pair": ordered(first, last), "sound_pair": ordered(sound(first), sound(last)),
        "name_all": " ".join(sorted(f"{whole} {last}".split())),
    }  # fmt: skip
    return {name: value or None for name, value in made.items()}


@settings(max_examples=40)
@given(ROWS)
def test_columns_of_names_are_those_of_each_row(names: list[Names]) -> None:
    rows = pd.DataFrame(names, columns=["given_names", "surname", "aliases"]).astype("str")
    rows = rows.assign(record=range(len(rows)), list="a", birth_date=None, sex=None, nationality=None)
    made = prepared(rows, Given())
    expected = [plainly(*row) for row in names]
    found = made[list(expected[0])].astype("object")
    assert found.where(found.notna(), None).to_dict("records") == expected


def frame_of(rows: list[Row]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=COLUMNS)
    for name in ("name", "place"):
        table[name] = each(table[name].astype("str"), lambda value: value)
    return table.astype({"year": "Int32"})


def of(row: Row, columns: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(row[COLUMNS.index(name)] for name in columns)


@given(CODES, st.sampled_from([COLUMNS[:1], COLUMNS[:2], COLUMNS]), st.sampled_from([0.5, 1.0, 8.0]))
def test_shared_keys_are_what_registrations_agree_on(rows: list[Row], columns: tuple[str, ...], pairs: float) -> None:
    held = defaultdict(list)
    for position, row in enumerate(rows):
        if None not in of(row, columns):
            held[of(row, columns)].append(position)
    sizes, largest, made = Counter(map(len, held.values())), 2, 0.0
    for many in sorted(sizes.keys() - {1}):
        made += sizes[many] * many * (many - 1) / 2
        if made > pairs * len(rows) and many > 2:
            break
        largest = many
    found = shared(frame_of(rows), Block(columns, pairs))
    groups = pd.Series(found.positions).groupby(found.keys).agg(tuple).tolist()
    assert sorted(groups) == sorted(tuple(one) for one in held.values() if 1 < len(one) <= largest)
    assert found.candidates == sum(len(one) * (len(one) - 1) // 2 for one in groups)
    crowds = [one for one in held.values() if len(one) > largest]
    assert bool(found.crowded) == bool(crowds)
    if found.crowded:
        assert (found.crowded.keys, found.crowded.registrations) == (len(crowds), sum(map(len, crowds)))


@given(CODES, st.sampled_from([(), ("place",), ("place", "year")]))
def test_a_frequency_is_that_of_the_value_in_its_group(rows: list[Row], within: tuple[str, ...]) -> None:
    table = frame_of(rows)
    keys, common = frequency(table["name"], [table[name] for name in within])
    cells = [(row[0], of(row, within)) for row in rows]
    known = [cell for cell in cells if cell[0] is not None]
    many, everywhere, in_group = Counter(known), Counter(cell[0] for cell in known), Counter(cell[1] for cell in known)
    for cell, key, found in zip(cells, keys.tolist(), common.tolist(), strict=True):
        if cell[0] is None:
            assert key == -1
            assert found != found
        else:
            share = SHRUNK * everywhere[cell[0]] / len(known)
            assert found == (many[cell] + share) / (in_group[cell[1]] + SHRUNK)
            assert [other == cell for other in cells] == [other == key for other in keys.tolist()]
