"""Reasons not to believe an estimate, looked for on the user's own data.

Each check runs one method again on changed data and tells how far the answer moves. Sources: Whitehead et al. (2021);
Binette & Steorts (2022) for internal consistency and trajectories; Silverman (2020) for leaving out and merging lists.
A method is a function of histories alone: seed, resamples and options are fixed beforehand (`functools.partial`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from schakel.estimation.estimate import Estimate
from schakel.estimation.findings import Checks, Known, Moved, Recovery, Sensitivity
from schakel.estimation.histories import Histories, drop, from_masks, merge
from schakel.estimation.running import Progress
from schakel.vocabulary.errors import BadInput

Method = Callable[[Histories], Estimate]
Table = Callable[[], Histories]  # made when it is needed: some changed tables cannot be


def run_checks(histories: Histories, method: Method, *, seed: int, with_interval: Method | None = None, draws: int = 0,
               progress: Progress = None) -> Checks:  # fmt: skip
    """The checks that need no more than histories and a method; the simulation too where `draws` are asked for.

    Most look at the population only, so `method` may leave its interval out; `with_interval` is the same method with
    one, for recovering known numbers (and for `draws` simulations).
    """
    full = with_interval or method
    steps: list[tuple[str, Callable[[], Any]]] = [
        ("leave_one_out", lambda: leave_one_out(histories, method)),
        ("merged", lambda: merge_lists(histories, method)),
        ("overlaps", lambda: smallest_overlaps(histories, method)),
        ("accrual", lambda: accrual(histories, method, seed=seed)),
        ("consistency", lambda: internal_consistency(histories, full)),
    ]
    if draws:
        steps.append(("simulation", lambda: simulate(histories, full, seed=seed, draws=draws)))
    found = {}
    for number, (name, step) in enumerate(steps, start=1):
        found[name] = step()
        if progress:
            progress(number, len(steps))
    return Checks(**found)


def leave_one_out(histories: Histories, method: Method) -> Sensitivity:
    """Each list left out in turn. The population stays the same people; fewer of them are seen."""
    names = histories.lists if len(histories.lists) > 2 else ()
    return _sensitivity("leave-one-out", histories, method, [(name, partial(drop, histories, name)) for name in names])


def merge_lists(histories: Histories, method: Method) -> Sensitivity:
    """Each two lists taken as one: what they had in common is not used any more."""
    pairs = list(combinations(histories.lists, 2)) if len(histories.lists) > 2 else []
    tables = [("+".join(pair), partial(merge, histories, pair)) for pair in pairs]
    return _sensitivity("merge", histories, method, tables)


def smallest_overlaps(histories: Histories, method: Method, *, number: int = 3) -> Sensitivity:
    """One person more and one fewer in the smallest overlaps of two lists (an empty one only gets more).

    The person more comes on these two lists only; the person fewer leaves the smallest history that holds both.
    """
    pairs = sorted(combinations(range(len(histories.lists)), 2), key=lambda pair: (_overlap(histories, pair), pair))
    tables = [one for pair in pairs[:number] for one in _nudged(histories, pair)]
    return _sensitivity("overlaps", histories, method, tables)


def _overlap(histories: Histories, pair: tuple[int, int]) -> int:
    return int(histories.overlaps[1 << pair[0] | 1 << pair[1]])


def _nudged(histories: Histories, pair: tuple[int, int]) -> Iterable[tuple[str, Table]]:
    both = 1 << pair[0] | 1 << pair[1]
    name = "*".join(histories.lists[place] for place in pair)
    yield f"{name} +1", partial(_with, histories, both, 1)
    holding = [mask for mask in range(len(histories.counts)) if mask & both == both and histories.counts[mask]]
    if holding:
        fewest = min(holding, key=lambda mask: (int(histories.counts[mask]), mask))
        yield f"{name} -1", partial(_with, histories, fewest, -1)


def _with(histories: Histories, mask: int, change: int) -> Histories:
    counts = histories.counts.copy()
    counts[mask] += change
    return Histories(histories.lists, counts, histories.notes)


def accrual(histories: Histories, method: Method, *, seed: int, shares: Sequence[float] = (0.7, 0.8, 0.9)
            ) -> Sensitivity:  # fmt: skip
    """The trajectory as registrations come in: each registration is there with some chance, the same ones growing.

    A person of whom no registration is there yet is not seen yet. An estimate that still climbs or falls when nearly
    all is there has not settled. Where registrations have dates, use `accrual_of` with the histories by date.
    """
    rng = np.random.default_rng(seed)
    masks = np.repeat(np.arange(len(histories.counts)), histories.counts)
    arrives = rng.random((len(masks), len(histories.lists)))
    tables = [(f"{share:.0%}", partial(_so_far, histories, masks, arrives < share)) for share in shares]
    return _sensitivity("accrual", histories, method, tables)


def _so_far(histories: Histories, masks: NDArray[np.int64], there: NDArray[np.bool_]) -> Histories:
    """The histories of registrations that are there, (people, lists); who has none yet is not seen yet."""
    found = masks & (there @ (1 << np.arange(len(histories.lists))))
    return from_masks(histories.lists, found[found > 0])


def accrual_of(tables: Sequence[tuple[str, Histories]], method: Method) -> Sensitivity:
    """The trajectory over histories by date, in order; the last is all there is."""
    *before, (_, last) = tables
    moves = tuple(Moved(name, _population(method, partial(_same, table))) for name, table in before)
    return Sensitivity("accrual", _population(method, partial(_same, last)), moves)


def _same(histories: Histories) -> Histories:
    return histories


def prior_sensitivity(histories: Histories, methods: Mapping[str, Method]) -> Sensitivity:
    """A method under several priors; the first is the one that is reported."""
    (_, first), *others = methods.items()
    moves = tuple(Moved(name, _population(other, partial(_same, histories))) for name, other in others)
    return Sensitivity("prior", _population(first, partial(_same, histories)), moves)


def internal_consistency(histories: Histories, method: Method) -> Recovery:
    """Each list in turn is taken as a population whose size is known; the other lists must find it."""
    cases = []
    masks = np.arange(len(histories.counts))
    for place, name in enumerate(histories.lists):
        part = np.where((masks >> place) & 1 == 1, histories.counts, 0)
        rest = [other for other in range(len(histories.lists)) if other != place]
        if len(rest) >= 2:
            cases.append(_known(name, int(part.sum()), partial(_over, histories, part, rest), method))
    return Recovery("internal-consistency", tuple(cases))


def _over(histories: Histories, counts: NDArray[np.int64], places: Sequence[int]) -> Histories:
    """The histories of some people over some lists; who is on none of these is not seen, and a list without people
    goes.
    """
    masks = np.arange(len(counts))
    used = [place for place in places if counts[(masks >> place) & 1 == 1].any()]
    new = sum(((masks >> place) & 1) << number for number, place in enumerate(used))
    seen = np.where(np.asarray(new) > 0, counts, 0)
    return from_masks([histories.lists[place] for place in used], new, seen)


def simulate(histories: Histories, method: Method, *, seed: int, draws: int = 100) -> Recovery:
    """A parametric simulation: the fitted model is taken for the truth, people are drawn from it, and estimated again.

    The method must tell its coefficients. It shows the bias and the coverage that the method has where its own model is
    true, with data like these; a method that fails here fails everywhere.
    """
    fitted = method(histories)
    if fitted.population is None or "(intercept)" not in fitted.coefficients:
        return Recovery("simulation", ())
    expected = expected_of(fitted, histories.lists)
    size = round(float(expected.sum()))
    rng = np.random.default_rng(seed)
    cases = []
    for draw in range(draws):
        counts = rng.multinomial(size, expected / expected.sum())
        counts[0] = 0
        cases.append(_known(str(draw), size, partial(Histories, histories.lists, counts), method))
    return Recovery("simulation", tuple(cases))


def expected_of(estimate: Estimate, lists: Sequence[str]) -> NDArray[np.float64]:
    """The expected count of every history, on no list too, from the coefficients of a log-linear estimate; (2**k,)."""
    masks = np.arange(1 << len(lists))
    logs = np.zeros(len(masks))
    for name, value in estimate.coefficients.items():
        mask = 0 if name == "(intercept)" else sum(1 << lists.index(part) for part in name.split("*"))
        logs[(masks & mask) == mask] += value
    return np.exp(logs)


def _sensitivity(name: str, histories: Histories, method: Method, tables: Iterable[tuple[str, Table]]
                 ) -> Sensitivity:  # fmt: skip
    moves = tuple(Moved(change, _population(method, table)) for change, table in tables)
    return Sensitivity(name, _population(method, partial(_same, histories)), moves)


def _population(method: Method, table: Table) -> float | None:
    """The population, or None where the changed table cannot be used: then there is no estimate either."""
    try:
        return method(table()).population
    except BadInput:
        return None


def _known(name: str, size: int, table: Table, method: Method) -> Known:
    try:
        found = method(table())
    except BadInput:
        return Known(name, size, None, None, None)
    limits = (found.interval.low, found.interval.high) if found.interval else (None, None)
    return Known(name, size, found.population, *limits)
