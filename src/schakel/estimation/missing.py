"""Covariates that are missing for some people, or that a register does not keep: estimated with EM, nobody left out.

A person with an unknown level belongs to one of several cells. With n_g people known only to be in the set of cells g,

    E-step: y_c = sum over g of n_g mu_c / sum_{c' in g} mu_c'        M-step: log mu = X b fitted to y

until nothing changes; then Newton steps with the observed information (complete minus missing, Louis 1982) to the last
digit. Assumes that whether a level is missing hangs on what is known of the person, not on the level itself (missing
at random): a register that keeps no sex is fine; one that leaves out the sex of men more often is not. With nothing
missing it is the plain fit. Sources: Zwane & Van der Heijden (2007); Van der Heijden et al. (2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.special import gammaln

from schakel.estimation import poisson
from schakel.estimation.certainty import Interval
from schakel.estimation.covariates import CovariateFit, Cut, cut
from schakel.estimation.design import CovariateModel, Design, Real, parse_model
from schakel.estimation.estimate import Estimate
from schakel.estimation.incomplete import Incomplete, incomplete_fingerprint
from schakel.estimation.parts import Receipt
from schakel.estimation.population import about, refuse_one_world
from schakel.estimation.running import Progress
from schakel.estimation.strata import assumptions, check_draws, group_details, no_estimate, nobody_seen, parameters
from schakel.estimation.strata_bootstrap import LEVEL, Resampled, limits
from schakel.estimation.strata_refusals import refusal
from schakel.vocabulary.texts import text
from schakel.vocabulary.version import VERSION

UNKNOWN = ""
ROUNDS, BATCH, CLOSE, NEWTON = 4_000, 20, 1e-9, 12
AT_RANDOM = text({
    "nl": "Of een kenmerk ontbreekt, hangt af van wat wel bekend is (zoals de lijst), niet van het kenmerk zelf.",
    "en": "Whether a covariate is missing hangs on what is known (such as the list), not on the covariate itself.",
})  # fmt: skip


@dataclass(frozen=True, eq=False)
class MissingFit:
    """A fit with missing covariates, and how the seen people are thought to lie over the strata, (strata,)."""

    fit: CovariateFit
    seen: Real
    rounds: int

    @property
    def population(self) -> float | None:
        return None if self.fit.unseen is None else float(self.seen.sum() + self.fit.unseen.sum())


def fit_missing(people: Incomplete, model: CovariateModel) -> MissingFit:
    """Fit a model to people some of whose levels are unknown. Existence first, on the table that EM begins with."""
    table = people.complete
    design = Design(table)
    matrices = cut(design, model)
    groups, numbers = _groups(people, design)
    spread = _expected(groups, numbers, np.ones(len(design.seen)))
    looked = poisson.ground(matrices.seen, spread, matrices.unseen)
    if looked.flag:
        return MissingFit(CovariateFit(table, model, looked.flag, matrices.names), np.zeros(len(table.counts)), 0)
    part = np.ascontiguousarray(matrices.seen[np.ix_(looked.rows, looked.columns)])
    kept = csr_array(groups[:, looked.rows])
    done, observed_information, rounds = _settled(part, kept, numbers, spread[looked.rows])
    if np.linalg.matrix_rank(observed_information, hermitian=True) < len(looked.columns):
        flag = 2  # what is missing leaves parameters open
        return MissingFit(CovariateFit(table, model, flag, matrices.names), np.zeros(len(table.counts)), rounds)
    return _told(people, model, matrices, looked, done, observed_information, kept, numbers, design, rounds)


def _groups(people: Incomplete, design: Design) -> tuple[csr_array, Real]:
    """(groups, seen cells) 0/1: in which cells the people of a group may be; and how many they are."""
    table, histories = people.complete, people.complete.counts.shape[1]
    place = np.full(design.size, -1)
    place[design.seen] = np.arange(len(design.seen))
    sets: list[NDArray[np.int64]] = []
    numbers: list[float] = []
    for cell in design.seen:  # a cell without people is a group too: it was looked at, and nobody was there
        sets.append(place[[cell]])
        numbers.append(float(table.counts.ravel()[cell]))
    for key, counts in people.partial.items():
        strata = people.strata_of(key)
        for history in np.flatnonzero(counts):
            cells = place[strata * histories + history]
            if not (cells >= 0).any():
                raise refusal("not-active", stratum=", ".join(level or "?" for level in key))
            sets.append(cells[cells >= 0])
            numbers.append(float(counts[history]))
    rows = np.repeat(np.arange(len(sets)), [len(cells) for cells in sets])
    columns = np.concatenate(sets)
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(sets), len(design.seen))), np.array(numbers)


def _expected(groups: csr_array, numbers: Real, expected: Real) -> Real:
    """The E-step: the people of each group over its cells, in proportion to what is expected there."""
    sums = groups @ expected
    ratio = np.divide(numbers, sums, out=np.zeros_like(numbers), where=sums > 0)
    return np.asarray(expected * (groups.T @ ratio))


def _settled(part: Real, groups: csr_array, numbers: Real, begin: Real) -> tuple[poisson.Fit, Real, int]:
    """EM from an even spread, and Newton steps as soon as they arrive: the fit, the observed information, the rounds.

    EM always climbs but slows down near the top; Newton's steps arrive there in a few, but from afar may go astray.
    """
    done = poisson.fit(part, begin)
    for rounds in range(BATCH, ROUNDS + BATCH, BATCH):
        done, moved = _em(part, groups, numbers, done)
        last, information, arrived = _newton(part, groups, numbers, done)
        if arrived and _height(groups, numbers, last.expected) >= _height(groups, numbers, done.expected) - 1e-9:
            return last, information, rounds
        if moved < CLOSE:
            break
    return done, information, rounds


def _em(part: Real, groups: csr_array, numbers: Real, done: poisson.Fit) -> tuple[poisson.Fit, float]:
    """A batch of EM rounds, and how far the coefficients moved in the last."""
    for _ in range(BATCH):
        again = poisson.fit(part, _expected(groups, numbers, done.expected), done.coefficients)
        moved = float(np.abs(again.coefficients - done.coefficients).max())
        done = again
        if moved < CLOSE:
            break
    return done, moved


def _newton(part: Real, groups: csr_array, numbers: Real, done: poisson.Fit) -> tuple[poisson.Fit, Real, bool]:
    """Steps with the observed information X'WX - sum of n_g Var_g(x); and whether they arrived."""
    coefficients, expected, arrived = done.coefficients, done.expected, False
    limit = poisson.CLOSE * max(1.0, float(numbers.sum()))
    before = np.inf
    for _ in range(NEWTON):
        spread = _expected(groups, numbers, expected)
        sums = groups @ expected
        means = (groups @ (part * expected[:, None])) / np.where(sums > 0, sums, 1.0)[:, None]
        information = (part.T * (expected - spread)) @ part + (means.T * numbers) @ means
        gradient = part.T @ (spread - expected)
        size = float(np.abs(gradient).max())
        arrived = size < limit
        if arrived or not size < before:
            break
        before = 2 * size
        coefficients = coefficients + poisson.solve(information, gradient)
        expected = np.exp(np.minimum(part @ coefficients, 50.0))
    spread = _expected(groups, numbers, expected)
    height, distance = poisson.log_likelihood(spread, expected), poisson.deviance(spread, expected)
    return poisson.Fit(part, coefficients, expected, height, distance), information, arrived


