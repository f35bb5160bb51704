"""A blind review: no score is shown, and the answers measure precision and recall."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from schakel.linkage.linking import Linked
from schakel.linkage.review import Measured, measure, queue
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


KEY = pd.DataFrame(
    {"question": range(1, 31), "stratum": [1] * 10 + [2] * 10 + [3] * 10, "pairs": [500] * 10 + [40] * 10 + [200] * 10}
).assign(linked=lambda key: key["stratum"] == 3)


def answered(*words: str, key: pd.DataFrame = KEY) -> Measured:
    """Each of the three strata answered in one word, ten times."""
    same = [word for word in words for _ in range(10)]
    return measure(pd.DataFrame({"question": key["question"], "same": same}), key, seed=1)


def test_a_stratum_that_nobody_could_judge_counts_with_everything_possible() -> None:
    unsure = answered("unsure", "unsure", "yes")
    assert (unsure.strata, unsure.silent, unsure.unsure) == (3, 2, 20)
    assert unsure.recall.value == pytest.approx(200 / (200 + 540 / 2))
    assert unsure.recall.low < 0.35
    assert 0.8 < unsure.recall.high < 1
    assert answered("no", "no", "yes").recall.low > 0.6
    empty = answered("", "", "yes")
    assert empty.recall == unsure.recall
    assert empty.unsure == 0


@pytest.mark.parametrize("words", [("no", "no", "yes"), ("no", "yes", "yes"), ("yes", "yes", "no"), ("no", "no", "no"),
                                   ("no", "unsure", "yes"), ("yes", "no", "unsure")])  # fmt: skip
def test_an_interval_never_leaves_its_estimate_out(words: tuple[str, ...]) -> None:
    found = answered(*words)
    for share in (found.precision, found.recall):
        assert 0 <= share.low <= share.value <= share.high <= 1
        assert share.low < share.high


def test_where_all_are_right_the_interval_reaches_one_and_where_none_is_nought() -> None:
    assert (right := answered("no", "no", "yes").precision).value == right.high == 1
    assert (wrong := answered("no", "no", "no").precision).value == wrong.low == 0
    # Jeffreys' interval of ten out of ten, as a table of the Beta distribution gives it.
    assert right.low == pytest.approx(0.783, abs=0.01)


def test_without_a_single_yes_recall_is_not_told_as_all() -> None:
    found = answered("no", "no", "no").recall
    assert found.low < 0.1 < found.value < 0.9 < found.high


def test_a_share_of_yes_that_differs_by_stratum_is_weighted_by_pairs() -> None:
    same = ["yes"] * 2 + ["no"] * 8 + ["ja"] * 5 + ["nee"] * 5 + ["yes"] * 9 + ["no"]
    found = measure(pd.DataFrame({"question": KEY["question"], "same": same}), KEY, seed=1)
    assert found.precision.value == pytest.approx(0.9)
    assert found.recall.value == pytest.approx(180 / (100 + 20 + 180))


def test_two_answers_to_one_question_are_refused_and_the_same_one_twice_counts_once() -> None:
    twice = pd.DataFrame({"question": [1, 21, 21], "same": ["no", "yes", "Ja "]})
    assert measure(twice, KEY, seed=1).answered == 2
    with pytest.raises(BadInput, match="question 21 has two different answers"):
        measure(twice.assign(same=["no", "yes", "no"]), KEY, seed=1)


@pytest.mark.parametrize(
    ("answers", "key", "said"),
    [
        ({"foo": [1], "bar": ["yes"]}, KEY, "answers: the table has no column 'question'"),
        ({"question": ["x"], "same": ["yes"]}, KEY, "column 'question'"),
        ({"question": [999], "same": ["yes"]}, KEY, "question 999 was not asked"),
        ({"question": [1], "same": ["yes"]}, KEY.drop(columns="pairs"), "review key: the table has no column 'pairs'"),
        ({"question": [1], "same": ["yes"]}, KEY.assign(linked=False), "no pair of this review was linked"),
    ],
)
def test_answers_to_something_else_are_one_sentence(
    answers: dict[str, list[object]], key: pd.DataFrame, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as told:
        measure(pd.DataFrame(answers), key, seed=1)
    assert told.value.dutch


@pytest.mark.parametrize("size", [0, -5])
def test_a_review_of_no_pairs_is_refused(linked: Linked, size: int) -> None:
    with pytest.raises(BadInput, match=f"'{size}' is no number of pairs"):
        asked(linked, size)


@pytest.mark.parametrize(("answer", "said"), [("maybe", "'maybe' is no answer"), ("", "no answers")])
def test_what_is_no_answer_is_refused(answer: str, said: str) -> None:
    key = pd.DataFrame({"question": [1], "stratum": 1, "pairs": 10, "linked": True})
    with pytest.raises(BadInput, match=said):
        measure(pd.DataFrame({"question": [1], "same": [answer]}), key, seed=1)
