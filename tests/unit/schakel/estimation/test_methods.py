"""Methods by name, and all side by side under one verdict."""

from __future__ import annotations

import json

import numpy as np
import pytest

import schakel
from schakel.estimation import methods
from schakel.estimation.choosing_stepwise import stepwise_pairs
from schakel.estimation.histories import Histories
from schakel.estimation.methods import METHODS, estimate, estimate_all
from schakel.vocabulary.errors import BadInput

TABLE = Histories(("A", "B", "C"), np.array([0, 1400, 1300, 160, 1200, 150, 140, 50]))
QUICK = ("main", "stepwise", "bic")


@pytest.mark.parametrize("name", METHODS)
def test_every_method_is_there(name):
    assert callable(METHODS[name].load())


def test_a_name_runs_the_method():
    assert estimate(TABLE, "stepwise", resamples=40, seed=3) == stepwise_pairs(TABLE, resamples=40, seed=3)


def test_a_model_may_be_given_with_numbers_or_names():
    assert estimate(TABLE, model="[12,3]").population == estimate(TABLE, model="[A*B,C]").population


@pytest.mark.parametrize(
    ("given", "said"),
    [({"method": "magic"}, "no method 'magic'"), ({"method": "latent", "interval": "bca"}, "makes its own interval"),
     ({"model": "[12"}, "cannot be read"), ({"seed": -1}, "seed '-1'"), ({"resamples": 3}, "3 resamples")],
)  # fmt: skip
def test_what_cannot_be_run_is_told(given, said):
    with pytest.raises(BadInput, match=said):
        estimate(TABLE, **given)


def test_all_side_by_side_carry_one_verdict():
    made = estimate_all(TABLE, names=QUICK, resamples=40)
    assert [one.method for one in made.results] == list(QUICK)
    assert {one.verdict for one in made.results} == {made.verdict}
    for view in (made.summary("en"), made._repr_html_(), json.dumps(made.plot("en").to_dict())):
        assert made.verdict.reasons[0]("en")[:20] in view
        assert "on at least one of these lists" in " ".join(view.split())
        assert "Pairs chosen stepwise" in view
    data = made.as_data()
    assert data["status"] == "internal"
    assert [one["method"] for one in data["results"]] == list(QUICK)
    assert data["verdict"] == made.verdict.as_data()


def test_a_method_that_these_lists_do_not_fit_is_an_answer_without_a_number():
    two = Histories(("A", "B"), np.array([0, 1400, 1300, 160]))
    made = estimate_all(two, names=("main", "average"), resamples=40)
    average = made.results[1]
    assert average.population is None
    assert average.reason is not None
    assert average.title("nl") in made.summary("nl")


def test_the_face_offers_it():
    assert schakel.estimate is estimate
    assert schakel.Histories is Histories
    assert schakel.read_histories.__module__ == "schakel.estimation.files"


def test_the_checks_vary_the_prior_where_averaging_can_be_done():
    found = methods._checks(TABLE, 40, 7).prior
    assert found is not None
    assert len(found.moves) == 3
    assert methods._prior(Histories(("A", "B"), np.array([0, 1400, 1300, 160]))) is None


def test_a_flag_is_told_where_it_has_a_meaning():
    made = estimate_all(TABLE, names=("stepwise", "average"), resamples=40, checks=False)
    stepwise, average = made.results
    assert (stepwise.flag, average.flag, made.together.flag) == (0, None, None)
    assert "does not apply" in average.summary("en")
    assert average.as_data()["flag"] is None
    two = estimate_all(Histories(("A", "B"), np.array([0, 1400, 1300, 160])), names=("main", "average"), resamples=40)
    assert two.results[1].flag is None  # it was never asked


@pytest.mark.parametrize(
    ("method", "given"),
    [
        ("average", {"delta": 0.0}),
        ("average", {"power": -1.0}),
        ("latent", {"sweeps": 0}),
        ("latent", {"chains": 1}),
        ("latent", {"rate": float("nan")}),
        ("threshold", {"draws": 0}),
        ("threshold", {"threshold": float("nan")}),
        ("threshold", {"threshold": -1.0}),
        ("threshold", {"precision": float("inf")}),
    ],
)
def test_a_setting_that_cannot_be_is_refused(method, given):
    (name,) = given
    with pytest.raises(BadInput, match=f"the setting {name} cannot be"):
        estimate(TABLE, method, **given)


def test_a_method_with_an_interval_of_its_own_says_so():
    with pytest.raises(BadInput, match="makes its own interval"):
        estimate(TABLE, "threshold", interval="none")