def _height(groups: csr_array, numbers: Real, expected: Real) -> float:
    """The log-likelihood of what is known: sum of n_g log(sum of mu over g) - mu - log n_g!."""
    there = numbers > 0
    logs = np.log((groups @ expected)[there])
    return float(numbers[there] @ logs - expected.sum() - gammaln(numbers + 1).sum())


def _told(people: Incomplete, model: CovariateModel, matrices: Cut, looked: poisson.Ground, done: poisson.Fit,
          information: Real, groups: csr_array, numbers: Real, design: Design, rounds: int) -> MissingFit:  # fmt: skip
    table = people.complete
    coefficients, errors = np.full((2, len(matrices.names)), np.nan)
    coefficients[looked.columns], coefficients[looked.infinite] = done.coefficients, -np.inf
    errors[looked.columns] = np.sqrt(np.diag(poisson.inverse(information)))
    expected = np.zeros(len(design.seen))
    expected[looked.rows] = done.expected
    unseen = np.where(looked.empty, 0.0, np.exp(matrices.unseen[:, looked.columns] @ done.coefficients))
    seen = np.zeros(design.size)
    seen[design.seen[looked.rows]] = _expected(groups, numbers, done.expected)
    height = _height(groups, numbers, done.expected)
    fit = CovariateFit(table, model, 0, matrices.names, coefficients, unseen, expected, height, float("nan"),
                       len(looked.columns) + len(looked.infinite), errors)  # fmt: skip
    return MissingFit(fit, seen.reshape(table.counts.shape).sum(1), rounds)


