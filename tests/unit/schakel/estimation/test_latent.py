"""Latent classes: against what can be summed by hand, step by step and as a whole; and when it refuses."""

from __future__ import annotations

import json
from itertools import permutations
from math import lgamma

import numpy as np
import pytest
from scipy.special import expit, logit

from schakel.estimation import latent, latent_growing, latent_sampler, latent_slides
from schakel.estimation.chains import Mixing, mixing
from schakel.estimation.histories import Histories
from schakel.estimation.latent import Draws, _hopeless, draw, latent_classes
from schakel.estimation.latent_growing import Growth, grown_up
from schakel.estimation.latent_sampler import from_prior, sweep
from schakel.estimation.latent_slides import mixture, slides
from schakel.estimation.latent_state import Prior, State, found_share, seen
from schakel.estimation.parts import SHARES
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import histories

TOLD = (0.025, 0.1, 0.5, 0.9, 0.975)  # shares
COUNTS = np.array([0, 60, 50, 12, 40, 9, 8, 3])


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few moves and slides, where what is drawn does not matter."""
    monkeypatch.setattr(latent, "MOVES", 1)
    monkeypatch.setattr(latent_sampler, "SLIDES_A_SWEEP", 1)


def plain_log_density(weights: np.ndarray, chances: np.ndarray, alpha: float) -> np.ndarray:
    """Posterior without people's classes, in log odds and logarithms of ratios of weights: three classes, (..., 3)."""
    cells = np.arange(1, 8)[:, None] >> np.arange(3) & 1
    by_cell = [np.prod(np.where(cell[:, None], chances, 1 - chances), axis=-2) for cell in cells]
    likelihood = sum(count * np.log((weights * part).sum(-1)) for count, part in zip(COUNTS[1:], by_cell, strict=True))
    missed = (weights * np.prod(1 - chances, axis=-2)).sum(-1)
    likelihood -= COUNTS.sum() * np.log(1 - missed)
    first, second = weights[..., 0], weights[..., 1] / (1 - weights[..., 0])  # the stick, V ~ Beta(1, alpha)
    stick = (alpha - 1) * (np.log(1 - first) + np.log(1 - second)) - np.log(1 - weights[..., 0])
    jacobian = np.log(weights).sum(-1) + (np.log(chances) + np.log(1 - chances)).sum((-1, -2))
    return np.asarray(likelihood + stick + jacobian)


