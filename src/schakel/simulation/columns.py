"""From codes to the columns of a table: words, and days."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from schakel.simulation.draws import Numbers

Coded = tuple[Sequence[str], Numbers]  # words, and for each row which of them; -1 is not known


def take(words: Sequence[str], codes: Numbers) -> pd.Series[str]:
    """Words by their code, row by row; -1 is missing."""
    column = pd.array(list(words), dtype="str").take(codes, allow_fill=True)
    return pd.Series(column)


def days(values: Numbers) -> pd.Series[pd.Timestamp]:
    """Days as pandas and Parquet both hold them: in thousandths of a second, so that a file comes back as it was."""
    return pd.Series(values.astype("datetime64[ms]"))
