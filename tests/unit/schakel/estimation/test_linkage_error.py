"""Linkage errors: corrections turned back exactly, and carried over draws."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.linkage_error import (
    Errors,
    correct,
    corrected,
    observed_of,
    propagate,
    same_errors,
    true_counts,
    two_list_overlap,
    two_list_population,
)
from schakel.estimation.two_lists import two_lists
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import estimate, histories

TWO, FOUR = ("A", "B"), ("A", "B", "C", "D")


def sizes(counts):
    places = range((len(counts) - 1).bit_length())
    return [sum(counts[mask] for mask in range(len(counts)) if mask >> place & 1) for place in places]


def test_missed_links_only_is_ding_and_fienberg():
    """Half of the links are missed: the overlap is twice what was found, the estimate half."""
    assert two_list_overlap(500, 400, 100, missed=0.5) == 200
    assert two_list_population(500, 400, 100, missed=0.5) == 500 * 400 / 200


def test_false_links_are_taken_off_first():
    """True overlap 120 of 500; 10 % missed, 5 % of the other 380 linked wrongly: 108 + 19 links are found."""
    assert two_list_overlap(500, 400, 127, missed=0.1, false=0.05) == pytest.approx(120)
    assert two_list_overlap(500, 400, 122, missed=0.1, false=0.05, false_of="second") == pytest.approx(120)


@pytest.mark.parametrize(
    ("given", "words"),
    [({"missed": 1.0}, "rate 'missed' is 1.0"), ({"missed": -0.1}, "rate"),
     ({"missed": 0.6, "false": 0.6}, "no overlap"), ({"missed": 0.1, "false": 0.3}, "no overlap")],
)  # fmt: skip
def test_rates_that_cannot_be_are_refused(given, words):
    with pytest.raises(BadInput, match=words):
        two_list_overlap(500, 400, 100, **given)


def test_two_lists_by_the_general_way_is_the_closed_form():
    table = histories(0, 400, 300, 100, lists=TWO)
    true = true_counts(table, Errors({"A": 0.2, "B": 0.2}, {"A": 0.03}))
    assert true[3] == pytest.approx(two_list_overlap(500, 400, 100, missed=0.2, false=0.03), rel=1e-6)
    assert sizes(true) == pytest.approx([500, 400])


@pytest.mark.parametrize("errors", [same_errors(FOUR, missed=0.15), same_errors(FOUR, missed=0.1, false=0.02),
                                    Errors({"A": 0.3, "D": 0.05}, {"B": 0.01})])  # fmt: skip
def test_what_linkage_made_of_the_truth_is_turned_back(errors):
    true = np.r_[0, np.random.default_rng(4).integers(40, 600, 15)].astype(float)
    seen = observed_of(true, FOUR, errors)
    assert sizes(seen) == pytest.approx(sizes(true))  # no registration is lost
    assert seen.sum() > true.sum()
    table = histories(*np.rint(seen).astype(int), lists=FOUR)
    assert true_counts(table, errors) == pytest.approx(true, abs=4)
    assert corrected(table, errors).observed == pytest.approx(true.sum(), abs=4)


def test_expected_splits_are_those_of_a_simulation():
    """Three lists, everybody on all three; each registration but one is lost with a chance of 0.2."""
    rng = np.random.default_rng(8)
    counts = np.zeros(8)
    for _ in range(20_000):
        centre = rng.integers(3)
        lost = [place for place in range(3) if place != centre and rng.random() < 0.2]
        counts[7 & ~sum(1 << place for place in lost)] += 1
        for place in lost:
            counts[1 << place] += 1
    expected = observed_of(np.r_[np.zeros(7), 20_000.0], ("A", "B", "C"), same_errors(("A", "B", "C"), missed=0.2))
    assert counts == pytest.approx(expected, rel=0.03, abs=60)


def test_without_errors_nothing_changes():
    table = histories()
    assert corrected(table, Errors({}, {})).counts.tolist() == table.counts.tolist()


def test_an_unknown_list_is_refused():
    with pytest.raises(BadInput, match="no column 'X'"):
        true_counts(histories(), Errors({"X": 0.1}, {}))


def test_rates_that_no_truth_can_explain_are_refused():
    with pytest.raises(BadInput, match="no overlap is left"):
        true_counts(histories(0, 10, 10, 400, lists=TWO), same_errors(TWO, missed=0.9))


def test_an_estimate_is_shown_with_and_without():
    both = correct(histories(0, 400, 300, 100, lists=TWO), same_errors(TWO, missed=0.2), two_lists)
    assert both.without.population == pytest.approx(501 * 401 / 101 - 1)
    assert both.ratio == pytest.approx(0.8, abs=0.01)
    words = both.summary("nl")
    assert "ZONDER koppelfout" in words
    assert "20,0% van de ware koppelingen gemist" in " ".join(words.split())
    assert not any("Every registration is linked" in one("en") for one in both.with_error.assumptions)


def test_draws_that_differ_widen_the_interval():
    draws = [histories(0, 400 - k, 300 - k, 100 + k, lists=TWO) for k in (0, -20, -10, 0, 10, 20)]
    same = propagate([draws[0]] * 6, two_lists)
    apart = propagate(draws, two_lists)
    assert same.with_error.details["variance_between"] == pytest.approx(0, abs=1e-20)
    assert same.with_error.interval.low == pytest.approx(same.without.interval.low, rel=1e-6)
    assert apart.with_error.interval.low < same.with_error.interval.low
    assert apart.with_error.interval.high > same.with_error.interval.high
    assert "over trekkingen" in apart.summary("nl")


def test_a_draw_without_an_estimate_is_told():
    answers = iter([estimate(900, low=700, high=1200), estimate(None), estimate(900, low=700, high=1200),
                    estimate(950, low=700, high=1300)])  # fmt: skip
    found = propagate([histories()] * 4, lambda _: next(answers))
    assert "1 of 3 draws" in found.with_error.cautions[0]("en")


def test_one_draw_is_refused():
    with pytest.raises(BadInput, match="no draw of the links"):
        propagate([histories()], two_lists)
