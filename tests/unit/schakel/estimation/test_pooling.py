"""The pool of the methods: as wide as they are together, no wider where they agree, and none where none is known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from schakel.estimation.estimate import Estimate
from schakel.estimation.parts import SHARES, quantiles
from schakel.estimation.pooling import POINTS, points, together
from schakel.estimation.showing import beyond
from tests.unit.schakel.estimation.small import estimate


def told(middle: float, spread: float, method: str = "stepwise", endless: float = 1.0) -> Estimate:
    """A method whose distribution is log-normal, without an upper limit beyond the share `endless`."""
    from statistics import NormalDist

    normal = NormalDist(math.log(middle), spread)
    values = {share: math.exp(normal.inv_cdf(share)) if share <= endless else math.inf for share in SHARES}
    return estimate(middle, method=method, details={"quantiles": quantiles(values)})


def test_methods_that_agree_are_their_own_pool() -> None:
    pool = together([told(1000, 0.2), told(1000, 0.2, "bic"), told(1000, 0.2, "average")])
    assert pool.population == pytest.approx(1000, rel=0.01)
    assert pool.interval is not None
    assert pool.interval.low == pytest.approx(1000 * math.exp(-0.392), rel=0.01)
    assert pool.interval.high == pytest.approx(1000 * math.exp(0.392), rel=0.01)
    assert pool.interval.kind == "pool"


def test_methods_that_disagree_are_spanned() -> None:
    pool = together([told(1000, 0.1), told(3000, 0.1, "bic")])
    assert pool.interval is not None
    assert pool.interval.low < 1000
    assert pool.interval.high > 3000
    # half of the pool is either, so that its 2.5 % is the 5 % of the lower one
    assert pool.interval.low == pytest.approx(1000 * math.exp(-0.1645), rel=0.01)


def test_the_mixture_is_that_of_draws_from_both() -> None:
    first, second = told(1000, 0.3), told(2000, 0.5, "bic")
    rng = np.random.default_rng(7)
    drawn = np.concatenate([1000 * np.exp(rng.normal(0, 0.3, 40_000)), 2000 * np.exp(rng.normal(0, 0.5, 40_000))])
    pool = together([first, second])
    expected = np.quantile(drawn, SHARES)
    assert [pool.details["quantiles"][f"{share:g}"] for share in SHARES] == pytest.approx(expected, rel=0.05)


def test_methods_that_take_their_model_as_given_or_have_no_distribution_take_no_part() -> None:
    others = [told(9000, 0.1, "main"), told(5000, 0.1, "threshold"), estimate(5000, method="latent"), estimate(None)]
    pool = together([*others, told(1000, 0.2, "bic")])
    assert pool.details["methods"] == ["bic"]
    assert pool.population == pytest.approx(1000, rel=0.01)


def test_what_has_no_upper_limit_has_none_in_the_pool() -> None:
    pool = together([told(1000, 0.2), told(1000, 0.2, "bic", endless=0.9)])
    assert pool.interval is not None
    assert pool.interval.endless
    pool = together([told(1000, 0.2), told(1000, 0.2, "bic"), told(1000, 0.2, "average", endless=0.975)])
    assert pool.interval is not None
    assert not pool.interval.endless


def test_without_a_distribution_there_is_no_pool() -> None:
    for results in ([estimate(None)], [estimate(5000)], [told(1000, 0.2, endless=0.25)]):
        pool = together(results)
        assert pool.population is None
        assert pool.reason is not None
        assert "no number" in pool.summary("en")


def test_points_run_through_the_quantiles() -> None:
    drawn = points(told(1000, 0.2).details["quantiles"])
    assert len(drawn) == POINTS
    assert np.quantile(drawn, 0.5) == pytest.approx(1000, rel=0.01)
    assert not beyond(float(drawn.max()))
