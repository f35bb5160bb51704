"""An estimate cannot be shown without its interval, its assumptions, whom it is about, and its verdict."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest

from schakel.estimation import sentences
from schakel.estimation.certainty import Interval, Verdict
from schakel.estimation.choosing import loglinear, main
from schakel.estimation.choosing_stepwise import stepwise_pairs
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories
from schakel.estimation.parts import Receipt
from schakel.estimation.terms import parse_model
from schakel.vocabulary.texts import Text

TABLE = Histories(("A", "B", "C"), np.array([0, 1400, 1300, 160, 1200, 150, 140, 50]))
RECEIPT = Receipt("ab" * 32, "0.1.0", 7, {"resamples": 20})
SAID = Text({"nl": "Zo is het.", "en": "So it is."})
BARE = Estimate("main", 12_345.6, 4_400, RECEIPT, sentences.COMMON)


def views(one: Estimate, lang: str) -> list[str]:
    """Every way to show it: text, HTML (English), chart, JSON."""
    title = one.plot(lang).to_dict()["title"]
    chart = " ".join([title["text"], *title["subtitle"]])
    html = [one._repr_html_()] if lang == "en" else []
    return [" ".join(one.summary(lang).split()), *html, chart, one.to_json()]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_view_says_what_was_not_computed(lang):
    for view in views(BARE, lang):
        for words in (sentences.NO_INTERVAL, sentences.NO_VERDICT):
            assert words(lang)[:14] in view


def test_every_view_tells_assumptions_population_and_verdict():
    judged = BARE.with_verdict(Verdict("disagree", (SAID,))).with_interval(Interval(9000.0, 20_000.0, 0.95, "bca"))
    for view in views(judged, "en"):
        assert "So it is." in view
        assert "on at least one of these lists" in view
        assert "Every registration is linked to the right person" in view
        assert "9,000" in view or "9000.0" in view
    assert "internal" in judged.to_json()
    assert "INTERNAL" in judged.summary("en")


def test_numbers_are_written_in_the_way_of_the_language():
    judged = BARE.with_interval(Interval(9000.0, math.inf, 0.95, "percentile"))
    assert "12,346" in judged.summary("en")
    assert "12.346" in judged.summary("nl")
    assert "95%: 9.000 tot … (geen bovengrens)" in judged.summary("nl")


def test_an_endless_interval_is_a_word_in_json_and_no_bar_in_the_chart():
    endless = BARE.with_interval(Interval(9000.0, math.inf, 0.95, "profile"))
    assert json.loads(endless.to_json())["interval"]["high"] == "inf"
    assert endless.point()["high"] is None


def test_html_is_escaped():
    odd = Estimate("<b>", 10.0, 5, RECEIPT, (Text({"nl": "<i>", "en": "<i>"}),), model="<u>")
    assert "<b>" not in odd._repr_html_()
    assert "&lt;i&gt;" in odd._repr_html_()
    assert "<u>" not in odd._repr_html_()


@pytest.mark.parametrize(
    "wrong",
    [
        {"population": 3.0},
        {"population": math.inf},
        {"population": math.nan},
        {"population": None},
        {"reason": SAID},
        {"assumptions": ()},
    ],
)
def test_what_is_no_estimate_cannot_be_made(wrong):
    given = {"method": "main", "population": 10.0, "observed": 5, "receipt": RECEIPT, "assumptions": (SAID,)}
    with pytest.raises(ValueError, match=r"estimate|population"):
        Estimate(**{**given, **wrong})


@pytest.mark.parametrize("wrong", [(5.0, 4.0, 0.95), (math.nan, 4.0, 0.95), (1.0, 2.0, 95.0)])
def test_an_interval_runs_from_low_to_high(wrong):
    with pytest.raises(ValueError, match="no interval"):
        Interval(*wrong, "bca")


@pytest.mark.parametrize(("word", "reasons"), [("maybe", (SAID,)), ("agree", ())])
def test_a_verdict_is_one_of_four_words_with_reasons(word, reasons):
    with pytest.raises(ValueError, match="verdict"):
        Verdict(word, reasons)


def test_the_receipt_repeats_the_run():
    made = stepwise_pairs(TABLE, resamples=40, seed=3)
    assert made.receipt.data == TABLE.fingerprint
    assert made.receipt.options == {"interval": "bca", "resamples": 40, "threshold": 0.02}
    assert stepwise_pairs(TABLE, resamples=40, seed=3) == made


def test_without_an_estimate_there_is_a_reason_and_no_number():
    failing = Histories(("A", "B", "C"), np.array([0, 40, 30, 6, 20, 0, 0, 0]))
    made = loglinear(failing, parse_model("[12,3]", failing.lists))
    assert made.population is None
    assert made.unobserved is None
    assert made.flag == 1
    assert "no (extended) maximum likelihood estimate" in made.summary("en")
    data = made.as_data()
    assert data["population"] is None
    assert data["reason"]["nl"].startswith("Er is geen schatting")
    made.plot()


def test_minus_infinity_is_told_in_words_and_in_json():
    sparse = Histories(("A", "B", "C"), np.array([0, 40, 30, 6, 20, 0, 4, 0]))
    made = loglinear(sparse, parse_model("[13,2]", sparse.lists))
    data = json.loads(made.to_json())
    assert data["coefficients"]["A*C"] == "-inf"
    assert data["standard_errors"]["A*C"] is None
    assert "Nobody is on A + C together" in made.summary("en")


def test_the_plain_model_says_that_lists_do_not_depend_on_each_other():
    assert "does not depend on the other lists" in " ".join(main(TABLE).summary("en").split())


def test_a_number_beyond_all_people_is_warned_of():
    flat = Histories(("A", "B", "C"), np.array([0, 900_000, 900_000, 1, 900_000, 1, 1, 900_000]))
    made = loglinear(flat, parse_model("[12,13,23]", flat.lists), interval="none")
    assert made.population > 1e9
    assert any("larger than any group of people" in one("en") for one in made.cautions)


def test_groups_of_strata_are_told_one_by_one():
    group = {"group": {"sex": "v", "year": "2019"}, "population": 1310.4, "observed": 120,
             "interval": {"low": 1250.0, "high": None, "level": 0.95}}  # fmt: skip
    told = BARE.with_details(groups=[group, {**group, "interval": None}])
    assert "v, 2019: 1,310 (95%: 1,250 to …), on at least one list 120" in " ".join(told.summary("en").split())
    assert "v, 2019: 1.310, op minstens één lijst 120" in " ".join(told.summary("nl").split())
