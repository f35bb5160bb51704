"""Auditing a release directory with the truth beside it: is it whole, does it add up, what can a reader find out?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from schakel.disclosure.audit import Audit, audit
from schakel.disclosure.beside import figures
from schakel.disclosure.directory import Directory
from schakel.disclosure.earlier import Earlier
from schakel.disclosure.findings import DIFFERS, Finding
from schakel.disclosure.protected import SMALL
from schakel.disclosure.readers import Output
from schakel.disclosure.release import Release, make_release
from schakel.disclosure.rounding import Rounding
from schakel.disclosure.seal import UNSEEN
from schakel.disclosure.spec import ROUNDING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Verdict:
    """What the audit of a directory found. `broken`: what does not fit; `seal`: what the seal is worth."""

    broken: tuple[str, ...]
    audit: Audit | None
    seal: str = UNSEEN

    @property
    def safe(self) -> bool:
        return not self.broken and (self.audit is None or self.audit.safe)


def verify(
    found: Directory, data: pd.DataFrame, earlier: Sequence[Earlier] = (), *, seed: int = 0, seconds: float = 60.0
) -> Verdict:
    """Attack a published release with the true data beside it.

    A directory whose seal or checksums do not fit fails, whatever the attack finds; it is attacked all the same.
    Raises `BadInput` where the data cannot be used with its specification.
    """
    release = make_release(found.spec, data, earlier)
    values, wrong = _values(release, found)
    if wrong:
        return Verdict(found.broken, Audit(tuple(wrong), 0, 0, {}), found.seal)
    rounding = _rounding(release, found, values)
    marked = [row.key for rows in found.rows.values() for row in rows if row.status == SMALL]
    small = np.array(sorted({release.cells.number(dict(key)) for key in marked}), dtype=np.int64)
    output = Output(values, rounding.reach if rounding else 0, small)
    result = audit(release, output, seed=seed, rounding=rounding, seconds=seconds)
    different = [
        Finding(DIFFERS, (("beside", name),))
        for name, value in figures(release, output).items()
        if found.beside.get(name) != value
    ]
    if different:
        result = Audit((*result.findings, *different), result.attacked, result.witnessed, result.intervals)
    return Verdict(found.broken, result, found.seal)


def _values(release: Release, found: Directory) -> tuple[np.typing.NDArray[np.int64], list[Finding]]:
    """The printed values by cell; a finding for each cell that is missing, not asked for, or printed differently."""
    values = np.full(release.cells.size, -2, dtype=np.int64)
    wrong = []
    for rows in found.rows.values():
        for row in rows:
            cell = release.cells.numbers.get(row.key)
            value = -1 if row.value is None else row.value
            if cell is None or not release.printed[cell] or values[cell] not in (-2, value):
                wrong.append(Finding(DIFFERS, row.key))
            else:
                values[cell] = value
    missing = np.flatnonzero(release.printed & (values == -2))
    wrong += [Finding(DIFFERS, key) for key in release.keys(missing)]
    return np.maximum(values, -1), wrong


def _rounding(release: Release, found: Directory, values: np.typing.NDArray[np.int64]) -> Rounding | None:
    if found.spec.policy.mode != ROUNDING:
        return None
    told = found.note.get("rounding", {})
    bases = int(told.get("allowance", {}).get("bases", found.spec.policy.bases))
    change = int(np.abs(values - release.counts)[release.printed].sum())
    return Rounding(values, found.spec.policy.base, int(told.get("steps", 1)), change, change, change, bases)
