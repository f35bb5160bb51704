"""Averaging over decomposable graphs beside the R package dga 2.0.2.

Tolerances: posterior of the graphs 1e-9, equal quantiles and mode, mean relative 1e-9: sums over the same grid.
Where the peer's answer hangs on the grid that is typed (`Ned_5`), ours must say that there are two humps.
"""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.averaging import average, grown, on_grid
from schakel.estimation.graphs import decomposable
from tests.published.averages import AVERAGES
from tests.published.tables import QUANTILES, TABLES

CASES = [pytest.param(*row, id=f"{row[0]}-{row[1]}-{row[2]}") for row in AVERAGES]


@pytest.mark.parametrize(("name", "end", "points", "mean", "mode", "quantiles", "graphs"), CASES)
def test_a_typed_grid_gives_the_answer_of_the_peer(
    name: str, end: int, points: int, mean: float, mode: int, quantiles: tuple[int, ...],
    graphs: tuple[tuple[str, float], ...],
) -> None:  # fmt: skip
    counts = TABLES[name].counts
    found = on_grid(counts, np.rint(np.linspace(1, end, points)))
    assert [found.quantile(chance) for chance in QUANTILES] == list(quantiles)
    assert found.mode == mode
    assert found.mean == pytest.approx(mean, rel=1e-9)
    known = decomposable(len(TABLES[name].lists))
    by_cliques = {frozenset(known.cliques(graph)): share for graph, share in enumerate(found.graphs)}
    for cliques, share in graphs:
        masks = frozenset(sum(1 << (int(one) - 1) for one in clique) for clique in cliques.split())
        assert by_cliques[masks] == pytest.approx(share, abs=1e-9)


def test_the_grid_that_grows_finds_the_hump_that_a_typed_grid_cut_off() -> None:
    # The peer's median moves from 47,880 to 50,303 and its mean from 48,005 to 88,375 with the end of the grid.
    found = average(TABLES["Ned_5"])
    assert found.interval is not None
    assert found.population is not None
    assert found.population == pytest.approx(50_460, rel=1e-3)
    assert found.interval.high > 200_000
    humps = found.details["humps"]
    assert len(humps) == 2
    assert humps[1]["around"] > 150_000
    assert any("160,000" in caution("en") or "164,000" in caution("en") for caution in found.cautions)


@pytest.mark.parametrize("name", ["UKdat_4", "Kosovo", "NewOrl_5_185"])
def test_where_one_hump_is_all_there_is_both_grids_agree(name: str) -> None:
    (row,) = [row for row in AVERAGES if row[0] == name and row[1] != row[2] and row[1] > 20 * TABLES[name].observed]
    found = grown(TABLES[name].counts)
    # The peer's points lie up to 0.4 % apart.
    assert [found.quantile(chance) for chance in QUANTILES] == pytest.approx(list(row[5]), rel=0.007)
    assert len(found.humps()) == 1
