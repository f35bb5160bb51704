"""What every estimate carries: its receipt, its quantiles; and how figures become plain data."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from schakel.vocabulary.texts import LANGUAGES, Text

# The shares at which a method that has a distribution of the population tells its quantiles (`details["quantiles"]`).
SHARES = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99, 0.995)


class Receipt(NamedTuple):
    """With what it can be computed again: fingerprint of the data, version, seed and options."""

    data: str
    version: str
    seed: int | None
    options: Mapping[str, Any] = MappingProxyType({})

    def words(self) -> str:
        options = "".join(f", {name} {value}" for name, value in self.options.items())
        return f"data {self.data[:12]}, schakel {self.version}, seed {self.seed}{options}"


def quantiles(by_share: Mapping[float, float]) -> dict[str, float | None]:
    """Quantiles of a population by their share, as plain data; None for one that is beyond all numbers."""
    return {f"{share:g}": value if math.isfinite(value) else None for share, value in by_share.items()}


def texts(words: Text) -> dict[str, str]:
    """A text as plain data, Dutch and English."""
    return {lang: words(lang) for lang in LANGUAGES}


def finite(value: float) -> float | str:
    """A number, or the word for one that JSON does not have."""
    return value if math.isfinite(value) else "inf" if value > 0 else "-inf"
