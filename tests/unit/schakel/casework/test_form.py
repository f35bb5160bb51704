"""Question, key and export meaning are one: they are tested together, so that they cannot drift apart."""

from __future__ import annotations

import pytest

from schakel.casework.content import sharing
from schakel.casework.form import FormField, asked_of, registration_form
from schakel.casework.htcds import read_row, standard
from schakel.casework.registration import FIGURE_FACTS
from schakel.mechanism.content import load

CONTENT = load()
FORM = registration_form(CONTENT)


@pytest.mark.parametrize("field", FORM, ids=lambda field: field.key)
def test_question_key_and_export_belong_together(field: FormField) -> None:
    if field.key.startswith("fact:"):
        fact = CONTENT.facts[field.key[5:]]
        assert (field.question, field.values, field.several) == (fact.question, fact.value_ids, fact.kind == "many")
    assert field.kind_of_data in sharing(CONTENT).fields
    if field.htcds:
        sent = standard(CONTENT).field(field.htcds)
        assert sent.place == field.key
        words = next(iter(sent.ours), "2020-02-03" if sent.kind == "day" else next(iter(sent.values), "NL"))
        assert field.key in read_row(standard(CONTENT), {field.htcds: words}).places


def test_every_fact_is_on_the_form_once_but_for_who_asks() -> None:
    keys = [field.key for field in FORM]
    assert len(keys) == len(set(keys))
    assert {key[5:] for key in keys if key.startswith("fact:")} == set(CONTENT.facts) - {"finder"}


def test_without_identity_no_question_asks_who_it_is() -> None:
    count = asked_of(CONTENT, named=False)
    assert not [field.key for field in count if field.key.startswith("identity.")]
    assert set(asked_of(CONTENT, named=True)) == set(FORM)


def test_what_stands_in_the_figures_is_asked_and_is_no_identity() -> None:
    figures = {field.key for field in FORM if field.figures}
    assert figures == {f"fact:{fact}" for fact in FIGURE_FACTS} - {"fact:finder"}
    assert not {field.key for field in FORM if field.figures and field.named}
