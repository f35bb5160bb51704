"""What an author asks to publish together: variables, tables, figures printed beside them, and earlier releases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from schakel.vocabulary.periods import Period
from schakel.vocabulary.texts import Text

ROUNDING: Final = "rounding"
SUPPRESSION: Final = "suppression"
MODES: Final = (ROUNDING, SUPPRESSION)
PRINTED: Final = "printed"
MAY_BE_WITHHELD: Final = "may-be-withheld"
ZEROS: Final = (PRINTED, MAY_BE_WITHHELD)
ONE_MARK: Final = "one"
TWO_MARKS: Final = "two"
MARKS: Final = (ONE_MARK, TWO_MARKS)
PERCENTAGE: Final = "percentage"
RATE: Final = "rate"
AVERAGE: Final = "average"
KINDS: Final = (PERCENTAGE, RATE, AVERAGE)
FROM_PRINTED: Final = "printed"
FROM_COUNTS: Final = "counts"
SOURCES: Final = (FROM_PRINTED, FROM_COUNTS)
JOINED: Final = " + "
"""Between the categories in the name of a merged one."""
WHENEVER: Final = Period()
"""The period of a release that tells none."""


@dataclass(frozen=True)
class Policy:
    """How a release is protected. `base`: printed counts are multiples of it; `k`: no count below it can be derived.

    `zeros` and `marks` are for suppression: whether every zero is printed, and whether small counts and the counts
    withheld to protect them carry one and the same mark or two. `percent` and `bases` bound how much more total change
    than the smallest a rounding may have.
    """

    mode: str = ROUNDING
    base: int = 5
    k: int = 5
    zeros: str = PRINTED
    marks: str = ONE_MARK
    percent: int = 10
    bases: int = 4

    @property
    def small(self) -> int:
        """Counts from 1 up to, not including, this one are the ones that may not be found out."""
        return self.base if self.mode == ROUNDING else self.k

    @property
    def width(self) -> int:
        """How far apart the lowest and highest count that a reader must think possible have to be: base-1 or k-1."""
        return self.small - 1


@dataclass(frozen=True)
class VariableSpec:
    """A variable as declared: its closed list of categories (None: read from the data) and its groups."""

    name: str
    categories: tuple[str, ...] | None = None
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: Text | None = None
    where: str = ""


@dataclass(frozen=True)
class TableSpec:
    """One table: all combinations of its variables, with all totals; only records that meet `condition`."""

    name: str
    by: tuple[str, ...]
    condition: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    title: Text | None = None
    where: str = ""


@dataclass(frozen=True)
class Beside:
    """A percentage, rate or average printed beside the tables.

    percentage: 100 · count(of) / count(per); rate: count(of) · scale / population; average: the mean of `values` over
    the categories of `over` among the records in `of`. `source` says whether it is worked out from the printed counts
    (then it tells nothing new) or from the true counts (then it is one more thing a reader knows).
    """

    name: str
    kind: str
    of: Mapping[str, str]
    per: Mapping[str, str] = field(default_factory=dict)
    decimals: int = 0
    source: str = FROM_PRINTED
    population: int = 0
    scale: int = 100_000
    over: str = ""
    values: Mapping[str, int] = field(default_factory=dict)
    where: str = ""


@dataclass(frozen=True)
class Spec:
    """A release as its author asks for it."""

    name: str
    title: Text
    people: Text
    policy: Policy
    tables: tuple[TableSpec, ...]
    period: Period = WHENEVER
    variables: Mapping[str, VariableSpec] = field(default_factory=dict)
    beside: tuple[Beside, ...] = ()
    earlier: tuple[str, ...] = ()
    period_variable: str = ""
    count: str = ""
    total: str = ""
    missing: str = "unknown"
    where: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """All variables that the release uses, in the order in which they are first named."""
        used = [*self.variables, *(name for table in self.tables for name in (*table.by, *table.condition))]
        for figure in self.beside:
            used += [*figure.of, *figure.per, *([figure.over] if figure.over else [])]
        return tuple(dict.fromkeys(used + ([self.period_variable] if self.period_variable else [])))
