"""Whole releases, drawn and read back: the same with the same key, and beside what was published before."""

from __future__ import annotations

from datetime import date

import pytest

from schakel.disclosure.files import read_directory, read_earlier, write_release
from schakel.disclosure.protect import protect
from schakel.disclosure.seal import seed_of
from schakel.disclosure.spec import SUPPRESSION, Beside, Policy
from schakel.disclosure.verify import verify
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.periods import Period
from tests.unit.schakel.disclosure.small import people, spec

KEY = b"a key of the installation, secret"
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))


def test_the_same_release_is_drawn_the_same_with_the_same_key():
    assert seed_of(KEY, "a") == seed_of(KEY, "a") != seed_of(KEY, "b")
    asked, data = spec(("sex", "age")), people(60)
    first, again = (protect(asked, data, seed=seed_of(KEY, "a"))[0] for _ in range(2))
    assert first.rows == again.rows


def test_a_figure_beside_comes_from_printed_counts(tmp_path):
    share = Beside("share-women", "percentage", {"sex": "woman"}, decimals=1)
    made, _ = protect(spec(("sex", "age"), beside=(share,)), people(61), seed=2)
    table = made.table("sex-age")
    total = {sex: table[(table["sex"] == sex) & (table["age"] == "_T")]["value"].item() for sex in ("woman", "_T")}
    assert float(made.beside["share-women"] or 0) == pytest.approx(100 * total["woman"] / total["_T"], abs=0.05)
    write_release(made, tmp_path / "out")
    assert verify(read_directory(tmp_path / "out"), people(61)).safe


def test_a_withheld_count_is_missing_and_not_nought(tmp_path):
    asked = spec(("sex", "age", "form"), policy=Policy(mode=SUPPRESSION))
    made, report = protect(asked, people(300), seed=1)
    table = made.table("sex-age-form")
    assert table["value"].isna().sum() == report.withheld > 0
    assert set(table[table["value"].isna()]["status"]) == {"withheld"}
    write_release(made, tmp_path / "out")
    assert verify(read_directory(tmp_path / "out"), people(300)).safe


def test_an_earlier_release_of_the_same_period_is_known_to_the_reader(tmp_path):
    data = people(60)
    first, _ = protect(spec(("sex", "age"), period=YEAR), data, seed=1)
    write_release(first, tmp_path / "first")
    before = read_earlier(tmp_path / "first")
    again, _ = protect(spec(("sex", "age"), ("sex", "form"), period=YEAR), data, seed=99, earlier=[before])
    assert again.table("sex-age").equals(first.table("sex-age"))
    assert again.note["earlier"] == [{"name": "first"}]


def test_last_years_release_is_differenced(tmp_path):
    """Three years of which the first two were published: what is left is the third, and it is attacked."""
    data = people(90)
    old = data[data["year"] != "2023"]
    years = Period(date(2021, 1, 1), date(2022, 12, 31))
    first, _ = protect(spec(("sex", "age"), period=years), old, seed=1)
    write_release(first, tmp_path / "first")
    whole = Period(date(2021, 1, 1), date(2023, 12, 31))
    asked = spec(("sex", "age"), ("year",), period=whole, period_variable="year")
    made, report = protect(asked, data, seed=2, earlier=[read_earlier(tmp_path / "first")])
    keys = {report.release.cells.key(cell) for cell in report.release.implied.tolist()}
    assert (("sex", "woman"), ("year", "2023")) in keys or (("sex", "woman"), ("year", "{2021|2022}")) in keys
    assert made.note["earlier"]


def test_periods_that_overlap_in_part_are_refused(tmp_path):
    half = Period(date(2022, 7, 1), date(2023, 6, 30))
    first, _ = protect(spec(("sex", "age"), period=half), people(60), seed=1)
    write_release(first, tmp_path / "first")
    with pytest.raises(BadInput, match="overlaps this one in part"):
        protect(spec(("sex", "age"), period=YEAR), people(60), seed=1, earlier=[read_earlier(tmp_path / "first")])


def test_a_release_of_another_period_is_no_concern(tmp_path):
    before = Period(date(2020, 1, 1), date(2020, 12, 31))
    first, _ = protect(spec(("sex", "age"), period=before), people(60, seed=9), seed=1)
    write_release(first, tmp_path / "first")
    made, report = protect(
        spec(("sex", "age"), period=YEAR), people(60), seed=1, earlier=[read_earlier(tmp_path / "first")]
    )
    assert report.release.earlier == ()
    assert made.note["earlier"] == []
