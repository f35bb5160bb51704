"""Averaging over decomposable graphs: against a plain sum, on grids that grow, and what it says and refuses."""

from __future__ import annotations

import json
from itertools import pairwise
from math import lgamma

import numpy as np
import pytest

from schakel.estimation import averaging_sums
from schakel.estimation.averaging import average, grown, on_grid
from schakel.estimation.graphs import decomposable
from schakel.estimation.histories import Histories
from schakel.estimation.posterior import Posterior, valleys
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import histories

COUNTS = np.array([0, 25, 18, 7, 21, 4, 6, 3])


def plain_log_weight(counts: np.ndarray, unseen: int, graph: int, delta: float) -> float:
    """Multinomial coefficient, prior 1 / N, and the hyper-Dirichlet marginal likelihood, cell by cell."""
    full = counts.copy()
    full[0] = unseen
    known = decomposable(3)
    people = int(full.sum())
    total = lgamma(people + 1) - sum(lgamma(count + 1) for count in full) - np.log(people)
    for subset in range(1, 8):
        cells: dict[int, int] = {}
        for mask, count in enumerate(full):
            cells[mask & subset] = cells.get(mask & subset, 0) + int(count)
        prior = delta * 2 ** (3 - subset.bit_count())
        part = lgamma(8 * delta) - lgamma(people + 8 * delta)
        part += sum(lgamma(count + prior) - lgamma(prior) for count in cells.values())
        total += int(known.terms[graph, subset]) * part
    return total


def test_the_sum_over_graphs_is_the_plain_one() -> None:
    grid = range(1, 60)
    plain = np.exp([[plain_log_weight(COUNTS, unseen, graph, 0.125) for unseen in grid] for graph in range(8)])
    plain /= plain.sum()
    found = on_grid(COUNTS, list(grid))
    assert found.share == pytest.approx(plain.sum(axis=0), rel=1e-9)
    assert found.graphs == pytest.approx(plain.sum(axis=1), rel=1e-9)


def test_the_grown_grid_agrees_with_all_whole_numbers() -> None:
    found = grown(COUNTS)
    every = on_grid(COUNTS, np.arange(0, 100_000))
    for chance in (0.025, 0.1, 0.5, 0.9, 0.975):
        assert found.quantile(chance) == pytest.approx(every.quantile(chance), abs=0.6, rel=0.003)
    assert found.graphs == pytest.approx(every.graphs, abs=1e-4)
    assert found.beyond < 1e-6
    assert every.quantile(0.5) == round(every.quantile(0.5))


def test_the_order_of_the_lists_does_not_matter() -> None:
    swapped = Histories(("B", "A", "C"), COUNTS[[0, 2, 1, 3, 4, 6, 5, 7]])
    one, other = average(Histories(("A", "B", "C"), COUNTS)), average(swapped)
    assert one.population == pytest.approx(other.population, rel=1e-12)


def test_a_grid_that_grows_stops_when_the_tail_is_empty_and_says_so() -> None:
    sparse = np.array([0, 40, 30, 6, 20, 1, 1, 0])
    found = grown(sparse)
    assert found.beyond <= 1e-6
    assert found.unseen[-1] > 100_000  # a graph that joins all lists has a tail like a power
    assert all(a < b for a, b in pairwise(found.unseen.tolist()))
    assert found.share.sum() == pytest.approx(1, abs=1e-12)


def test_a_prior_that_falls_faster_gives_fewer_people() -> None:
    assert grown(COUNTS, power=2).quantile(0.5) < grown(COUNTS).quantile(0.5)


def test_the_estimate_says_what_it_rests_on() -> None:
    found = average(histories())
    assert found.interval is not None
    assert found.interval.kind == "posterior"
    assert found.interval.low < (found.population or 0) < found.interval.high
    assert sum(found.details["graphs"].values()) == pytest.approx(1, abs=1e-6)
    assert found.model.startswith("[")
    assert "1 / N" in found.assumptions[-1]("en")
    assert '"status": "internal"' in found.to_json()


def test_humps_that_lie_apart_are_told_in_both_languages() -> None:
    two = Posterior(100, np.arange(40.0), np.ones(40), _two_humps(), np.array([1.0]), 0.0)
    (first, second) = two.humps()
    assert first[0] < 115 < second[0]
    assert first[1] + second[1] == pytest.approx(1)
    assert valleys(np.array([1.0, 3.0, 2.0, 4.0, 1.0]), 0.5) == ()
    assert valleys(np.array([1.0, 4.0, 1.0, 4.0, 1.0]), 0.5) == (2,)


def _two_humps() -> np.ndarray:
    points = np.arange(40.0)
    height = np.exp(-((points - 6) ** 2) / 4) + 0.5 * np.exp(-((points - 28) ** 2) / 8)
    return np.asarray(height / height.sum())


class Memory:
    """A keeper in memory, whose values have been through JSON as those of a file have."""

    def __init__(self) -> None:
        self.blocks: dict[int, list[float]] = {}

    def kept(self) -> dict[int, list[float]]:
        return self.blocks

    def keep(self, first: int, values: list[float]) -> None:
        self.blocks[first] = json.loads(json.dumps(values))


def test_a_run_that_was_stopped_goes_on_with_the_chunks_it_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(averaging_sums, "BLOCK", 400)
    monkeypatch.setattr(averaging_sums, "CHUNK", 800)  # so that a small table has several chunks a step
    table, kept = histories(), Memory()
    whole = average(table)

    def stop(done: int, total: int) -> None:
        if len(kept.blocks) == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        average(table, progress=stop, keeper=kept)
    before = set(kept.blocks)
    assert len(before) == 3

    made: list[int] = []
    chunk = averaging_sums._chunk
    monkeypatch.setattr(averaging_sums, "_chunk", lambda *given: made.append(1) or chunk(*given))
    assert average(table, keeper=kept) == whole
    assert len(made) == len(set(kept.blocks) - before) > 3
    made.clear()
    assert average(table, keeper=kept) == whole
    assert not made


def test_the_division_into_chunks_changes_no_more_than_the_last_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = grown(COUNTS)
    monkeypatch.setattr(averaging_sums, "BLOCK", 400)
    monkeypatch.setattr(averaging_sums, "CHUNK", 800)
    parted = grown(COUNTS)
    assert parted.share == pytest.approx(whole.share, rel=1e-10, abs=1e-18)
    assert parted.graphs == pytest.approx(whole.graphs, rel=1e-10, abs=1e-18)


def test_how_far_it_is_is_told_by_points_of_the_grid() -> None:
    told: list[tuple[int, int]] = []
    grown(COUNTS, progress=lambda done, total: told.append((done, total)))
    assert told
    assert all(0 < done <= total for done, total in told)


@pytest.mark.parametrize("lists", [2, 7])
def test_too_few_or_too_many_lists_are_refused(lists: int) -> None:
    counts = np.ones(1 << lists, dtype=np.int64)
    counts[0] = 0
    with pytest.raises(BadInput, match="takes 3 to 6 lists") as refused:
        average(Histories(tuple(f"L{place}" for place in range(lists)), counts))
    assert "middelen" in refused.value.say("nl")
