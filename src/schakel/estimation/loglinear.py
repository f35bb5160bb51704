"""One log-linear Poisson model on one capture table: the fit with all its figures, and the estimate.

In words: the logarithm of the expected count of each history is a sum of terms, one for each set of lists that the
model lets depend on each other. The cell of nobody's list is exp(intercept), and the population is that plus those
seen. Conventions: Poisson on the 2^k - 1 observable cells; the log-likelihood keeps its factorials; AIC and BIC count
the terms at minus infinity too; BIC takes the logarithm of the people seen.
Sources: Fienberg (1972); Bishop, Fienberg & Holland (1975); Fienberg & Rinaldo (2012) for minus infinity.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from schakel.estimation import sentences
from schakel.estimation.estimate import FINE, Estimate
from schakel.estimation.existence import flag_of, kept_cells
from schakel.estimation.factorials import log_factorial
from schakel.estimation.histories import Histories
from schakel.estimation.lattice import Floats, Whole, members, superset_sums
from schakel.estimation.newton import fit as newton
from schakel.estimation.newton import means
from schakel.estimation.parts import Receipt
from schakel.estimation.refusals import refusal
from schakel.estimation.showing import beyond
from schakel.estimation.terms import Model, term_words
from schakel.vocabulary.texts import LANGUAGES, Text


class Fit(NamedTuple):
    """A model fitted to counts: figures as in `Estimate`; `beta` and `errors` by term mask, `fitted` shape (2^k,)."""

    model: Model
    flag: int
    beta: Mapping[int, float]
    errors: Mapping[int, float | None]
    fitted: Floats
    observed: int
    log_likelihood: float
    deviance: float

    @property
    def unobserved(self) -> float:
        """exp(intercept)."""
        return math.exp(self.beta[0])

    @property
    def population(self) -> float:
        return self.observed + self.unobserved

    @property
    def parameters(self) -> int:
        """How many, those at minus infinity included."""
        return len(self.beta)

    @property
    def aic(self) -> float:
        return 2.0 * self.parameters - 2.0 * self.log_likelihood

    @property
    def bic(self) -> float:
        return math.log(self.observed) * self.parameters - 2.0 * self.log_likelihood


def fit(model: Model, counts: Whole) -> Fit | int:
    """Fit a model to counts of shape (2^k,); the flag (1, 2 or 3) where there is nothing to fit."""
    flag = flag_of(model, counts)
    return flag if flag else fit_existing(model, counts)


def fit_existing(model: Model, counts: Whole) -> Fit:
    """As `fit`, for a model that is known to have its estimate. `BadInput` if no fit can be found all the same."""
    people = counts.astype(np.float64)
    overlaps = superset_sums(people)
    kept = kept_cells(model, overlaps)
    finite = [mask for mask in model.masks if overlaps[mask] > 0]
    terms = np.array(finite, dtype=np.int64)
    made = newton(people[:, None], terms[None, :], kept[:, None])
    if not made.settled[0]:
        raise refusal("not-settled", value=model.words())
    fitted = means(made.beta, terms[None, :], kept[:, None])[:, 0]
    information = superset_sums(fitted)[terms[:, None] | terms[None, :]]
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    logs = np.log(np.where(kept, fitted, 1.0))
    seen = np.log(np.where(people > 0, people, 1.0))
    return Fit(
        model,
        FINE,
        dict.fromkeys(model.masks, -math.inf) | dict(zip(finite, made.beta[0].tolist(), strict=True)),
        dict.fromkeys(model.masks) | dict(zip(finite, errors.tolist(), strict=True)),
        fitted,
        int(counts.sum()),
        float((people * logs - fitted - log_factorial(counts)).sum()),
        float(2.0 * (people * (seen - logs) - people + fitted).sum()),
    )


def told(histories: Histories, made: Fit, method: str, receipt: Receipt, **details: Any) -> Estimate:
    """A fit as an estimate."""
    names = histories.lists
    empty = [mask for mask, value in made.beta.items() if value == -math.inf]
    return Estimate(
        method=method,
        population=made.population,
        observed=made.observed,
        receipt=receipt,
        assumptions=(*sentences.COMMON, model_words(made.model, names)),
        model=made.model.words(),
        log_likelihood=made.log_likelihood,
        deviance=made.deviance,
        aic=made.aic,
        bic=made.bic,
        coefficients={term_words(mask, names): value for mask, value in made.beta.items()},
        standard_errors={term_words(mask, names): value for mask, value in made.errors.items()},
        cautions=(*histories.notes, *([_empty_words(empty, histories)] if empty else []),
                  *([sentences.BEYOND] if beyond(made.population) else [])),
        details={"model_by_name": made.model.words(names), "parameters": made.parameters,
                 "minus_infinity": [term_words(mask, names) for mask in empty], **details},
    )  # fmt: skip


def no_estimate(histories: Histories, method: str, model: Model, flag: int, receipt: Receipt) -> Estimate:
    """An estimate without population, with the reason in words."""
    why = {lang: sentences.FLAGS[flag](lang) for lang in LANGUAGES}
    return Estimate(
        method=method,
        population=None,
        observed=histories.observed,
        receipt=receipt,
        assumptions=(*sentences.COMMON, model_words(model, histories.lists)),
        model=model.words(),
        flag=flag,
        reason=Text({lang: sentences.NO_ESTIMATE(lang).format(why=why[lang]) for lang in LANGUAGES}),
        cautions=histories.notes,
        details={"model_by_name": model.words(histories.lists)},
    )


def model_words(model: Model, names: tuple[str, ...]) -> Text:
    """What a model assumes, in a sentence."""
    largest = [mask for mask in model.generators if mask.bit_count() > 1]
    if not largest:
        return Text({
            "nl": "Of iemand op de ene lijst staat, hangt niet af van de andere lijsten.",
            "en": "Whether somebody is on one list does not depend on the other lists.",
        })  # fmt: skip
    groups = "; ".join(" + ".join(term_words(mask, names).split("*")) for mask in largest)
    return Text({
        "nl": f"Alleen deze lijsten hangen met elkaar samen: {groups}.",
        "en": f"Only these lists depend on each other: {groups}.",
    })  # fmt: skip


def _empty_words(empty: list[int], histories: Histories) -> Text:
    """That nobody is on some lists together, and what the model makes of that."""
    smallest = [mask for mask in empty if not any(mask != other and mask & other == other for other in empty)]
    groups = "; ".join(" + ".join(histories.lists[place] for place in members(mask)) for mask in smallest)
    return Text({
        "nl": f"Niemand staat op {groups} samen; het model neemt aan dat dat niet kan (minus oneindig).",
        "en": f"Nobody is on {groups} together; the model takes that to be impossible (minus infinity).",
    })  # fmt: skip
