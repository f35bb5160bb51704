"""The one door to the solver (HiGHS): a linear program in rows, solved as it stands, again with another aim, or in
whole numbers. It prints nothing, keeps to one thread, and an answer that did not come in time is `None`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
import numpy.typing as npt

from schakel.disclosure.space import Ints
from schakel.vocabulary.extras import needing

Floats = npt.NDArray[np.float64]
UNBOUNDED: Final = float("inf")
ENDLESS: Final = float(1 << 40)


@dataclass(frozen=True)
class Answer:
    """What the solver found: `status` is optimal, infeasible, unbounded or time; values only with optimal."""

    status: str
    value: float = 0.0
    columns: Floats | None = None
    duals: Floats | None = None
    """Reduced costs of the columns."""


class Program:
    """lower ≤ rows · x ≤ upper, with bounds on x; minimises `costs · x`. Keeps its basis between solves."""

    def __init__(
        self, costs: Floats, lower: Floats, upper: Floats, rows: Rows, *, whole: bool = False, seconds: float = 60.0,
        gap: float = 0.0,
    ) -> None:  # fmt: skip
        with needing("release"):
            import highspy

        # The constructor calls this, and would print a banner before it can be told not to.
        class Silent(highspy.Highs):
            def enableCallbacks(self) -> None:  # noqa: N802
                self.silent()

        self._status = {
            highspy.HighsModelStatus.kOptimal: "optimal", highspy.HighsModelStatus.kInfeasible: "infeasible",
            highspy.HighsModelStatus.kUnbounded: "unbounded", highspy.HighsModelStatus.kModelEmpty: "optimal",
            highspy.HighsModelStatus.kUnboundedOrInfeasible: "infeasible",
        }  # fmt: skip
        solver: Any = cast(Any, Silent)()
        solver.silent()
        self._solver = solver
        options = {"threads": 1, "random_seed": 0, "mip_rel_gap": gap, "time_limit": float(seconds)}
        for name, value in options.items():
            self._solver.setOptionValue(name, value)
        kinds = np.full(len(costs), 1 if whole else 0, dtype=np.int32)
        self._columns = np.arange(len(costs), dtype=np.int32)
        start, index, values, low, high = rows.arrays()
        self._solver.passModel(
            len(costs), len(low), len(index), 2, 1, 0.0, costs.astype(float), _finite(lower), _finite(upper),
            _finite(low), _finite(high), start, index, values, kinds,
        )  # fmt: skip

    def aim(self, costs: Floats) -> None:
        """Minimise something else, from where the last solve ended."""
        self._solver.changeColsCost(len(costs), self._columns, costs.astype(float))

    def bound(self, lower: Floats, upper: Floats) -> None:
        """Other bounds on the columns."""
        self._solver.changeColsBounds(len(lower), self._columns, _finite(lower), _finite(upper))

    def add_row(self, columns: Sequence[int] | Ints, values: Sequence[float] | Floats, low: float, high: float) -> None:
        self._solver.addRow(
            max(low, -1e30), min(high, 1e30), len(columns), np.asarray(columns, np.int32), np.asarray(values, float)
        )

    def solve(self) -> Answer:
        self._solver.run()
        status = self._status.get(self._solver.getModelStatus(), "time")
        if status != "optimal":
            return Answer(status)
        solution = self._solver.getSolution()
        return Answer(
            status, float(self._solver.getInfo().objective_function_value), np.asarray(solution.col_value, float),
            np.asarray(solution.col_dual, float),
        )  # fmt: skip


class Rows:
    """The rows of a program, gathered one by one or many at a time."""

    def __init__(self) -> None:
        self._parts: list[tuple[Ints, Ints, Floats, Floats, Floats]] = []

    def add(self, columns: Sequence[int] | Ints, values: Sequence[float] | Floats, low: float, high: float) -> None:
        index = np.asarray(columns, dtype=np.int64)
        self._parts.append(
            (np.array([len(index)]), index, np.asarray(values, float), np.array([low], float), np.array([high], float))
        )

    def add_many(self, lengths: Ints, columns: Ints, values: Floats, low: Floats, high: Floats) -> None:
        self._parts.append((lengths, columns, values, low, high))

    def arrays(self) -> tuple[Any, Any, Floats, Floats, Floats]:
        if not self._parts:
            none = np.zeros(0)
            return np.zeros(1, np.int32), np.zeros(0, np.int32), none, none, none
        lengths, index, value, low, high = (np.concatenate(part) for part in zip(*self._parts, strict=True))
        start = np.concatenate([[0], np.cumsum(lengths)])[:-1] if len(lengths) else np.zeros(1)
        return start.astype(np.int32), index.astype(np.int32), value, low, high


def _finite(values: Floats) -> Floats:
    """HiGHS reads 1e30 as no bound; a count that large is none either."""
    return np.where(np.abs(values) >= ENDLESS, np.copysign(1e30, values), values).astype(float)
