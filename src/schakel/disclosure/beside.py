"""Percentages, rates and averages printed beside the tables, and what each tells a reader about the counts.

A figure worked out from the printed counts tells nothing new. One worked out from the true counts is an inequality: a
percentage printed as p with d decimals says that (p - ½·10⁻ᵈ) ≤ 100·x/y ≤ (p + ½·10⁻ᵈ), which is linear in x and y.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from schakel.disclosure.readers import Linear, Output
from schakel.disclosure.refusals import refusal
from schakel.disclosure.release import Release
from schakel.disclosure.space import Ints
from schakel.disclosure.spec import AVERAGE, FROM_COUNTS, PERCENTAGE, Beside


@dataclass(frozen=True)
class Ratio:
    """above / below, each a sum of counts with factors and a constant."""

    above: Mapping[int, int]
    below: Mapping[int, int]
    constant: int = 0

    def value(self, counts: Ints) -> Fraction | None:
        top = sum(factor * int(counts[cell]) for cell, factor in self.above.items())
        bottom = self.constant + sum(factor * int(counts[cell]) for cell, factor in self.below.items())
        return Fraction(top, bottom) if bottom else None


def ratio(release: Release, figure: Beside) -> Ratio:
    """The counts that a figure is made of."""
    of = _cell(release, figure, figure.of)
    if figure.kind == PERCENTAGE:
        return Ratio({of: 100}, {_cell(release, figure, figure.per): 1})
    if figure.kind == AVERAGE:
        parts = {category: _cell(release, figure, {**figure.of, figure.over: category}) for category in figure.values}
        return Ratio({cell: figure.values[c] for c, cell in parts.items()}, dict.fromkeys(parts.values(), 1))
    return Ratio({of: figure.scale}, {}, figure.population)


def _cell(release: Release, figure: Beside, categories: Mapping[str, str]) -> int:
    try:
        return release.cells.number(categories)
    except KeyError as error:
        name = ", ".join(f"{variable}={category}" for variable, category in categories.items())
        raise refusal("unknown-category", figure.where, value=name, name=figure.name) from error


def rounded(value: Fraction, decimals: int) -> int:
    """The value in units of its last decimal, half up."""
    return int((value * 10**decimals * 2 + 1) // 2)


def figures(release: Release, output: Output) -> dict[str, str | None]:
    """What is printed beside, by name; None where a count that it needs is withheld or nought."""
    found: dict[str, str | None] = {}
    for figure in release.spec.beside:
        parts = ratio(release, figure)
        counts = release.counts if figure.source == FROM_COUNTS else output.values
        used = [*parts.above, *parts.below]
        if figure.source != FROM_COUNTS and not all(release.printed[cell] for cell in used):
            raise refusal("beside", figure.where, name=figure.name, problem="a count that it needs is not printed")
        value = parts.value(counts) if (counts[used] >= 0).all() else None
        found[figure.name] = None if value is None else _said(rounded(value, figure.decimals), figure.decimals)
    return found


def _said(units: int, decimals: int) -> str:
    return str(units) if not decimals else f"{units // 10**decimals}.{units % 10**decimals:0{decimals}d}"


def facts(release: Release, output: Output) -> tuple[Linear, ...]:
    """What the figures from true counts tell: two inequalities each."""
    found: list[Linear] = []
    for figure in release.spec.beside:
        if figure.source == FROM_COUNTS:
            parts = ratio(release, figure)
            value = parts.value(release.counts)
            if value is not None:
                found += _inequalities(figure, parts, rounded(value, figure.decimals))
    return tuple(found)


def _inequalities(figure: Beside, parts: Ratio, units: int) -> list[Linear]:
    """(2·units - 1)·below ≤ 2·10ᵈ·above ≤ (2·units + 1)·below."""
    scale = 2 * 10**figure.decimals
    found = []
    for edge, lower in ((2 * units - 1, True), (2 * units + 1, False)):
        factors = {cell: scale * factor for cell, factor in parts.above.items()}
        for cell, factor in parts.below.items():
            factors[cell] = factors.get(cell, 0) - edge * factor
        fixed = edge * parts.constant
        found.append(Linear(figure.name, factors, low=fixed) if lower else Linear(figure.name, factors, high=fixed))
    return found