def together(lists: int, chains: int, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Slides of the first kind only: the same step for all lists, the people seen of a class kept."""
    size = np.exp(rng.uniform(np.log(0.02), np.log(1.5), (count, 1, chains)))
    return np.tile(size * rng.standard_normal((count, 1, chains)), (1, lists, 1)), np.zeros((count, chains))


def test_slides_alone_visit_their_orbit_as_the_posterior_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """From one point slides reach a surface with one coordinate a class: the posterior there is summed on a grid."""
    weights, alpha, chains = np.array([0.5, 0.3, 0.2]), 0.7, 24
    chances = np.array([[0.1, 0.3, 0.5], [0.15, 0.2, 0.3], [0.05, 0.4, 0.2]])
    axis = np.linspace(-4.5, 4.5, 37)
    shift = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1)
    moved = expit(logit(chances) + shift[..., None, :])
    seen_share = 1 - np.prod(1 - moved, axis=-2)
    other = weights * (1 - np.prod(1 - chances, axis=0)) / seen_share
    logs = plain_log_density(other / other.sum(-1, keepdims=True), moved, alpha)
    share = np.exp(logs - logs.max())
    share /= share.sum()
    means = np.array([(share * shift[..., kind]).sum() for kind in range(3)])
    spreads = np.sqrt([(share * (shift[..., kind] - means[kind]) ** 2).sum() for kind in range(3)])

    table, rng = seen(COUNTS), np.random.default_rng(7)
    on, off, weight = (np.repeat(part[..., None], chains, axis=-1) for part in (chances, 1 - chances, np.log(weights)))
    mixed = mixture(State(on, off, weight, np.full(chains, alpha)), table)
    found = []
    monkeypatch.setattr(latent_slides, "_slides", together)
    for _ in range(1_500):
        slides(mixed, np.full(chains, alpha), table, 1, rng)
        found.append(logit(mixed.on[0]).T - logit(chances[0]))
    kept = np.array(found[200:])
    assert kept.mean(axis=(0, 1)) == pytest.approx(means, abs=0.12)
    assert kept.std(axis=(0, 1)) == pytest.approx(spreads, rel=0.1)


def test_slides_keep_their_sums() -> None:
    """What a slide changes step by step is what it would be if it were summed anew."""
    table, rng = seen(COUNTS), np.random.default_rng(7)
    state = from_prior(3, Prior(4, shape=20, rate=20), 50, rng)
    mixed = mixture(state, table)
    before = mixed.on.copy()
    slides(mixed, state.alpha, table, 200, rng)
    assert (mixed.on != before).any(axis=(0, 1)).all()
    state.weight = np.log(mixed.weight)
    anew = mixture(state, table)
    for part in ("missed", "share", "rest", "chances", "sums"):
        assert getattr(mixed, part) == pytest.approx(getattr(anew, part), rel=1e-6), part


def test_classes_change_places_as_the_stick_has_it() -> None:
    """Two classes that may trade places stand in the first order with its share of the chance, the stick summed out."""
    alpha = np.full(4_000, 0.8)
    on = np.tile(
        np.array([[1.0, 2.0, 0.0, 3.0], [6.0, 3.0, 1.0, 4.0]])[..., None], (1, 1, 4_000)
    )  # the last row: people
    rng = np.random.default_rng(3)
    for _ in range(40):
        latent_sampler._change_places(on, alpha, rng)
    orders = [np.array(order) for order in permutations((6.0, 3.0, 1.0))]
    left = [np.concatenate([order, [4.0]])[::-1].cumsum()[::-1] for order in orders]
    logs = [
        sum(lgamma(1 + n) + lgamma(0.8 + t - n) - lgamma(1.8 + t) for n, t in zip(order, upto[:3], strict=True))
        for order, upto in zip(orders, left, strict=True)
    ]
    # The last two places do not trade, so only orders of the first three are reached: all of them.
    expected = np.exp(np.array(logs) - max(logs))
    reached = np.array([(on[1, :3] == order[:, None]).all(axis=0).mean() for order in orders])
    assert reached == pytest.approx(expected / expected.sum(), abs=0.025)
    assert (on[0, 3] == 3.0).all()


def test_a_sweep_keeps_the_weights_adding_up_to_one() -> None:
    table, prior, rng = seen(COUNTS), Prior(classes=5), np.random.default_rng(3)
    state = from_prior(3, prior, 3, rng)
    for _ in range(50):
        unseen = sweep(state, table, prior, rng)
        assert np.exp(state.weight).sum(axis=0) == pytest.approx(np.ones(3), abs=1e-9)
        assert state.on + state.off == pytest.approx(np.ones((3, 5, 3)), abs=1e-9)
        assert (unseen >= 0).all()


def test_chains_without_a_table_are_as_the_prior_has_them() -> None:
    state = from_prior(2, Prior(classes=4, shape=3.0, rate=2.0), 20_000, np.random.default_rng(5))
    assert state.alpha.mean() == pytest.approx(1.5, rel=0.03)
    assert state.on.mean() == pytest.approx(0.5, abs=0.01)
    assert np.exp(state.weight).sum(axis=0) == pytest.approx(np.ones(20_000), abs=1e-9)
    assert np.exp(state.weight[0]).mean() == pytest.approx(
        (1 / (1 + state.alpha)).mean(), abs=0.01
    )  # V ~ Beta(1, alpha)


def test_people_let_in_weigh_the_chains_as_the_posterior_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any moves, from the prior, by weights alone: one class, against a sum over a grid of chances."""
    counts = np.array([0, 3, 2, 1, 2, 1, 0, 1])
    axis = (np.arange(60) + 0.5) / 60
    chances = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1)
    cells = np.arange(8)[:, None] >> np.arange(3) & 1
    by_cell = [np.where(cell == 1, chances, 1 - chances).prod(axis=-1) for cell in cells]
    likely = np.prod([part**count for part, count in zip(by_cell, counts, strict=True)], axis=0)
    likely /= (1 - by_cell[0]) ** counts.sum()
    likely /= likely.sum()
    monkeypatch.setattr(latent_growing, "_move", lambda *_: None)
    state = grown_up(seen(counts), Prior(classes=1), Growth(4, 10_000, 0, 7))
    assert state.on[:, 0].mean(axis=1) == pytest.approx(
        [(likely * chances[..., one]).sum() for one in range(3)], abs=0.01
    )
    missed = state.off.prod(axis=0)[0]
    assert missed.mean() == pytest.approx((likely * by_cell[0]).sum(), abs=0.01)
    assert missed.std() == pytest.approx(np.sqrt((likely * by_cell[0] ** 2).sum() - missed.mean() ** 2), abs=0.01)


