"""Models in brackets, with numbers and names, and all hierarchical models."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.terms import (
    all_pairs,
    hierarchical_models,
    main_effects,
    model_of,
    model_of_row,
    parse_model,
    term_words,
)
from schakel.vocabulary.errors import BadInput

NAMES = ("LA", "NG", "GP")
TEN = tuple("ABCDEFGHIJ")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("[12,3]", "[12,3]"), (" [ 2 , 13 ] ", "[13,2]"), ("[LA*NG,GP]", "[12,3]"), ("[12]", "[12,3]"),
     ("[GP]", "[1,2,3]"), ("[12,23,1]", "[12,23]"), ("[3*1]", None), ("[GP*LA,2]", "[13,2]")],
)  # fmt: skip
def test_numbers_and_names_say_the_same(typed, shown):
    if shown is None:
        with pytest.raises(BadInput, match="no list '3'"):
            parse_model(typed, NAMES)
    else:
        assert parse_model(typed, NAMES).words() == shown


def test_list_ten_is_zero():
    model = parse_model("[10,29]", TEN)
    assert model.words() == "[10,29,3,4,5,6,7,8]"
    assert model.words(TEN).startswith("[A*J,B*I,")
    assert 0b1000000001 in model.masks


def test_a_list_whose_name_is_a_number_goes_by_its_name():
    assert parse_model("[2*30,4]", ("2", "30", "4")).generators == (0b100, 0b011)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("12,3", "no brackets"), ("[]", "a term is empty"), ("[12,,3]", "a term is empty"), ("[14]", "no list '4'"),
     ("[11]", "'1' stands twice"), ("[LA*XX]", "no list 'XX'"), ("[123]", "all lists at once"), ("[1²]", "no list"),
     ("[0]", "no list '0'"), ("", "no brackets")],
)  # fmt: skip
def test_what_cannot_be_read_is_told_with_the_lists_there_are(typed, said):
    with pytest.raises(BadInput, match=said) as told:
        parse_model(typed, NAMES)
    assert told.value.dutch is not None


def test_terms_come_with_all_their_parts():
    assert model_of(4, [0b0111]).masks == (0, 1, 2, 4, 8, 3, 5, 6, 7)
    assert model_of(3, [0b011, 0b001]).generators == (0b100, 0b011)


def test_the_design_matrix_is_one_where_a_cell_holds_the_term():
    assert model_of(2, []).design.tolist() == [[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]]


def test_plain_models():
    assert main_effects(3).words() == "[1,2,3]"
    assert all_pairs(3).words() == "[12,13,23]"
    assert all_pairs(2).words() == "[1,2]"  # nothing is left to estimate from otherwise
    assert term_words(0) == "(intercept)"


@pytest.mark.parametrize(("lists", "order", "number"), [(2, 2, 1), (3, 2, 8), (4, 2, 64), (4, 3, 113), (5, 3, 6212)])
def test_every_hierarchical_model_once(lists, order, number):
    found = hierarchical_models(lists, order, 10_000)
    assert len(np.unique(found, axis=0)) == len(found) == number
    assert all(set(np.flatnonzero(row)) == set(model_of_row(row).masks) for row in found[:: max(1, number // 50)])


def test_too_many_models_are_refused():
    with pytest.raises(BadInput, match="7 lists up to order 2 make more than 40,000 models"):
        hierarchical_models(7, 2, 40_000)
