"""Figures from the extract: persons and not reports, held against a plain count in pandas."""

from __future__ import annotations

import pandas as pd
import pytest

from schakel.monitor.codes import codelists
from schakel.monitor.definitions import PERSONS, definitions
from schakel.monitor.engines import on_duckdb, spark_sql
from schakel.monitor.figures import combinations, compute, parse_years
from schakel.monitor.files import statements, write_extract
from schakel.vocabulary.errors import BadInput

BASE = {
    "person": 1, "year": 2020, "place": 1, "organisation": "police", "identity": "with", "again": "first",
    "sex": "woman", "age_group": "23+", "citizenship": "nl", "form": "sexual", "sexual": "yes", "domestic": "unknown",
    "sector": "unknown", "police_unit": "Amsterdam",
}  # fmt: skip


def table(*rows):
    made = pd.DataFrame([BASE | {"place": place} | row for place, row in enumerate(rows, start=1)])
    return made.astype({"person": "Int64"})


def counted(name, *rows):
    with on_duckdb() as engine:
        found = compute(engine, table(*rows), [name])[name].rows
    return {tuple(row[1:-1]): row[-1] for row in found.itertuples(index=False, name=None)}


def test_persons_are_those_of_a_plain_count(extract, figures):
    known = extract[extract["identity"] == "with"]
    plain = known.groupby("year")["person"].nunique().to_dict()
    for one in figures.values():
        if one.definition.unit == PERSONS and not one.definition.where:
            assert one.by_year == plain, one.definition.id


def test_first_known_values_are_those_of_a_plain_walk(extract, figures):
    """Held against the plain way: each person's reports one by one, the first that says something counts."""
    known = extract[extract["identity"] == "with"].sort_values("place")
    plain = {}
    for (year, _), rows in known.groupby(["year", "person"]):
        sexes = [sex for sex in rows["sex"] if sex != "unknown"] + ["unknown"]
        ages = [age for age in rows["age_group"] if age != "unknown"] + ["unknown"]
        plain[year, sexes[0], ages[0]] = plain.get((year, sexes[0], ages[0]), 0) + 1
    rows = figures["victims-by-sex-and-age"].rows
    assert {tuple(row[:-1]): row[-1] for row in rows.itertuples(index=False, name=None)} == plain


def test_reports_are_not_victims(figures):
    reports, people = figures["reports-by-organisation"].by_year, figures["victims-by-form"].by_year
    assert all(reports[year] > people[year] for year in people)


def test_counts_by_reporter_overlap(figures):
    overlapping = figures["persons-by-reporter-overlapping"].by_year
    apart = figures["victims-by-organisation"].by_year
    assert sum(overlapping.values()) > sum(apart.values())


def test_somebody_reported_by_two_kinds_of_organisation_counts_once_under_several():
    assert counted("victims-by-organisation", {}, {"organisation": "kmar"}) == {("several",): 1}
    assert counted("victims-by-organisation", {}, {}) == {("police",): 1}


def test_somebody_reported_in_two_years_counts_in_both():
    with on_duckdb() as engine:
        found = compute(engine, table({}, {"year": 2021, "again": "again"}), ["victims-again"])["victims-again"]
    assert found.by_year == {2020: 1, 2021: 1}


def test_a_report_without_identity_is_a_report_and_no_person():
    rows = ({}, {"identity": "without", "person": None})
    assert counted("victims-by-form", *rows) == {("sexual",): 1}
    assert counted("reports-by-organisation", *rows) == {("police", "with"): 1, ("police", "without"): 1}


@pytest.mark.parametrize(
    ("said", "sexual", "group"),
    [
        (["yes"], "yes", "domestic_sexual"),
        (["yes"], "no", "domestic_other"),
        (["no"], "yes", "crossborder_sexual"),
        (["no", "unknown"], "no", "crossborder_other"),
        (["unknown"], "yes", "unknown"),
        (["yes", "no"], "yes", "unknown"),
        (["yes"], "unknown", "unknown"),
    ],
)
def test_the_four_groups(said, sexual, group):
    rows = [{"domestic": each, "sexual": sexual} for each in said]
    assert counted("victims-by-group", *rows) == {(group,): 1}