def test_chains_are_drawn_again_within_their_population() -> None:
    weights = np.array([[0.5, 0.25, 0.25, 0.0], [0.0, 0.0, 0.0, 1.0]])
    drawn = latent_growing._drawn_again(weights, np.random.default_rng(1))
    assert drawn.tolist() == [0, 0, 1, 2, 7, 7, 7, 7]


def test_moving_stops_when_chains_have_gone_ways_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    table, prior, rng = seen(COUNTS), Prior(classes=2), np.random.default_rng(1)
    state = from_prior(3, prior, 40, rng)
    for stuck, sweeps in ((True, 6), (False, 2)):
        done: list[int] = []

        def counted(*_: object, stuck: bool = stuck, done: list[int] = done) -> np.ndarray:
            done.append(1)
            return np.arange(40) if stuck else rng.integers(0, 1_000, 40)

        monkeypatch.setattr(latent_growing, "sweep", counted)
        latent_growing._move(state, table, prior, 6, rng)
        assert len(done) == sweeps


def test_a_small_chance_to_be_found_keeps_its_digits() -> None:
    on = np.array([1e-20, 2e-20])
    assert found_share(on, 1 - on) == pytest.approx(3e-20)
    assert found_share(np.array([0.5, 0.2]), np.array([0.5, 0.8])) == pytest.approx(0.6)


@pytest.mark.usefixtures("short")
def test_a_seed_gives_the_same_draws() -> None:
    one, other, third = (draw(COUNTS, seed=seed, sweeps=20, chains=16) for seed in (3, 3, 4))
    assert (one.population == other.population).all()
    assert (one.population != third.population).any()


def test_chains_that_agree_give_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    population = np.random.default_rng(1).lognormal(6, 0.2, (4, 500)).astype(int) + 182
    agreed = Draws(population, mixing(np.log(population - 181.0)), 1_000)
    monkeypatch.setattr("schakel.estimation.latent.draw", lambda *_, **__: agreed)
    found = latent_classes(histories())
    assert found.population == np.median(population)
    assert found.interval is not None
    assert found.interval.kind == "posterior"
    assert set(found.details["quantiles"]) == {f"{share:g}" for share in SHARES}


def test_chains_that_disagree_give_none_and_say_why(monkeypatch: pytest.MonkeyPatch) -> None:
    population = np.stack([np.arange(300, 400), np.arange(900, 1_000)])
    apart = Draws(population, mixing(np.log(population - 181.0)), 200)
    monkeypatch.setattr("schakel.estimation.latent.draw", lambda *_, **__: apart)
    found = latent_classes(histories())
    assert found.population is None
    assert found.reason is not None
    assert "R-hat" in found.reason("nl")
    assert "hooguit 1,01 zijn" in found.reason("nl")  # 1.01 would be a hundred and one in Dutch
    assert "1.01 at most" in found.reason("en")
    assert "quantiles" not in found.details
    assert "900" not in found.summary("en")
    assert '"population": null' in found.to_json()


def test_a_run_without_hope_is_cut_short() -> None:
    assert _hopeless(Mixing(1.5, 900, 900, 512, 75), 100, 400)
    assert _hopeless(Mixing(1.09, 900, 900, 512, 75), 100, 400)
    assert not _hopeless(Mixing(1.07, 900, 900, 512, 75), 100, 400)
    assert _hopeless(Mixing(1.05, 900, 900, 512, 150), 200, 400)
    assert _hopeless(Mixing(1.005, 40, 90, 512, 75), 100, 400)  # at twice that pace 320 in all
    assert not _hopeless(Mixing(1.005, 60, 75, 512, 75), 100, 400)
    assert _hopeless(Mixing(1.005, 90, 99, 512, 150), 200, 400)


