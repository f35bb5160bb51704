"""Capture histories: what may be one, and lists merged, left out, renamed."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.histories import Histories, drop, from_masks, keep, merge, refuse_unusable, rename
from schakel.vocabulary.errors import BadInput

THREE = Histories(("A", "B", "C"), np.array([0, 40, 30, 6, 20, 5, 4, 1]))


def test_index_is_the_bit_mask_of_the_lists():
    assert THREE.observed == 106
    assert THREE.totals == {"A": 52, "B": 41, "C": 30}
    assert THREE.overlaps[0b011] == 7
    assert from_masks(["A", "B"], [0b01, 0b11, 0b01]).counts.tolist() == [0, 2, 0, 1]


@pytest.mark.parametrize(
    ("lists", "counts", "said"),
    [
        (("A",), [0, 1], "one list"),
        ((), [0], "no column is a list"),
        (tuple("ABCDEFGHIJK"), [0] * 2048, "11 lists"),
        (("A", "A"), [0, 1, 1, 1], "two columns have the name 'A'"),
        (("A", " "), [0, 1, 1, 1], "no name"),
        (("A", "A*B"), [0, 1, 1, 1], "holds one of"),
        (("A", "B"), [0, 1, -1, 1], "'-1' is no count"),
        (("A", "B"), [0, 1, 1.5, 1], "'1.5' is no count"),
        (("A", "B"), [0, 1, float("nan"), 1], "'nan' is no count"),
        (("A", "B"), [3, 1, 1, 1], "on no list at all"),
        (("A", "B"), [0, 0, 0, 0], "nobody"),
        (("A", "B"), [0, 10**9, 10**9, 1], "more than"),
    ],
)
def test_what_is_no_capture_table_is_told_in_a_sentence(lists, counts, said):
    with pytest.raises(BadInput, match=said) as told:
        Histories(lists, np.array(counts))
    assert told.value.dutch is not None
    assert told.value.remedy


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([0, 5, 5, 0, 5, 0, 0, 0], "no person stands on two lists"),
        ([0, 5, 0, 5, 5, 1, 0, 0], "everybody on list 'B' is also on 'A'"),
        ([0, 5, 5, 1, 0, 0, 0, 0], "list 'C' holds nobody"),
        ([0, 0, 0, 5, 5, 0, 0, 1], "everybody on list 'A' is also on 'B'"),
    ],
)
def test_what_tells_nothing_of_the_unseen_is_refused(counts, said):
    with pytest.raises(BadInput, match=said):
        refuse_unusable(Histories(("A", "B", "C"), np.array(counts)))


def test_a_list_that_overlaps_with_none_is_no_reason_to_refuse():
    refuse_unusable(Histories(("A", "B", "C"), np.array([0, 40, 30, 6, 20, 0, 0, 0])))


def test_counts_cannot_be_changed_afterwards():
    with pytest.raises(ValueError, match="read-only"):
        THREE.counts[1] = 0


def test_a_shape_that_does_not_fit_is_a_fault_of_the_caller():
    with pytest.raises(ValueError, match="8 cells"):
        Histories(("A", "B", "C"), np.array([0, 1]))


def test_merging_counts_who_is_on_any_of_them():
    made = merge(THREE, ["C", "A"], "AC")
    assert made.lists == ("B", "AC")
    assert made.counts.tolist() == [0, 30, 65, 11]
    assert merge(THREE, ["A", "B"]).lists == ("A+B", "C")


def test_leaving_a_list_out_tells_how_many_are_no_longer_seen():
    made = drop(THREE, "C")
    assert made.counts.tolist() == [0, 45, 34, 7]
    assert "20 people" in made.notes[0]("en")
    assert drop(from_masks("ABC", [3, 7]), "C").notes == ()


def test_keeping_lists_sets_their_order():
    assert keep(THREE, ["C", "A", "B"]).counts.tolist() == [0, 20, 40, 5, 30, 4, 6, 1]


def test_renaming_keeps_counts_and_refuses_an_unknown_list():
    made = rename(THREE, {"B": "Police"})
    assert made.lists == ("A", "Police", "C")
    assert made.counts.tolist() == THREE.counts.tolist()
    with pytest.raises(BadInput, match="no column 'X'"):
        rename(THREE, {"X": "Y"})


def test_equal_when_lists_and_counts_are_and_the_fingerprint_tells():
    same = Histories(["A", "B", "C"], THREE.counts)
    assert same == THREE
    assert hash(same) == hash(THREE)
    assert rename(THREE, {"A": "D"}).fingerprint != THREE.fingerprint
    assert THREE != "something else"


def test_its_text_holds_no_small_count():
    assert repr(THREE) == "Histories(3 lists: A, B, C; 106 people)"


def test_its_table_has_a_row_for_each_history_that_somebody_has():
    table = THREE.to_table()
    assert list(table) == ["A", "B", "C", "count"]
    assert len(table) == 7
    assert table["count"].sum() == 106


def test_a_list_is_not_merged_with_itself():
    with pytest.raises(BadInput, match="two columns have the name 'A'"):
        merge(Histories(("A", "B"), np.array([0, 1, 2, 3])), ["A", "A"])
