"""Covariate models beside R's `glm` and a published study, on a published table.

Table: King, Bird, Overstall, Hay & Hutchinson (2013), Addiction Research and Theory 21(3), 235-246: 5,670 people who
inject drugs, Scotland 2006, by four lists (social enquiry reports, hospital records, treatment agencies, hepatitis C
diagnoses), region, sex and age. Reference: `glm(family = poisson)` of R 4.2.2, the unseen predicted where no list is.
Tolerances: N relative 1e-6, log-likelihood 1e-6; both fit by Newton's method, so that they agree far closer.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from schakel.estimation.covariates import fit_covariates
from schakel.estimation.design import main_effects, model_of, parse_model
from schakel.estimation.strata import estimate_strata
from schakel.estimation.stratified import Covariate, Stratified

# Region, sex, age: people by history, the lists S1 to S4 being bits 0 to 3.
SCOTLAND = {
    ("GGC", "Male", "Young"): (0, 97, 77, 3, 292, 7, 6, 2, 122, 2, 5, 0, 3, 1, 3, 0),
    ("GGC", "Male", "Old"): (0, 60, 111, 4, 149, 4, 5, 0, 135, 1, 10, 1, 2, 0, 0, 0),
    ("GGC", "Female", "Young"): (0, 41, 48, 3, 117, 5, 7, 0, 48, 1, 2, 0, 4, 0, 0, 0),
    ("GGC", "Female", "Old"): (0, 13, 34, 0, 26, 0, 4, 0, 38, 0, 4, 0, 1, 0, 0, 0),
    ("Rest", "Male", "Young"): (0, 278, 173, 4, 1379, 110, 39, 2, 134, 6, 7, 1, 27, 5, 2, 0),
    ("Rest", "Male", "Old"): (0, 67, 144, 0, 431, 16, 27, 1, 104, 0, 7, 0, 13, 1, 1, 0),
    ("Rest", "Female", "Young"): (0, 86, 108, 5, 584, 53, 24, 2, 78, 3, 5, 0, 18, 0, 2, 0),
    ("Rest", "Female", "Old"): (0, 12, 56, 0, 114, 3, 9, 1, 25, 0, 3, 0, 1, 0, 1, 0),
}
TABLE = Stratified(
    ("S1", "S2", "S3", "S4"),
    (Covariate("Region", ("GGC", "Rest")), Covariate("Gender", ("Male", "Female")), Covariate("Age", ("Young", "Old"))),
    np.array(list(SCOTLAND.values()), dtype=np.int64),
    np.ones((8, 4), dtype=bool),
)
COVARIATES = ("Region", "Gender", "Age")
MODELS = {
    "main": main_effects(TABLE),
    "lists by covariates": model_of(TABLE, product(TABLE.lists, COVARIATES)),
    "all pairs": parse_model(TABLE, "pairs"),
}
# model: N, log-likelihood, deviance, parameters, AIC, BIC, unseen in each stratum; R 4.2.2, glm.
R = {
    "main": (22096.6904306799, -680.535974699561, 973.708087549444, 8, 1377.07194939912, 1430.2155045729,
             (2220.71129931823, 902.938680124678, 864.66803592665, 351.573036686624, 6184.7847401573,
              2514.72641754349, 2408.14088510413, 979.147335818821)),
    "lists by covariates": (22917.9977629783, -328.648717943256, 269.933574036834, 20, 697.297435886513,
                            830.156323820949,
                            (3551.59599065432, 2283.58624340919, 1095.95673507037, 704.672414926694, 4470.85462011924,
                             2874.64625302322, 1379.62292032474, 887.062585450541)),
    "all pairs": (39523.0622337285, -238.133490180047, 88.9031185104152, 29, 534.266980360093, 726.912367865025,
                  (5891.05138285242, 5458.45357942454, 2113.91160735286, 1095.29385673959, 9397.49964023539,
                   5186.17699717264, 3599.77039084907, 1110.90477910204)),
}  # fmt: skip


def test_the_table_is_the_published_one():
    """The four list totals and the number of people are those of the abstract."""
    histories = TABLE.collapsed().counts[0]
    totals = [int(histories[[mask for mask in range(16) if mask >> place & 1]].sum()) for place in range(4)]
    assert totals == [901, 953, 3504, 827]
    assert TABLE.observed == 5670


@pytest.mark.parametrize("name", MODELS)
def test_a_covariate_model_gives_the_answers_of_r(name):
    population, height, deviance, parameters, aic, bic, unseen = R[name]
    fit = fit_covariates(TABLE, MODELS[name])
    assert fit.flag == 0
    assert fit.population == pytest.approx(population, rel=1e-6)
    assert fit.unseen == pytest.approx(np.array(unseen), rel=1e-6)
    assert fit.log_likelihood == pytest.approx(height, abs=1e-6)
    assert fit.deviance == pytest.approx(deviance, abs=1e-6)
    assert fit.parameters == parameters
    assert (fit.aic, fit.bic) == pytest.approx((aic, bic), abs=1e-6)


@pytest.mark.parametrize("criterion", ["aic", "bic"])
def test_a_search_over_pairs_agrees_with_the_published_estimate(criterion):
    """The study averages over models with pairs of lists and covariates: 31,700 (24,900 to 38,700), to the nearest 100.

    One chosen model is not an average over models: within five per cent is asked.
    """
    found = estimate_strata(TABLE, criterion=criterion, resamples=0, seed=1)
    assert found.population == pytest.approx(31_700, rel=0.05)