@pytest.mark.usefixtures("short")
def test_it_can_be_stopped_from_the_progress() -> None:
    def stop(done: int, total: int) -> None:
        if total == 1_000 and done >= 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        draw(COUNTS, seed=1, sweeps=1_000, chains=16, patient=True, progress=stop)


class Kept(dict[int, list[float]]):
    """A keeper in memory, whose values have been through JSON as those of a file have."""

    def kept(self) -> dict[int, list[float]]:
        return self

    def keep(self, first: int, values: list[float]) -> None:
        self[first] = json.loads(json.dumps(values))


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("place", ["growing", "running"])
def test_a_run_that_was_stopped_goes_on_from_its_blocks_and_gives_the_same_draws(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(latent_growing, "KEPT_EVERY", 1)
    people = int(COUNTS.sum())

    def stop(done: int, total: int) -> None:
        if (total == people) == (place == "growing") and done >= 50:
            raise KeyboardInterrupt

    kept, begun = Kept(), []
    with pytest.raises(KeyboardInterrupt):
        draw(COUNTS, seed=1, sweeps=100, chains=32, progress=stop, keeper=kept)
    assert kept
    assert (0 in kept) == (place == "running")
    stages = len([key for key in kept if key < 0])
    assert stages > 1
    again = draw(COUNTS, seed=1, sweeps=100, chains=32, progress=lambda *done: begun.append(done), keeper=kept)
    assert begun[0] == (50, 100) if place == "running" else begun[0][0] > 50
    assert (again.population == draw(COUNTS, seed=1, sweeps=100, chains=32).population).all()


@pytest.mark.usefixtures("short")
def test_blocks_of_a_run_with_other_chains_are_not_taken_up() -> None:
    kept = Kept()
    draw(COUNTS, seed=1, sweeps=20, chains=16, keeper=kept)
    found = draw(COUNTS, seed=1, sweeps=20, chains=24, keeper=kept)
    assert (found.population == draw(COUNTS, seed=1, sweeps=20, chains=24).population).all()


def test_all_histories_are_products_of_odds() -> None:
    counts = np.array([0, 0, 3, 0, 0, 20, 0, 1])  # 5 and 7 are reached by histories that nobody has
    table, prior, rng = seen(counts), Prior(classes=2), np.random.default_rng(5)
    state = from_prior(3, prior, 3, rng)
    got = mixture(state, table).chances
    for place, mask in enumerate((2, 5, 7)):
        bits = np.array([mask >> one & 1 for one in range(3)])[:, None, None]
        wanted = np.exp(state.weight) * np.where(bits, state.on, state.off).prod(axis=0)
        assert got[place] == pytest.approx(wanted)


def test_the_classes_of_the_people_seen_are_multinomial_for_each_history() -> None:
    counts = np.array([0, 9, 5, 3])
    chances = np.tile(np.array([[0.6, 0.1, 0.3], [0.1, 0.1, 0.8], [0.2, 0.5, 0.3]])[..., None], (1, 1, 6_000))
    found = latent_sampler._members(seen(counts), chances, chances.sum(axis=1), np.random.default_rng(2))
    assert (found[-1].sum(axis=0) == 17).all()
    assert (found[0].sum(axis=0) == 12).all()
    on_first = np.array([9, 0, 3])
    for row, people in ((found[-1], counts[1:]), (found[0], on_first)):
        assert row.mean(axis=1) == pytest.approx(people @ chances[:, :, 0], abs=0.1)
        spread = people @ (chances * (1 - chances))[:, :, 0]
        assert row.var(axis=1) == pytest.approx(spread, rel=0.08)


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("counts", [[0] * 7 + [500], [0, 300, 200, 0, 100, 0, 0, 0], [0, 1, 0, 0, 0, 0, 0, 1]])
def test_tables_without_anybody_unseen_or_without_overlap_run_without_a_warning(counts: list[int]) -> None:
    found = draw(np.array(counts), seed=1, sweeps=20, chains=16, moves=2)
    assert (found.population >= sum(counts)).all()


def test_two_lists_are_refused() -> None:
    two = Histories(("A", "B"), np.array([0, 10, 12, 4]))
    with pytest.raises(BadInput, match="at least 3 lists"):
        latent_classes(two)
