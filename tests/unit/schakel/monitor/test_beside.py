"""What stands beside the figures: editions, rates, what became of signals, reporters, recommendations, the unseen."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from schakel.disclosure.protected import TOTAL
from schakel.estimation.certainty import Interval, Verdict
from schakel.estimation.estimate import Estimate
from schakel.estimation.parts import Receipt
from schakel.monitor import revisions
from schakel.monitor.chain import from_events, lines, steps
from schakel.monitor.rates import population, rates
from schakel.monitor.recommendations import NOT_KNOWN, read_row, recommendations
from schakel.monitor.reporting import changes, who_could_see
from schakel.monitor.series import breaks, published, reported_series
from schakel.monitor.show import chain, figure, number, series, table
from schakel.monitor.unseen import unseen
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import text

DAY = date(2025, 10, 16)


# Editions


def other(edition, value, name="later"):
    (figure_, key), *_ = edition.cells
    return revisions.Edition(name, date(2026, 10, 16), {**edition.cells, (figure_, key): value})


def test_an_edition_is_kept_and_never_replaced(release):
    first = revisions.edition(release, DAY)
    kept = revisions.keep((), first)
    assert revisions.keep(kept, first) == kept
    with pytest.raises(BadInput, match="stands there already"):
        revisions.keep(kept, other(first, 995, name=first.name))


def test_what_a_later_edition_changes_is_told(release):
    first = revisions.edition(release, DAY)
    later = other(first, 995)
    (told,) = revisions.revisions(first, later)
    assert (told.earlier, told.later) == (next(iter(first.cells.values())), 995)
    assert revisions.revisions(first, first) == ()
    kept = revisions.keep(revisions.keep((), later), first)
    assert [value for _, value in revisions.history(kept, told.figure, told.key)] == [told.earlier, 995]


def test_editions_come_back_from_plain_data(release):
    kept = revisions.keep((), revisions.edition(release, DAY))
    assert revisions.from_data(revisions.as_data(kept)) == kept
    with pytest.raises(BadInput, match="edition 1 is no edition"):
        revisions.from_data([{"name": "x"}])


def test_only_a_protected_release_is_an_edition(figures):
    with pytest.raises(BadInput, match="internal count"):
        revisions.edition(figures["victims-by-form"], DAY)


# Rates


def inhabitants(**more):
    rows = [{"year": year, "people": 17_000_000} | more for year in (2022, 2023, 2024)]
    return population(pd.DataFrame(rows), "a population file, made up")


def test_a_rate_is_that_of_a_protected_count_with_what_rounding_leaves_possible(release):
    found = {one.key["year"]: one for one in rates(release, "victims-by-group", inhabitants())}
    assert set(found) == {"2022", "2023", "2024"}
    count = next(
        row.value for row in release.rows["victims-by-group"]
        if dict(row.key) == {"year": "2023"} or dict(row.key) == {"year": "2023", "monitor_group": TOTAL}
    )  # fmt: skip
    assert found["2023"].rate == pytest.approx(count / 170)
    assert found["2023"].low < found["2023"].rate < found["2023"].high
    assert found["2023"].source


def test_a_population_needs_a_source_whole_counts_and_every_year(release):
    with pytest.raises(BadInput, match="no source"):
        population(pd.DataFrame({"year": [2022], "people": [1]}), " ")
    with pytest.raises(BadInput, match="no count"):
        population(pd.DataFrame({"year": [2022], "people": [1.5]}), "x")
    with pytest.raises(BadInput, match="no count"):
        population(pd.DataFrame({"year": [2022, 2022], "people": [1, 1]}), "x")
    with pytest.raises(BadInput, match="columns"):
        population(pd.DataFrame({"year": [2022]}), "x")
    with pytest.raises(BadInput, match="population of 2022 is not in the file"):
        rates(release, "victims-by-group", population(pd.DataFrame({"year": [2020], "people": [1]}), "x"))


# From signal to judgment


def events(**more):
    row = {"pseudonym": "P1", "duty": "follow-up-signal-labour", "content_hash": "x", "holder_kind": "police",
           "state": "done", "at": pd.Timestamp("2024-01-01")}  # fmt: skip
    return pd.DataFrame([row | more])


def test_what_events_show_is_counted_and_what_they_cannot_show_is_none():
    assert from_events(events())["followed_up"] == 1
    assert from_events(events(state="open"))["followed_up"] == 0
    assert from_events(events(duty="ask-for-shelter"))["followed_up"] is None
    assert from_events(events())["convicted"] is None


def test_every_step_is_published_or_said_not_to_be_known():
    assert [one.id for one in steps()][:2] == ["signals", "followed_up"]
    told = {title: (figures, words) for title, figures, words in lines("en")}
    assert told["Compensation paid"] == ((), "No source that was read gives an amount.")
    assert told["Prosecuted"][0][0].value == 470


# Reporting behaviour


def test_each_change_stands_beside_what_reporters_did(figures):
    found = changes(figures["victims-by-form"], figures["reports-by-organisation"], breaks())
    assert [one.year for one in found] == list(range(2017, 2025))
    fall = next(one for one in found if one.year == 2018)
    assert [one.id for one in fall.breaks] == ["privacy-2018"]
    assert fall.persons[0] == figures["victims-by-form"].by_year[2017]
    assert fall.without_identity[1] <= fall.reports[1]
    assert repr(fall).startswith("INTERNAL")


def test_who_could_see_is_about_organisations_and_is_not_ranked(figures):
    capacity = pd.DataFrame({
        "organisation": ["others", "youth_care", "police"], "year": 2020, "could_see": [None, 100_000, 100],
        "source": "made up",
    })  # fmt: skip
    found = who_could_see(figures["reports-by-organisation"], capacity)
    assert [one.organisation for one in found] == ["police", "youth_care", "others"]
    assert [one.little for one in found] == [False, True, None]
    assert found[2].could_see is None


@pytest.mark.parametrize("column", ["nationality", "postcode", "municipality", "religion", "sex_work"])
def test_who_could_see_knows_nothing_of_people_or_places(figures, column):
    capacity = pd.DataFrame({"organisation": ["police"], "year": [2020], "could_see": [5], column: ["x"]})
    with pytest.raises(BadInput, match=f"'{column}' is no code"):
        who_could_see(figures["reports-by-organisation"], capacity)


# Recommendations


def test_what_came_of_a_recommendation_is_not_known_unless_a_source_says_so():
    assert len(recommendations()) == 11
    assert {one.status for one in recommendations()} == {NOT_KNOWN}
    row = {"no": "1", "year": "2013", "addressee": "a", "addressee_nl": "b", "recommendation_own_words": "c",
           "recommendation_nl": "d", "source": "factsheet", "certainty": "S", "status": "followed"}  # fmt: skip
    with pytest.raises(BadInput, match=r"recommendations.csv, line 2: the status 'followed' has no source"):
        read_row(row, "recommendations.csv, line 2")
    assert read_row(row | {"status_source": "report"}, "").status == "followed"


# The unseen


def estimate(word="agree"):
    reason = text({"nl": "omdat", "en": "because"})
    return Estimate(
        "chao", 5000.0, 900, Receipt("x" * 64, "0", 1), (text({"nl": "aanname", "en": "assumption"}),),
        interval=Interval(4000, 7000, 0.95, "bca"), verdict=Verdict(word, (reason,)),
    )  # fmt: skip


def test_the_unseen_stands_beside_the_seen_and_is_never_added():
    one = unseen(estimate())
    assert (one.low, one.high, one.estimated_unobserved) == (3100, 6100, 4100)
    for add in (lambda: one + 900, lambda: 900 + one, lambda: sum([one]), lambda: float(one), lambda: int(one),
                lambda: one - 5, lambda: one + one):  # fmt: skip
        with pytest.raises(BadInput, match="never added"):
            add()


def test_the_same_from_the_json_of_the_estimate():
    assert unseen(estimate().as_data()) == unseen(estimate())


def test_an_estimate_that_may_not_be_reported_may_not_be_shown():
    assert unseen(estimate()).may_be_shown
    assert not unseen(estimate("do-not-report")).may_be_shown
    assert not unseen(estimate().as_data() | {"interval": None}).may_be_shown


@pytest.mark.parametrize("data", [{}, {"population": 5}, []])
def test_what_is_no_estimate(data):
    with pytest.raises(BadInput, match="no estimate"):
        unseen(data)


# Showing


@pytest.mark.parametrize("thing", [None, 5, {"value": 5}, pd.DataFrame({"value": [1]})])
def test_nothing_but_a_protected_release_or_a_published_figure_is_shown(thing):
    for door in (
        lambda: figure(thing, "nl"),
        lambda: table(thing, "x", "nl"),
        lambda: reported_series(0 if thing is None else thing),
    ):
        with pytest.raises(BadInput, match="internal count"):
            door()


def test_an_internal_figure_is_not_shown(figures):
    with pytest.raises(BadInput, match="internal count"):
        table(figures["victims-by-form"], "victims-by-form", "en")


def test_a_protected_table_is_shown_in_words(release):
    told = table(release, "victims-by-group", "nl")
    assert told.columns == ("jaar van registratie", "de vier groepen", "aantal")
    assert "afgerond" in told.caption
    with pytest.raises(BadInput, match="there is no figure"):
        table(release, "x", "nl")


def test_our_own_protected_totals_stand_beside_what_was_published(release):
    years = {one.year: one for one in reported_series(release, "victims-by-group")}
    assert years[2023].own is not None
    assert years[2023].published[0].value == 868
    assert years[2021].own is None


def test_the_series_shows_breaks_doubt_and_differing_sources():
    rows = {(row[0], row[1]): row for row in series(reported_series(), "en").rows}
    assert "The fall of 2018" in rows["2018", "668"][4]
    assert "sources differ" in rows["2019", "1,334"][4]
    assert "recalled" in rows["2000", "341"][4]
    assert chain("nl").rows


def test_a_figure_is_shown_with_source_and_certainty():
    told = figure(published("breakdowns")[0], "nl")
    assert told == ("nationaliteit: Nederlands, 2007-2011: 32 procent. factsheet 2013 chart (de tekst is gelezen)")
    assert number(None, "nl") == "niet gegeven"
    assert (number(1234, "nl"), number(1234.5, "en")) == ("1.234", "1,234.5")
