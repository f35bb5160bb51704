"""Properties of the figures: order, re-reports and nationality change nothing that they should not change."""

from __future__ import annotations

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as some

from schakel.monitor.definitions import PERSONS, definitions
from schakel.monitor.engines import on_duckdb
from schakel.monitor.figures import compute
from schakel.monitor.observations import sdmx_code
from schakel.monitor.trends import change, count_interval, stretches

NAMES = [one.id for one in definitions().figures.values() if one.unit == PERSONS and not one.where][:6]
ROW = some.fixed_dictionaries({
    "person": some.integers(1, 5),
    "year": some.sampled_from([2019, 2020]),
    "organisation": some.sampled_from(["police", "kmar", "others"]),
    "sex": some.sampled_from(["woman", "man", "unknown"]),
    "age_group": some.sampled_from(["0-17", "23+", "unknown"]),
    "citizenship": some.sampled_from(["nl", "eu", "unknown"]),
    "form": some.sampled_from(["sexual", "labour"]),
    "domestic": some.sampled_from(["yes", "no", "unknown"]),
    "sector": some.sampled_from(["farming", "unknown"]),
    "police_unit": some.sampled_from(["Amsterdam", "unknown"]),
})  # fmt: skip


def table(rows):
    made = pd.DataFrame(rows).assign(identity="with", again="first", place=range(1, len(rows) + 1))
    made["sexual"] = (made["form"] == "sexual").map({True: "yes", False: "no"})
    return made


def figures(made, names):
    with on_duckdb(threads=1) as engine:
        return {name: found.rows for name, found in compute(engine, made, names).items()}


@settings(max_examples=6, deadline=None)
@given(some.lists(ROW, min_size=1, max_size=12))
def test_every_figure_of_persons_has_the_same_total_and_a_re_report_adds_nobody(rows):
    people = len({(row["person"], row["year"]) for row in rows})
    found = figures(table(rows), NAMES)
    assert {name: int(each["counted"].sum()) for name, each in found.items()} == dict.fromkeys(NAMES, people)
    again = figures(table([*rows, *rows]), NAMES)
    for name in NAMES:
        pd.testing.assert_frame_equal(again[name], found[name])


@settings(max_examples=5, deadline=None)
@given(some.lists(ROW, min_size=1, max_size=12), some.sampled_from(["nl", "eu", "third_country", "unknown"]))
def test_whatever_the_nationality_the_four_groups_are_the_same(rows, land):
    plain = figures(table(rows), ["victims-by-group"])["victims-by-group"]
    changed = figures(table([row | {"citizenship": land} for row in rows]), ["victims-by-group"])["victims-by-group"]
    pd.testing.assert_frame_equal(changed, plain)


@settings(max_examples=5, deadline=None)
@given(some.lists(ROW, min_size=1, max_size=12), some.randoms(use_true_random=False))
def test_the_order_of_rows_in_the_file_changes_nothing(rows, random):
    made = table(rows)
    shuffled = made.sample(frac=1, random_state=random.randrange(1000))
    plain, other = figures(made, NAMES[:4]), figures(shuffled, NAMES[:4])
    for name in NAMES[:4]:
        pd.testing.assert_frame_equal(other[name], plain[name])


@given(some.integers(0, 5000), some.floats(0.5, 0.99))
def test_a_count_lies_within_its_limits(count, level):
    found = count_interval(count, level)
    assert found.low <= count <= found.high


@given(some.integers(0, 500), some.integers(0, 500))
def test_a_change_back_is_the_change_upside_down(before, after):
    there, back = change(before, after), change(after, before)
    if before and after:
        assert abs(there.low * back.high - 1) < 1e-9


@given(some.sets(some.integers(2000, 2030)), some.sets(some.integers(2000, 2030)))
def test_stretches_hold_every_year_once_and_cross_no_break(years, breaks):
    found = stretches(years, breaks)
    assert sorted(year for stretch in found for year in stretch) == sorted(years)
    assert not any(year in breaks for stretch in found for year in stretch[1:])


@given(some.text(min_size=1))
def test_every_code_can_be_written_in_sdmx(code):
    assert set(sdmx_code(code)) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@$-")
