"""Claim: nominal 95 % intervals cover at least 0.90 in simulation, and known populations are recovered.

Simulation: people are drawn from a model that is taken for the truth and estimated again, the choice of the model
included: the stepwise model of the UK table of five lists, the best model by BIC of the Dutch one (with terms of three
lists), the Scottish table by covariates, two lists with covariates. One design was looked at by no choice of a method
or rule: a year of the synthetic country (`schakel.simulation`), whose people differ in how visible they are to those
who register them; the truth is how many are within reach of a list. Internal consistency: in every public table of
trafficking each list is taken as a population of known size, and the other lists must find it; root mean square of
log(estimate / size) at most 0.55, coverage at least 0.90. Each method by itself, and the pool of the methods
(`together`), which is what is to be reported. All are told for all cases; for those whose interval has an upper limit;
and for those that the verdict over the methods would let be reported. Latent classes take no part: they would take
hours. It goes on where it was stopped as long as seed and sizes are the same.

    .venv/bin/python benchmarks/bench_coverage.py [--design country] [--count 100] [--write]
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np
from _tools import RESULTS, keep, options

from schakel.estimation.checks import expected_of
from schakel.estimation.comparison import Comparison
from schakel.estimation.covariate_search import choose, search_over
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories, from_masks
from schakel.estimation.methods import estimate, estimate_all
from schakel.estimation.strata import estimate_strata
from schakel.estimation.stratified import Covariate, Stratified, read_stratified
from schakel.estimation.two_lists import doubly_robust
from schakel.vocabulary.errors import BadInput
from tests.published import tables
from tests.published.test_estimation_covariates import TABLE as SCOTLAND

if TYPE_CHECKING:
    from schakel.simulation.simulated import Simulated

PUBLIC = ("UKDAT", "UKDAT_5", "UKDAT_4", "NED", "NED_5", "NEWORL_5_185")
QUICK = ("stepwise", "bic", "threshold", "average")
ANSWERS = (*QUICK, "together")
COUNTRY = 20_000  # people in the synthetic country
LISTS = ("police", "care_coordinators", "others", "shelters", "fairwork")
FORMS = ("sexual", "labour", "criminal")
KINDS = {"police": "police", "kmar": "enforcement", "inspectorate": "enforcement", "others": "others"}
Case = tuple[str, int, float | None, float | None, float | None, bool]
"""What it is, its true size, the estimate, its limits, and whether the verdict would have let it be reported."""
Asked = tuple[str, int | Callable[[], int], Callable[[], tuple[Estimate, bool]]]
"""The same before it is estimated; a size that is a work to find is found when it is needed."""


def told(name: str, known: int | Callable[[], int], made: Callable[[], tuple[Estimate, bool]]) -> Case:
    """One case; a table that cannot be used is one without an estimate."""
    size = known if isinstance(known, int) else known()
    try:
        found, allowed = made()
    except BadInput:
        return name, size, None, None, None, False
    limits = (None, None) if found.interval is None else (found.interval.low, min(found.interval.high, 1e15))
    return name, size, found.population, *limits, allowed


@lru_cache(maxsize=1_000)
def compared(table: Histories, resamples: int, seed: int) -> Comparison:
    """All methods on one table with its verdict, made once for the studies of each of them."""
    return estimate_all(table, names=QUICK, resamples=resamples, seed=seed)


def answer(table: Callable[[], Histories], method: str, resamples: int, seed: int) -> tuple[Estimate, bool]:
    """What one method makes of a table, and whether the verdict would let it be reported."""
    found = compared(table(), resamples, seed)
    all_of_them = {one.method: one for one in (*found.results, found.together)}
    return all_of_them[method], found.verdict.word != "do-not-report"


def simulated_lists(truth: str, chooser: str, method: str, seed: int, count: int, resamples: int) -> Iterator[Asked]:
    """People drawn from the model that a method chooses for a public table."""
    lists = getattr(tables, truth).lists
    fitted = estimate(getattr(tables, truth), chooser, resamples=0, interval="none")
    expected = expected_of(fitted, lists)
    size = round(float(expected.sum()))
    for draw in range(count):
        counts = np.random.default_rng([seed, 1, draw]).multinomial(size, expected / expected.sum())
        counts[0] = 0
        yield (str(draw), size, partial(answer, partial(Histories, lists, counts), method, resamples, seed))


def reported(made: Callable[[], Estimate]) -> tuple[Estimate, bool]:
    """An estimate that no verdict is given of."""
    return made(), True


def simulated_covariates(seed: int, count: int, resamples: int) -> Iterator[Asked]:
    """People drawn from the model that BIC chooses for the Scottish table, by region, sex and age.

    Each search of the bootstrap begins at the chosen model (`quick`): three times faster, and no wider.
    """
    fitted = choose(search_over(SCOTLAND), SCOTLAND)
    expected = np.zeros(SCOTLAND.counts.size)
    expected[SCOTLAND.possible.ravel()] = fitted.expected
    expected = expected.reshape(SCOTLAND.counts.shape)
    expected[:, 0] = fitted.unseen
    size = round(float(expected.sum()))
    for draw in range(count):
        counts = np.random.default_rng([seed, 2, draw]).multinomial(size, expected.ravel() / expected.sum())
        counts = counts.reshape(expected.shape)
        counts[:, 0] = 0
        table = SCOTLAND.with_counts(counts)
        made = partial(estimate_strata, table, quick=True, resamples=resamples, seed=seed)
        yield (str(draw), size, partial(reported, made))


def year(seed: int, draw: int) -> Simulated:
    """A year of the synthetic country."""
    from schakel.simulation.country import Country
    from schakel.simulation.simulate import simulate

    return simulate(Country(people=COUNTRY, years=(2016, 2016)), seed=seed * 10_000 + draw)


@lru_cache(maxsize=1_000)
def country(seed: int, draw: int) -> tuple[Histories, int]:
    """The five largest lists of a year of the synthetic country, and how many are within reach of a list."""
    made = year(seed, draw)
    kept = made.truth[made.truth["list"].isin(LISTS)].dropna(subset="person")
    bits = kept["list"].map({name: 1 << place for place, name in enumerate(LISTS)})
    pairs = kept.assign(bit=bits.astype("int64")).drop_duplicates(["person", "bit"])
    masks = pairs.groupby("person")["bit"].sum().to_numpy()
    return from_masks(LISTS, masks), int(made.population["within_reach"].sum())


@lru_cache(maxsize=1_000)
def groups(seed: int, draw: int) -> tuple[Stratified, int]:
    """All lists of such a year as four kinds, by form of exploitation and sex as the lists first tell them."""
    made = year(seed, draw)
    told = made.registrations[["record", "list", "form", "sex"]].merge(made.truth[["record", "person"]])
    told = told.dropna(subset="person")
    told["form"] = told["form"].where(told["form"].isin(FORMS), "other")
    people = told[["person", "list"]].join(told.groupby("person")[["form", "sex"]].first(), on="person").dropna()
    people = people.assign(list=people["list"].map(KINDS).fillna("care"), on=1)
    rows = people.pivot_table(index=["person", "form", "sex"], columns="list", values="on", fill_value=0)
    table = (rows > 0).astype(int).reset_index().drop(columns="person")
    return read_stratified(table, ["form", "sex"]), int(made.population["within_reach"].sum())


def simulated_groups(seed: int, count: int, resamples: int) -> Iterator[Asked]:
    """Such a year by form and sex, with a model of lists and covariates."""
    for draw in range(count):

        def made(draw: int = draw) -> Estimate:
            return estimate_strata(groups(seed, draw)[0], quick=True, resamples=resamples, seed=seed)

        yield (str(draw), lambda draw=draw: groups(seed, draw)[1], partial(reported, made))


def simulated_country(method: str, seed: int, count: int, resamples: int) -> Iterator[Asked]:
    """A year of the synthetic country, made when it is needed."""
    for draw in range(count):
        made = partial(answer, lambda draw=draw: country(seed, draw)[0], method, resamples, seed)
        yield (str(draw), lambda draw=draw: country(seed, draw)[1], made)


def simulated_two_lists(seed: int, count: int, resamples: int) -> Iterator[Asked]:
    """Three thousand people whose chance to be on either list hangs on two characteristics, and on nothing else."""
    size = 3_000
    shape = (Covariate("x", ("0", "1")), Covariate("z", ("0", "1")))
    for draw in range(count):
        rng = np.random.default_rng([seed, 3, draw])
        x = rng.integers(0, 2, (size, 2))
        one = rng.random(size) < 1 / (1 + np.exp(1.2 - 1.5 * x[:, 0]))
        two = rng.random(size) < 1 / (1 + np.exp(1.2 - 1.2 * x[:, 0] - 0.5 * x[:, 1]))
        counts = np.zeros((4, 4), dtype=np.int64)
        np.add.at(counts, (x[:, 0] * 2 + x[:, 1], one + 2 * two), 1)
        counts[:, 0] = 0
        table = Stratified(("one", "two"), shape, counts, np.ones((4, 2), dtype=bool))
        yield (str(draw), size, partial(reported, partial(doubly_robust, table, seed=seed)))


def known_lists(method: str, seed: int, count: int, resamples: int) -> Iterator[Asked]:
    """Each list of each public table as a population that the other lists must find; `count` is not used."""
    for name in PUBLIC:
        table: Histories = getattr(tables, name)
        masks = np.arange(len(table.counts))
        for place, listed in enumerate(table.lists):
            inside = np.where((masks >> place) & 1 == 1, table.counts, 0)
            rest = [other for other in range(len(table.lists)) if other != place]
            rest = [other for other in rest if inside[(masks >> other) & 1 == 1].any()]
            new = sum(((masks >> other) & 1) << number for number, other in enumerate(rest))
            counts = np.bincount(new, weights=np.where(new > 0, inside, 0), minlength=1 << len(rest)).astype(np.int64)
            made = partial(Histories, tuple(table.lists[other] for other in rest), counts)
            asked = partial(answer, made, method, resamples, seed)
            yield (f"{name} {listed}", int(inside.sum()), asked)


STUDIES: dict[str, Callable[[int, int, int], Iterator[Asked]]] = {
    **{f"internal consistency, {method}": partial(known_lists, method) for method in ANSWERS},
    **{f"simulation UK, {method}": partial(simulated_lists, "UKDAT_5", "stepwise", method) for method in ANSWERS},
    **{f"simulation NL, {method}": partial(simulated_lists, "NED_5", "bic", method) for method in ANSWERS},
    **{f"simulation country, {method}": partial(simulated_country, method) for method in ANSWERS},
    "simulation Scotland, covariates": simulated_covariates,
    "simulation country, covariates": simulated_groups,
    "simulation two lists, doubly robust": simulated_two_lists,
}


PASS = 10  # cases of each study before the next is gone on with
ENDLESS = 1e9  # more people than any country has: no upper limit
WHICH: dict[str, Callable[[Case], bool]] = {
    "all": lambda case: True,
    "with an upper limit": lambda case: case[4] is not None and case[4] < ENDLESS,
    "reported by the verdict": lambda case: case[5],
}


def figures(cases: list[Case]) -> dict[str, float | int | None]:
    """Coverage, root mean square of the log bias, and how many had no estimate."""
    biases = [math.log(one[2] / one[1]) for one in cases if one[2] is not None]
    limits = [(one[1], one[3], one[4]) for one in cases if one[3] is not None and one[4] is not None]
    return {
        "cases": len(cases),
        "without estimate": sum(one[2] is None for one in cases),
        "coverage": round(sum(low <= size <= high for size, low, high in limits) / len(limits), 3) if limits else None,
        "rmse of log bias": round(math.sqrt(sum(bias**2 for bias in biases) / len(biases)), 3) if biases else None,
        "median log bias": round(float(np.median(biases)), 3) if biases else None,
    }


def done_before(about: dict[str, Any]) -> dict[str, list[Case]]:
    """The cases of an earlier run with the same seed and sizes."""
    file = RESULTS / "coverage.json"
    if not file.is_file():
        return {}
    kept = json.loads(file.read_text(encoding="utf-8"))
    same = all(kept.get(name) == value for name, value in about.items())
    return {name: [tuple(case) for case in study] for name, study in kept["cases"].items()} if same else {}


def main() -> None:
    given = options(__doc__ or "", count=100, resamples=200, design="")
    about = {"seed": given.seed, "count": given.count, "resamples": given.resamples}
    cases, began = done_before(about), time.process_time()
    asked = [(name, study) for name, study in STUDIES.items() if given.design in name]
    for end in (*range(PASS, given.count, PASS), given.count):  # a run that is stopped has something of every study
        for name, study in asked:
            before = len(cases.get(name, []))
            for place, case in enumerate(study(given.seed, given.count, given.resamples)):
                if before <= place < end:  # others are drawn again, but not estimated again
                    cases.setdefault(name, []).append(told(*case))
            if len(cases[name]) > before:
                save(given, about, cases, began)
    for name, _ in asked:  # as they stand in docs/explanation/estimation/verdict.md
        for which, chosen in WHICH.items():
            if which == "all" or name.startswith("internal"):
                found = figures([case for case in cases[name] if chosen(case)])
                print("|", " | ".join(map(str, (name, which, *found.values()))), "|", flush=True)


def save(given: Any, about: dict[str, Any], cases: dict[str, list[Case]], began: float) -> None:
    """Keep what was done so far."""
    found = {
        name: {which: figures([case for case in study if chosen(case)]) for which, chosen in WHICH.items()}
        for name, study in cases.items()
    }
    spent = {"CPU s of this run": round(time.process_time() - began)}
    made = {"claim": "coverage and internal consistency", **about, **spent, "figures": found, "cases": cases}
    keep("coverage", given.seed, made, write=given.write)


if __name__ == "__main__":
    main()