def estimate_missing(people: Incomplete, model: str, *, by: Sequence[str] = (), resamples: int = 200,
                     level: float = LEVEL, seed: int, progress: Progress = None) -> Estimate:  # fmt: skip
    """How many people there are by one model, where levels are missing; groups and intervals as in `estimate_strata`.

    The people seen of a group are then an expectation as well. A bootstrap draws people with what is known and unknown
    of them. Models are compared by `aic` and `bic`, which count the people seen with their unknown levels.
    """
    table = people.complete
    refuse_one_world(table, by)
    check_draws(seed, resamples)
    terms = parse_model(table, model)
    found = fit_missing(people, terms)
    options = {"model": model, "by": ", ".join(by) or "-", "resamples": resamples}
    receipt = Receipt(incomplete_fingerprint(people), VERSION, seed, options)
    assumed = (*assumptions(table), AT_RANDOM)
    if found.fit.unseen is None or found.population is None:
        return Estimate("covariates-missing", None, people.observed, receipt, assumed, model=found.fit.bracket,
                        flag=found.fit.flag, reason=no_estimate(found.fit.flag), about=about(table),
                        cautions=table.notes)  # fmt: skip
    drawn = _resample(people, terms, found, seed, resamples, progress) if resamples else None
    total = None if drawn is None else limits((drawn.seen + drawn.unseen).sum(1), people.observed, level)
    details = group_details(table, found.seen, found.fit.unseen, drawn, by, level)
    return Estimate(
        method="covariates-missing",
        population=found.population,
        observed=people.observed,
        receipt=receipt,
        assumptions=assumed,
        model=found.fit.bracket,
        interval=None if total is None else Interval(*total, level, "percentile"),
        log_likelihood=found.fit.log_likelihood,
        aic=-2 * found.fit.log_likelihood + 2 * found.fit.parameters,
        bic=-2 * found.fit.log_likelihood + float(np.log(people.observed)) * found.fit.parameters,
        **parameters(found.fit),
        about=about(table),
        cautions=(*table.notes, *nobody_seen(details["groups"])),
        details=details | {"em_rounds": found.rounds},
    )


def _resample(people: Incomplete, terms: CovariateModel, found: MissingFit, seed: int, resamples: int,
              progress: Progress) -> Resampled:  # fmt: skip
    """Draw people with what is known of them, and fit the same model again."""
    assert found.population is not None
    rng = np.random.default_rng(seed)
    table, keys = people.complete, list(people.partial)
    counts = np.concatenate([table.counts.ravel(), *(people.partial[key] for key in keys)])
    size = table.counts.size
    seen, unseen = np.full((2, resamples, len(table.counts)), np.nan)
    for number in range(resamples):
        many = max(1, int(rng.binomial(round(found.population), people.observed / found.population)))
        drawn = rng.multinomial(many, counts / counts.sum())
        parts = drawn[size:].reshape(len(keys), table.counts.shape[1])
        again = fit_missing(
            Incomplete(
                table.with_counts(drawn[:size].reshape(table.counts.shape)), dict(zip(keys, parts, strict=True))
            ),
            terms,
        )
        if again.fit.unseen is not None:
            seen[number], unseen[number] = again.seen, again.fit.unseen
        if progress:
            progress(number + 1, resamples)
    return Resampled(seen, unseen, np.ones(resamples))
