"""A blind review: no score is shown, and the answers measure precision and recall."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schakel.linkage.linking import Linked
from schakel.linkage.review import measure, queue
from schakel.vocabulary.errors import BadInput


def asked(linked: Linked, size: int = 60):
    return queue(linked.pairs, linked.registrations, threshold=0.95, size=size, seed=1)


def test_no_question_shows_a_score(linked: Linked) -> None:
    made = asked(linked)
    assert not {"probability", "weight", "stratum", "linked"} & set(made.questions.columns)
    assert (made.questions["same"] == "").all()
    assert {"surname_1", "surname_2", "record_1", "record_2"} <= set(made.questions.columns)


def test_doubtful_pairs_are_asked_as_often_as_sure_ones(linked: Linked) -> None:
    key = asked(linked).key
    probability = linked.pairs["probability"]
    assert key["stratum"].nunique() > 3
    assert key["linked"].mean() < (probability >= 0.95).mean()
    assert not key["linked"].is_monotonic_increasing


def test_true_answers_give_the_true_precision(linked: Linked, country: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    made, truth = asked(linked, 10_000), country[1].set_index("record")["person"]
    same = truth.loc[made.questions["record_1"]].to_numpy() == truth.loc[made.questions["record_2"]].to_numpy()
    found = measure(made.questions.assign(same=np.where(same, "yes", "nee")), made.key, seed=2)
    pairs = linked.pairs
    right = truth.loc[pairs["record"]].to_numpy() == truth.loc[pairs["other"]].to_numpy()
    link = (pairs["probability"] >= 0.95).to_numpy()
    assert found.precision.value == pytest.approx(right[link].mean(), abs=0.02)
    assert found.recall.value == pytest.approx(right[link].sum() / right.sum(), abs=0.02)
    assert found.precision.low < found.precision.high <= 1


def test_fewer_answers_give_a_wider_interval() -> None:
    def of(count: int):
        key = pd.DataFrame({"question": range(count), "stratum": 1, "pairs": 1000, "linked": True})
        return measure(pd.DataFrame({"question": range(count), "same": "yes"}), key, seed=1).precision

    assert of(10).low < of(100).low < 1


def test_unsure_is_no_answer_and_is_told() -> None:
    key = pd.DataFrame({"question": [1, 2, 3], "stratum": 1, "pairs": 10, "linked": True})
    found = measure(pd.DataFrame({"question": [1, 2, 3], "same": ["yes", "unsure", ""]}), key, seed=1)
    assert (found.answered, found.unsure) == (1, 1)


@pytest.mark.parametrize(("answer", "said"), [("maybe", "'maybe' is no answer"), ("", "no answers")])
def test_what_is_no_answer_is_refused(answer: str, said: str) -> None:
    key = pd.DataFrame({"question": [1], "stratum": 1, "pairs": 10, "linked": True})
    with pytest.raises(BadInput, match=said):
        measure(pd.DataFrame({"question": [1], "same": [answer]}), key, seed=1)
