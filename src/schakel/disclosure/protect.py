"""The only door out: protect a release, attack it, and let nothing through that the attack did not clear."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from schakel.disclosure.advice import Failing, Merge, merges
from schakel.disclosure.audit import Audit, audit
from schakel.disclosure.beside import figures
from schakel.disclosure.earlier import Earlier, agreed
from schakel.disclosure.findings import OPTIMAL, Finding
from schakel.disclosure.note import audit_note
from schakel.disclosure.protected import ROUNDED, SHOWN, SMALL, WITHHELD, ProtectedRelease, Row, mint
from schakel.disclosure.readers import Output
from schakel.disclosure.release import Release, make_release
from schakel.disclosure.rounding import Rounding, round_release
from schakel.disclosure.spec import ROUNDING, TWO_MARKS, Spec
from schakel.disclosure.suppression import suppress, uncovered

if TYPE_CHECKING:
    import pandas as pd

TIME: Final = "time"
IMPOSSIBLE: Final = "impossible"
FOUND: Final = "found"
COVER, ATTACK, AGAIN, ADVICE = "cover", "attack", "again", "advice"
STAGES: Final = (COVER, ATTACK, AGAIN, ADVICE)
"""What the work consists of, for whoever waits for it."""
TRIES: Final = 5
"""How many times a rounding is done again when a reader would find out."""
SEEDS: Final = 1 << 32


@dataclass(frozen=True)
class Report:
    """What the author sees of a release that passed: never published."""

    audit: Audit
    release: Release
    rounding: Rounding | None = None
    withheld: int = 0


class NotSafe(Exception):
    """Not possible safely. `why`: the attack found cells, no pattern exists, or the solver found no answer in time.

    `findings` name cells and `merges` what would make it possible; both are for the author only.
    """

    def __init__(self, why: str, findings: Sequence[Finding] = (), advice: Sequence[Merge] = ()) -> None:
        super().__init__(why)
        self.why, self.findings, self.merges = why, tuple(findings), tuple(advice)


def _nobody(stage: str) -> None:
    """Nobody waits."""


def protect(
    spec: Spec, data: pd.DataFrame, *, seed: int, key: bytes | None = None, earlier: Sequence[Earlier] = (),
    seconds: float = 60.0, tell: Callable[[str], None] = _nobody,
) -> tuple[ProtectedRelease, Report]:  # fmt: skip
    """Protect, attack and seal a release: what may be published, and what only its author may see.

    `seed` is secret: whoever has it can undo part of the rounding. `key` seals the note. `earlier` holds what was
    published before over the same people. `seconds` bounds each solve. `tell` is told each of `STAGES` as it begins;
    what it raises ends the work.
    Raises `BadInput` for a specification or data that cannot be used, `NotSafe` where nothing safe can be given.
    """
    release = make_release(spec, data, earlier)
    tell(COVER)
    output, rounding = _cover(release, seed, seconds)
    tell(ATTACK)
    result = audit(release, output, seed=seed % SEEDS, rounding=rounding, seconds=seconds)
    if rounding is not None and not result.safe:
        tell(AGAIN)
        output, rounding, result = _again(release, output, rounding, result, seed, seconds)
    if not result.safe:
        tell(ADVICE)
        raise NotSafe(FOUND, result.findings, merges(release, result.findings, _failing(seed, seconds)))
    return _publish(release, output, rounding, result, key)


def _again(
    release: Release, output: Output, rounding: Rounding, result: Audit, seed: int, seconds: float
) -> tuple[Output, Rounding, Audit]:
    """Round again where a reader found out: cells the other way round, or drawn with a wider allowance."""
    other: dict[int, int] = {}
    bases = release.spec.policy.bases
    for _ in range(TRIES):
        if any(finding.kind == OPTIMAL for finding in result.findings):
            bases *= 4
        other |= _other_way(release, rounding, result)
        output, rounding = _rounded(release, seed, seconds, bases, other)
        result = audit(release, output, seed=seed % SEEDS, rounding=rounding, seconds=seconds)
        if result.safe:
            break
    return output, rounding, result


def _other_way(release: Release, rounding: Rounding, result: Audit) -> dict[int, int]:
    """For the printed cells that were found out the multiple on the other side of the true count."""
    cells = [release.cells.number(dict(finding.key)) for finding in result.findings if finding.kind != OPTIMAL]
    printed = [cell for cell in cells if release.printed[cell]]
    down = {cell: int(release.counts[cell]) // rounding.base * rounding.base for cell in printed}
    return {cell: low + rounding.base if rounding.values[cell] == low else low for cell, low in down.items()}


def _publish(
    release: Release, output: Output, rounding: Rounding | None, result: Audit, key: bytes | None
) -> tuple[ProtectedRelease, Report]:
    rows = printed_rows(release, output)
    beside = figures(release, output)
    note = audit_note(release, rows, beside, rounding=rounding, optimal=result.optimal, key=key)
    withheld = int((release.printed & (output.values < 0)).sum())
    return mint(release.spec, note, rows, beside), Report(result, release, rounding, withheld)


def _cover(release: Release, seed: int, seconds: float) -> tuple[Output, Rounding | None]:
    if release.spec.policy.mode == ROUNDING:
        return _rounded(release, seed, seconds, release.spec.policy.bases)
    pattern = suppress(release, seconds=seconds)
    if pattern.status == TIME:
        raise NotSafe(TIME)
    if pattern.status != FOUND:
        raise NotSafe(IMPOSSIBLE, pattern.findings, _advice(release, pattern.findings, seconds))
    values = np.where(release.printed, release.counts, -1)
    values[pattern.withheld] = -1
    two = release.spec.policy.marks == TWO_MARKS
    small = pattern.withheld[np.isin(pattern.withheld, release.targets)] if two else np.zeros(0, dtype=np.int64)
    return Output(values, 0, small), None


def _advice(release: Release, findings: Sequence[Finding], seconds: float) -> tuple[Merge, ...]:
    """Merges that leave a pattern; with two marks there is none, whatever is merged."""
    if release.spec.policy.marks == TWO_MARKS:
        return ()
    return merges(release, findings, lambda made: uncovered(made, seconds=seconds))


def _failing(seed: int, seconds: float) -> Failing:
    """Protect and attack a changed release: the cells that are found."""

    def failing(release: Release) -> Sequence[Finding] | None:
        try:
            output, rounding = _cover(release, seed, seconds)
        except NotSafe as answer:
            return answer.findings or None
        return audit(release, output, seed=seed % SEEDS, rounding=rounding, seconds=seconds).findings

    return failing


def _rounded(
    release: Release, seed: int, seconds: float, bases: int, other: Mapping[int, int] | None = None
) -> tuple[Output, Rounding]:
    """A rounding that keeps to earlier releases, and to `other` values that a first attempt called for."""
    cells = np.flatnonzero(release.printed)
    keys = release.keys(cells) if release.earlier else []
    known = agreed(keys, release.earlier)
    kept = {int(cell): known[key] for cell, key in zip(cells, keys, strict=False) if key in known}
    rounding = round_release(release, seed=seed, agreed={**kept, **(other or {})}, bases=bases, seconds=seconds)
    if rounding is None:
        raise NotSafe(TIME)
    return Output(rounding.values, rounding.reach), rounding


def printed_rows(release: Release, output: Output) -> dict[str, tuple[Row, ...]]:
    """The printed cells of each table."""
    marked = set(output.small.tolist())
    shown = ROUNDED if release.spec.policy.mode == ROUNDING else SHOWN
    found = {}
    for name, cells in release.tables.items():
        rows = []
        for cell in cells.tolist():
            value = int(output.values[cell])
            status = shown if value >= 0 else (SMALL if cell in marked else WITHHELD)
            rows.append(Row(release.cells.key(cell), value if value >= 0 else None, status))
        found[name] = tuple(rows)
    return found
