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
from schakel.vocabulary.passing import Column, Passing, check

if TYPE_CHECKING:
    from numpy.typing import NDArray

EDGES: Final = (0.01, 0.1, 0.3, 0.5, 0.8, 0.95, 0.99)
ANSWERS: Final = {"yes": 1.0, "ja": 1.0, "no": 0.0, "nee": 0.0, "unsure": np.nan, "onzeker": np.nan,
                  "weet niet": np.nan}  # fmt: skip
REPEATS: Final = 4_000
QUESTION: Final = Column("question", "whole", "number of the question")
ANSWERED: Final = Passing(
    "answers", (QUESTION, Column("same", "words", "yes, no or unsure; empty for no answer", missing=True)), others=True
)
KEY: Final = Passing(
    "review key",
    (
        QUESTION,
        Column("stratum", "whole", "which stratum of the score"),
        Column("pairs", "whole", "how many pairs that stratum holds"),
        Column("linked", "yes-no", "whether its pairs are links"),
    ),
    ("question",),
)


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
    """What the answers say. Recall is among the pairs that were compared: pairs no block made are not in it.

    `answered` questions by yes or no, `unsure` ones; `strata` of the score, of which `silent` have neither yes nor no.
    """

    precision: Share
    recall: Share
    answered: int
    unsure: int
    strata: int
    silent: int


def queue(pairs: pd.DataFrame, registrations: pd.DataFrame, *, threshold: float, size: int, seed: int) -> Queue:
    """At most `size` pairs to judge, drawn by strata of the probability; each side by side, the score left out."""
    check_size(size)
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


def check_size(size: int) -> int:
    """The same number of pairs, if it is one that can be asked."""
    if size < 1:
        raise refusal("review-size", value=size)
    return size


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

    With N_h pairs and a share p_h of "yes" in stratum h: precision = sum of N_h p_h / sum of N_h over linked strata,
    recall = the same sum of N_h p_h / that over all strata: stratified estimates (Cochran, *Sampling techniques*, 1977,
    chapter 5). Every stratum of the key counts; in one without yes or no p_h is 1/2 and anything is possible.

    Intervals of 95 %: percentiles of draws of p_h from Beta(yes + 1/2, no + 1/2), the posterior with Jeffreys' prior,
    stretched to the estimate where they would leave it out. For one stratum that is what Brown, Cai & DasGupta advise
    (*Interval estimation for a binomial proportion*, Statistical Science 16, 2001): up to 1 where every answer is yes,
    down to 0 where every answer is no. Errors: "unsure" counts as no answer, so that it takes the unsure for as often
    one person as the others of their stratum. (Both recalled.)

    Raises `BadInput` for an answer that is none, for a question that is not in the key or has two answers, and where
    nothing is answered or nothing was linked.
    """
    check(questions, ANSWERED)
    check(key, KEY)
    given = _given(questions)
    if strange := set(given.index) - set(key["question"]):
        raise refusal("no-question", value=min(strange))
    linked = key.groupby("stratum")["linked"].first().to_numpy(dtype=bool)
    if given.notna().sum() == 0:
        raise refusal("no-answers")
    if not linked.any():
        raise refusal("no-links")
    table = key.assign(answer=key["question"].map(given)).groupby("stratum")
    yes, asked = (table["answer"].agg(name).to_numpy(dtype=float) for name in ("sum", "count"))
    size = table["pairs"].first().to_numpy(dtype=float)
    best = np.divide(yes, asked, out=np.full(len(yes), 0.5), where=asked > 0)
    drawn = np.random.default_rng(seed).beta(yes + 0.5, asked - yes + 0.5, (REPEATS, len(yes)))
    precision, recall = (
        _told(float(one[0]), many)
        for one, many in zip(_shares(best[None], size, linked), _shares(drawn, size, linked), strict=True)
    )
    silent = int((asked == 0).sum())
    return Measured(precision, recall, int(asked.sum()), int(given.isna().sum()), len(yes), silent)


def _given(questions: pd.DataFrame) -> pd.Series:
    """The answer to each question that has one, by its number: 1, 0, or missing for unsure."""
    words = questions["same"].astype("object").where(questions["same"].notna(), "").astype("str").str.strip()
    told = pd.DataFrame({"question": questions["question"], "word": words.str.lower()})[words != ""]
    for word in told["word"]:
        if word not in ANSWERS:
            raise refusal("answer", value=word)
    told = told.assign(answer=told["word"].map(ANSWERS))[["question", "answer"]].drop_duplicates()
    if (again := told["question"].duplicated()).any():
        raise refusal("answered-twice", value=told.loc[again, "question"].iloc[0])
    return told.set_index("question")["answer"].astype("float64")


def _told(value: float, draws: NDArray[np.float64]) -> Share:
    """An estimate with its interval; what cannot be estimated (no "yes" at all: recall) is the middle of the draws."""
    low, middle, high = (float(edge) for edge in np.quantile(draws, [0.025, 0.5, 0.975]))
    value = middle if np.isnan(value) else value
    return Share(value, min(low, value), max(high, value))


def _shares(
    share: NDArray[np.float64], size: NDArray[np.float64], linked: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    right = share[:, linked] @ size[linked]
    true = share @ size
    return right / size[linked].sum(), np.divide(right, true, out=np.full_like(right, np.nan), where=true > 0)
