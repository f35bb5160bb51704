"""Blind review: people judge pairs without seeing the score, and their answers measure precision and recall.

The queue is drawn by strata of the score, as many from each, so that the doubtful pairs are seen as well as the sure
ones; the order is random, and what the model thinks stands in a key that is kept apart from the questions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from schakel.linkage.refusals import refusal

if TYPE_CHECKING:
    from numpy.typing import NDArray

EDGES: Final = (0.01, 0.1, 0.3, 0.5, 0.8, 0.95, 0.99)
ANSWERS: Final = {"yes": 1.0, "ja": 1.0, "no": 0.0, "nee": 0.0, "unsure": np.nan, "weet niet": np.nan, "": None}
REPEATS: Final = 4_000


@dataclass(frozen=True, eq=False)
class Queue:
    """The questions (to hand out) and the key (to keep): question, stratum, pairs in that stratum, linked or not."""

    questions: pd.DataFrame
    key: pd.DataFrame


@dataclass(frozen=True)
class Share:
    """A share with its interval of 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Measured:
    """What the answers say. Recall is among the pairs that were compared: pairs no block made are not in it."""

    precision: Share
    recall: Share
    answered: int
    unsure: int


def queue(pairs: pd.DataFrame, registrations: pd.DataFrame, *, threshold: float, size: int, seed: int) -> Queue:
    """At most `size` pairs to judge, drawn by strata of the probability; each side by side, the score left out."""
    edges = np.unique([*EDGES, threshold])
    stratum = np.searchsorted(edges, pairs["probability"].to_numpy(), "right")
    chance = np.random.default_rng(seed)
    each = max(1, size // max(len(np.unique(stratum)), 1))
    chosen = [
        chance.choice(found, min(each, len(found)), replace=False)
        for one in np.unique(stratum)
        if len(found := np.flatnonzero(stratum == one))
    ]
    drawn = chance.permutation(np.concatenate(chosen)) if chosen else np.zeros(0, dtype=np.int64)
    key = pd.DataFrame({"question": np.arange(1, len(drawn) + 1), "stratum": stratum[drawn]})
    key["pairs"] = np.bincount(stratum, minlength=len(edges) + 1)[stratum[drawn]]
    key["linked"] = pairs["probability"].to_numpy()[drawn] >= threshold
    return Queue(_questions(pairs.iloc[drawn], registrations, key["question"]), key)


def _questions(pairs: pd.DataFrame, registrations: pd.DataFrame, number: pd.Series) -> pd.DataFrame:
    """Both registrations beside each other, column by column, and an empty column `same` for the answer."""
    by_record = registrations.set_index("record")
    made = {"question": number.to_numpy(), "same": [""] * len(number)}
    made |= {"record_1": pairs["record"].to_numpy(), "record_2": pairs["other"].to_numpy()}
    for name in by_record.columns:
        for place, side in ((1, "record"), (2, "other")):
            made[f"{name}_{place}"] = by_record[name].reindex(pairs[side]).to_numpy()
    return pd.DataFrame(made)


def measure(questions: pd.DataFrame, key: pd.DataFrame, *, seed: int) -> Measured:
    """Precision and recall from answers, each stratum counting by the pairs it stands for.

    With N_h pairs and a share p_h answered "yes" in stratum h: precision = sum over linked strata of N_h p_h / N_h,
    recall = the same sum over the sum of all N_h p_h. Intervals: percentiles of draws of p_h from its Beta posterior
    with Jeffreys' prior (yes + 1/2, no + 1/2), which also holds where every answer is the same. "unsure" counts as no
    answer and is told. Raises `BadInput` for an answer that is none, and when there are no answers.
    """
    strata = questions[["question", "same"]].merge(key, on="question")
    strata["answer"] = [_answer(value) for value in strata["same"].fillna("").astype(str)]
    unsure = int(strata["answer"].isna().sum()) - int((strata["same"].fillna("").astype(str).str.strip() == "").sum())
    known = strata.dropna(subset=["answer"])
    if known.empty:
        raise refusal("no-answers")
    table = known.groupby("stratum").agg(
        yes=("answer", "sum"), asked=("answer", "size"), pairs=("pairs", "first"), linked=("linked", "first")
    )
    yes, asked, size = (table[name].to_numpy(dtype=float) for name in ("yes", "asked", "pairs"))
    linked = table["linked"].to_numpy(dtype=bool)
    drawn = np.random.default_rng(seed).beta(yes + 0.5, asked - yes + 0.5, (REPEATS, len(yes)))
    best, draws = _shares((yes / asked)[None], size, linked), _shares(drawn, size, linked)
    precision, recall = (
        Share(float(one[0]), *(float(edge) for edge in np.quantile(many, [0.025, 0.975])))
        for one, many in zip(best, draws, strict=True)
    )
    return Measured(precision, recall, len(known), unsure)


def _shares(
    share: NDArray[np.float64], size: NDArray[np.float64], linked: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    right = share[:, linked] @ size[linked]
    true = share @ size
    found = max(float(size[linked].sum()), 1e-300)
    return right / found, np.divide(right, true, out=np.ones_like(right), where=true > 0)


def _answer(value: str) -> float | None:
    word = value.strip().lower()
    if word not in ANSWERS:
        raise refusal("answer", value=value)
    return ANSWERS[word]
