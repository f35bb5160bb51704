"""The bridge to disclosure: what comes out is protected, adds up, and is made of closed lists."""

from __future__ import annotations

import pytest

from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor.definitions import YEAR
from schakel.monitor.engines import on_duckdb
from schakel.monitor.release import YEARLY, make, release_spec
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import text

TITLE = text({"nl": "proef", "en": "trial"})


def test_a_release_is_protected_and_every_count_is_rounded(release):
    assert isinstance(release, ProtectedRelease)
    assert all(row.value % 5 == 0 for rows in release.rows.values() for row in rows)
    assert release.note["undeclared"] == []


def test_the_total_of_a_year_is_the_same_in_every_table(release):
    def total(name, year):
        return next(
            row.value for row in release.rows[name]
            if dict(row.key).get(YEAR) == year and all(v == "_T" for n, v in row.key if n != YEAR)
        )  # fmt: skip

    assert total("victims-by-group", "2023") == total("victims-by-sex-and-age", "2023") > 0


def test_all_yearly_figures_make_one_specification():
    spec = release_spec(YEARLY, [2024], name="r", title=TITLE)
    assert [table.name for table in spec.tables] == list(YEARLY)
    assert all(variable.categories for variable in spec.variables.values())


@pytest.mark.parametrize(
    "names", [["persons-by-reporter-overlapping"], ["sectors", "reports-by-organisation"]], ids=["twice", "mixed"]
)
def test_what_counts_persons_twice_or_something_else_is_in_no_release(names):
    with pytest.raises(BadInput, match="cannot be part of a release"):
        release_spec(names, [2024], name="r", title=TITLE)


def test_a_release_of_reports_counts_reports_and_says_so(extract, figures):
    spec = release_spec(["reports-by-organisation"], [2023, 2024], name="reports", title=TITLE)
    assert "no persons" in spec.people("en")
    with on_duckdb() as engine:
        release, report = make(spec, engine, extract, seed=5)
    every = next(row.value for row in release.rows["reports-by-organisation"] if not row.key)
    true = sum(figures["reports-by-organisation"].by_year[year] for year in (2023, 2024))
    assert every is not None
    assert abs(every - true) < 5
    assert report.audit.safe


def test_no_years_and_years_without_data_are_refused(extract):
    with pytest.raises(BadInput, match="no registration"):
        release_spec(YEARLY, [], name="r", title=TITLE)
    with on_duckdb() as engine, pytest.raises(BadInput, match="no registration"):
        make(release_spec(YEARLY, [1999], name="r", title=TITLE), engine, extract, seed=1)
