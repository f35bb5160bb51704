"""Terms and their columns."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation.design import Design, candidates, closure, main_effects, model_of, parse_model
from schakel.vocabulary.errors import BadInput
from tests.unit.schakel.estimation.small import stratified


def test_a_model_holds_all_parts_of_its_terms_and_every_main_effect():
    model = model_of(stratified(), [("A", "B", "sex")])
    assert model.terms == closure([("A", "B", "sex"), ("C",)])
    assert model.bracket(stratified().names) == "[A*B*sex,C]"


@pytest.mark.parametrize("text", ["[A*B,C*sex]", "[ A * B , C*sex, A ]"])
def test_the_bracket_notation_is_read_back(text):
    table = stratified()
    assert parse_model(table, text).bracket(table.names) == "[A*B,C*sex]"


def test_words_for_models():
    table = stratified()
    assert parse_model(table, "main") == main_effects(table)
    assert parse_model(table, "pairs").bracket(table.names) == "[A*B,A*C,A*sex,B*C,B*sex,C*sex]"


@pytest.mark.parametrize(
    ("text", "words"),
    [("[A*B*C]", "all lists depend"), ("[A*X]", "'X' is no model"), ("A*B", "'A\\*B' is no model"),
     ("[A*B*C*sex]", "all lists depend")],
)  # fmt: skip
def test_what_is_no_model_is_refused(text, words):
    with pytest.raises(BadInput, match=words):
        parse_model(stratified(), text)


def test_candidates_never_hold_all_lists():
    terms = candidates(stratified(), 4)
    assert frozenset("AB") | {"sex"} in terms
    assert not any({"A", "B", "C"} <= term for term in terms)


def test_columns_are_one_where_all_factors_of_a_term_hold():
    design = Design(stratified())
    columns, names = design.columns(frozenset({"A", "sex"}))
    assert names == ["A*sex=w"]
    assert np.flatnonzero(columns[:, 0]).tolist() == [9, 11, 13, 15]  # second stratum, histories with A
    matrix, names = design.matrix(main_effects(stratified()))
    assert names == ["(intercept)", "A", "B", "C", "sex=w"]
    assert matrix[design.unseen].tolist() == [[1, 0, 0, 0, 0], [1, 0, 0, 0, 1]]


def test_dropping_a_term_drops_all_that_hold_it():
    table = stratified()
    model = model_of(table, [("A", "B", "sex")]).without(frozenset({"A", "B"}))
    assert model.bracket(table.names) == "[A*sex,B*sex,C]"


def test_lists_may_be_numbered():
    table = stratified()
    assert parse_model(table, "[12,3*sex]") == parse_model(table, "[A*B,C*sex]")
    with pytest.raises(BadInput, match="'4' is no model"):
        parse_model(table, "[4]")
