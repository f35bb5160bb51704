"""The verdict: one test a rule, and that the words only go down."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from schakel.estimation.findings import Checks, Known, Moved, Recovery, Sensitivity
from schakel.estimation.verdict import WORDS, judge, rules_table
from schakel.estimation.verdict_rules import RULES, Limits
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import estimate, histories

TABLE = histories()


def answers(*populations):
    return [estimate(one, method=f"method {number}", low=None if one is None else one * 0.9,
                     high=None if one is None else one * 1.2) for number, one in enumerate(populations)]  # fmt: skip


STEADY = Sensitivity("overlaps", 500.0, (Moved("A*B +1", 505.0),))
WILD = Sensitivity("overlaps", 500.0, (Moved("A*B +1", 2000.0),))
FOUND = Recovery("internal-consistency", (Known("A", 100, 110.0, 90.0, 140.0), Known("B", 100, 95.0, 80.0, 120.0)))
LOST = Recovery("internal-consistency", (Known("A", 100, 300.0, 200.0, 400.0), Known("B", 100, 20.0, 10.0, 30.0)))
GOOD = Checks(STEADY, STEADY, STEADY, STEADY, STEADY, FOUND, FOUND)


@pytest.mark.parametrize(
    ("populations", "word"),
    [((500, 520, 600), "agree"), ((500, 800), "agree-within-a-factor"), ((500, 1200), "disagree"),
     ((300, 3100), "do-not-report"), ((500,), "do-not-report"), ((None, None), "do-not-report"),
     ((500, 510, None), "agree-within-a-factor")],
)  # fmt: skip
def test_the_word_by_how_far_answers_lie_apart(populations, word):
    assert judge(answers(*populations), TABLE, GOOD).word == word


@pytest.mark.parametrize(
    ("change", "word", "reason"),
    [
        ({}, "agree", "3 methods that take the model from the data give an answer"),
        ({"overlaps": WILD}, "agree-within-a-factor", "One person more or fewer"),
        ({"leave_one_out": WILD}, "agree-within-a-factor", "Without the list"),
        ({"merged": WILD}, "agree-within-a-factor", "as one list"),
        ({"accrual": WILD}, "agree-within-a-factor", "With part of the registrations"),
        ({"prior": WILD}, "agree-within-a-factor", "another prior"),
        ({"consistency": LOST}, "disagree", "badly recovered: off by a factor"),
        ({"simulation": LOST}, "do-not-report", "its own model is true"),
        ({"overlaps": WILD, "merged": WILD}, "disagree", "as one list"),
        ({"overlaps": WILD, "merged": WILD, "prior": WILD, "accrual": WILD}, "do-not-report", "another prior"),
    ],
)
def test_a_failed_check_lowers_the_word_and_is_a_reason(change, word, reason):
    verdict = judge(answers(500, 520, 560), TABLE, replace(GOOD, **change))
    assert verdict.word == word
    assert any(reason in one("en") for one in verdict.reasons)


def test_two_lists_are_never_reported():
    table = histories(0, 100, 100, 50, lists=("A", "B"))
    assert judge(answers(400, 410), table, GOOD).word == "do-not-report"


def test_few_people_on_two_lists():
    table = histories(0, 100, 100, 2, 100, 2, 2, 1)
    verdict = judge(answers(500, 510), table, GOOD)
    assert verdict.word == "do-not-report"
    assert "Fewer than 10 people" in verdict.words("en")


def test_nearly_all_unseen():
    assert "nearly all of it is model" in judge(answers(9_000, 9_100), TABLE, GOOD).words("en")


def test_intervals_without_an_upper_limit():
    endless = [estimate(500, method=name, low=400, high=float("inf")) for name in ("one", "two")]
    verdict = judge(endless, TABLE, GOOD)
    assert verdict.word == "do-not-report"
    assert "Of 100% of the methods" in verdict.words("en")


def with_quantiles(population, high, method):
    """An answer with a distribution: half of it up to the population, the rest up to `high` (None: beyond numbers)."""
    told = {"0.005": population * 0.8, "0.5": population, "0.95": high, "0.995": high}
    return estimate(population, method=method, low=population * 0.8, high=high or population * 1.2,
                    details={"quantiles": told})  # fmt: skip


@pytest.mark.parametrize(("high", "word"), [(700.0, "agree"), (None, "do-not-report"), (1e12, "do-not-report")])
def test_what_the_methods_together_cannot_bound_above_is_not_reported(high, word):
    """One of three without an upper limit is a minority; the pool of them has none either, and that decides."""
    results = [with_quantiles(500, 700.0, "bic"), with_quantiles(510, 700.0, "average"),
               with_quantiles(505, high, "stepwise")]  # fmt: skip
    verdict = judge(results, TABLE, GOOD)
    assert verdict.word == word
    said = "what cannot be bounded above is no number to report" in verdict.words("en")
    assert said == (word == "do-not-report")
    assert ("naar boven niet te begrenzen" in verdict.words("nl")) == said


def test_a_pool_without_a_middle_has_no_upper_limit_either():
    wide = [estimate(500, method=one, low=400, high=900, details={"quantiles": {"0.1": 450.0, "0.4": 1e12}})
            for one in ("bic", "average")]  # fmt: skip
    assert "The methods together have no upper limit" in judge(wide, TABLE, GOOD).words("en")


def test_a_method_that_takes_its_model_as_certain_bounds_nothing_for_the_others():
    results = [with_quantiles(500, 700.0, "bic"), with_quantiles(505, None, "threshold")]
    assert judge(results, TABLE, GOOD).word == "agree"


def test_a_list_that_holds_nearly_everybody():
    table = histories(0, 900, 20, 30, 20, 30, 2, 5)
    assert "One list holds 96%" in judge(answers(1500, 1510), table, GOOD).words("en")


def test_the_model_without_dependence_is_no_answer_beside_others():
    results = [*answers(500, 510), estimate(5000, method="main", low=4000, high=6000)]
    assert judge(results, TABLE, GOOD).word == "agree"


def test_that_nothing_was_checked_is_said():
    for checks in (None, Checks()):
        assert "were not done" in judge(answers(500, 510), TABLE, checks).words("en")
    assert "were not done" not in judge(answers(500, 510), TABLE, GOOD).words("en")


def test_limits_can_be_set():
    assert judge(answers(500, 800), TABLE, GOOD, limits=Limits(agree=1.7)).word == "agree"


def test_no_result_is_refused():
    with pytest.raises(BadInput, match="no result to judge"):
        judge([], TABLE)


def test_numbers_are_written_in_the_way_of_the_language():
    verdict = judge(answers(5000, 11_250), TABLE, GOOD)
    assert "2,2 keer het kleinste (5.000 tot 11.250)" in verdict.words("nl")
    assert "2.2 times the smallest (5,000 to 11,250)" in verdict.words("en")


def test_every_rule_has_its_own_id_an_effect_and_the_same_numbers_in_both_languages():
    assert len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.effect in (*WORDS[1:], "step")
        dutch, english = (sorted(re.findall(r"{(\w+)}", rule.sentence(lang))) for lang in ("nl", "en"))
        assert dutch == english


def test_the_rules_are_a_table():
    table = rules_table("nl")
    assert len(table) == len(RULES)
    assert table.columns == ("regel", "gevolg", "zin")
