"""Differentially private records through `pac-synth` (extra `dp`): its aggregate-seeded synthesiser, in its own words.

The promise is another one: the presence of any one person changes little, measured by epsilon. Combinations are
invented for it, and the share of those is part of what is told. The library takes no seed: a run cannot be repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schakel.disclosure.coding import Coded, decode
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    from pandas import DataFrame


def synthesise_dp(real: Coded, *, epsilon: float, length: int = 3) -> DataFrame:
    """Records with the privacy budget epsilon, combinations counted up to a length. The value "0" counts as a value.

    Columns and values are taken from the data, which the promise does not cover; delta is the library's default.
    """
    with needing("dp"):
        from pacsynth import Dataset, DpAggregateSeededParametersBuilder, DpAggregateSeededSynthesizer

    table = decode(real)
    zeros = [name for name in real.columns if (name, "0") in set(real.values)]
    data: Any = Dataset.from_data_frame(table, sensitive_zeros=zeros)
    settings = DpAggregateSeededParametersBuilder().epsilon(epsilon).reporting_length(length).build()
    maker = DpAggregateSeededSynthesizer(settings)
    maker.fit(data)
    made: DataFrame = Dataset.raw_data_to_data_frame(maker.sample(real.people))
    return made.reindex(columns=list(real.columns)).fillna("")