@pytest.mark.parametrize("citizenship", ["nl", "eu", "third_country", "unknown"])
def test_citizenship_says_nothing_about_the_group(citizenship):
    assert counted("victims-by-group", {"citizenship": citizenship}) == {("unknown",): 1}
    assert counted("victims-by-group", {"citizenship": citizenship, "domestic": "no"}) == {("crossborder_sexual",): 1}


def test_rows_stand_in_the_order_of_the_code_lists_and_not_by_count(figures):
    for one in figures.values():
        for name in one.definition.by[1:2]:
            first = one.rows[one.rows["year"] == one.rows["year"].min()][name].drop_duplicates()
            order = list(codelists()[name].codes)
            assert list(first) == sorted(first, key=order.index)


def test_an_internal_figure_does_not_print_its_counts(figures):
    said = repr(figures["victims-by-group"])
    assert said.startswith("INTERNAL")
    assert not any(str(count) in said for count in figures["victims-by-group"].by_year.values())


def test_a_parquet_file_gives_the_same_as_a_table(extract, figures, tmp_path):
    path = tmp_path / "extract.parquet"
    write_extract(extract, path)
    with on_duckdb(memory="300MB", threads=1) as engine:
        found = compute(engine, str(path), ["victims-by-group-sex-and-age"])
    name = "victims-by-group-sex-and-age"
    pd.testing.assert_frame_equal(found[name].rows, figures[name].rows)
    again = tmp_path / "again.parquet"
    write_extract(extract, again)
    assert path.read_bytes() == again.read_bytes()
    with pytest.raises(BadInput, match="exists already"):
        write_extract(extract, path)


def test_years_are_read_apart_and_only_those_asked_for(extract, figures):
    with on_duckdb() as engine:
        found = compute(engine, extract, ["victims-by-form"], range(2020, 2022))["victims-by-form"]
    assert found.by_year == {year: figures["victims-by-form"].by_year[year] for year in (2020, 2021)}


def test_what_a_release_is_made_of_counts_the_same_persons(extract, figures):
    with on_duckdb() as engine:
        rows = combinations(engine, extract, ["year", "form"], [2020])
    assert rows["counted"].sum() == figures["victims-by-form"].by_year[2020]


def test_no_engine_downloads_anything_or_writes_a_file(tmp_path):
    with on_duckdb() as engine:
        told = engine.rows(
            "SELECT name, value FROM duckdb_settings() WHERE name IN "
            "('autoinstall_known_extensions', 'autoload_known_extensions', 'temp_directory')"
        )
    assert dict(told.itertuples(index=False, name=None)) == {
        "autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "temp_directory": "",
    }  # fmt: skip


def test_every_statement_is_read_by_spark_too():
    for name, statement in statements().items():
        assert spark_sql(statement).startswith("SELECT"), name


def test_every_figure_has_its_statement_and_every_statement_its_figure():
    assert set(statements()) == {*definitions().figures, "persons"}


@pytest.mark.parametrize("typed", ["", "20", "2024-2020", "x-y", "2024-", "1000-3000", "٢٠٢٠"])
def test_years_that_are_none(typed):
    with pytest.raises(BadInput):
        parse_years(typed)


def test_years():
    assert list(parse_years("2019-2021")) == [2019, 2020, 2021]
    assert list(parse_years("2020")) == [2020]


def test_what_cannot_be_counted_is_a_sentence(extract):
    with on_duckdb() as engine:
        with pytest.raises(BadInput, match="there is no figure 'x'"):
            compute(engine, extract, ["x"])
        with pytest.raises(BadInput, match="no registration in the years"):
            compute(engine, extract, ["victims-by-form"], [1999])
        with pytest.raises(BadInput, match="has no SQL text"):
            compute(engine, extract, ["victims-by-form"], texts={"persons": statements()["persons"]})
        texts = {**statements(), "victims-by-form": statements()["victims-by-citizenship"]}
        with pytest.raises(BadInput, match="does not give the columns"):
            compute(engine, extract, ["victims-by-form"], texts=texts)
