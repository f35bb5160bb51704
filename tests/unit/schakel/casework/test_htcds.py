"""HTCDS in and out: names exact, values back as they came, ours where they changed, and no value silently lost."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from schakel.casework.content import sharing
from schakel.casework.htcds import (
    Record,
    counted,
    kind_of_data,
    no_equivalent,
    read_row,
    shared_row,
    standard,
    write_row,
)
from schakel.casework.htcds_people import SOURCE, person_of, record_of
from schakel.casework.person import CasePerson, Exploitation, Identity
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.vocabulary.errors import BadInput

FORM = standard(load())
DAY = date(2025, 6, 2)


def back(**row: str) -> dict[str, str]:
    return write_row(FORM, read_row(FORM, row))


def test_the_list_is_that_of_the_standard() -> None:
    assert (len(FORM.fields), len(FORM.live)) == (83, 80)
    assert sum(field.core for field in FORM.fields.values()) == 40
    assert "CC BY 4.0" in FORM.licence


def test_every_permitted_value_of_every_live_field_comes_back() -> None:
    for field in FORM.live:
        for value in field.values or {"day": ("2024-02-29",), "tick": ("true", "false"), "number": ("-4.5", "7")}.get(
            field.kind, ("NL",) if field.codes else ("some words; and more",)
        ):
            assert back(**{field.name: value}) == {field.name: value}
        if field.kind == "many" and field.values:
            assert back(**{field.name: ";".join(reversed(field.values))}) == {
                field.name: ";".join(reversed(field.values))
            }


def test_every_place_is_one_that_exists() -> None:
    facts = load().facts
    for field in FORM.live:
        if field.place.startswith("fact:"):
            assert set(field.ours.values()) | set(field.out) <= set(facts[field.place[5:]].value_ids)
        assert set(field.ours) <= set(field.values or ("true", "false"))
        assert set(field.out.values()) <= set(field.values)
    places = [field.place for field in FORM.live if field.place]
    assert len(places) == len(set(places))


def test_what_has_a_place_goes_there_and_the_rest_is_kept_as_it_came() -> None:
    row = {
        "prs_FirstName": "Ana",
        "vic_TypeOfExploitation": "ForcedMilitaryByNonStateActors;ForcedLabour",
        "hte_City": "X",
    }
    record = read_row(FORM, row)
    assert record.places == {"identity.given_names": ("Ana",), "fact:form": ("labour",)}
    assert record.kept == {"vic_TypeOfExploitation": row["vic_TypeOfExploitation"], "hte_City": "X"}
    assert counted(FORM, [record]) == Counter(
        {("vic_TypeOfExploitation", "ForcedMilitaryByNonStateActors"): 1, ("hte_City", ""): 1}
    )


def test_a_value_that_changed_with_us_goes_out_as_it_is_now() -> None:
    record = read_row(FORM, {"vic_TypeOfExploitation": "ForcedMilitaryByNonStateActors;Servitude"})
    now = Record({"fact:form": ("begging",)}, record.kept)
    assert write_row(FORM, now) == {"vic_TypeOfExploitation": "ForcedBegging;ForcedMilitaryByNonStateActors"}
    industry = read_row(FORM, {"vic_ForcedLabourIndustry": "F_Construction"})
    assert write_row(FORM, Record({"fact:sector": ("farming",)}, industry.kept)) == {
        "vic_ForcedLabourIndustry": "A_AgricultureForestryAndFishing"
    }


def test_a_word_that_the_standard_does_not_allow_is_kept_and_named() -> None:
    row = {"prs_Birthdate": "3 May", "prs_Deceased": "maybe", "prs_NumberOfChildren": "two", "prs_Gender": "Robot"}
    record = read_row(FORM, row)
    assert set(record.faults) == set(row)
    assert record.places == {}
    assert write_row(FORM, record) == {name: row[name] for name in FORM.fields if name in row}


def test_a_deprecated_field_is_kept_and_sent_only_when_asked() -> None:
    record = read_row(FORM, {"vic_DetailsOfVulnerabilities": "words"})
    assert write_row(FORM, record) == {}
    assert write_row(FORM, record, deprecated=True) == {"vic_DetailsOfVulnerabilities": "words"}


def test_a_column_that_the_standard_does_not_have_is_bad_input_with_the_nearest_names() -> None:
    with pytest.raises(BadInput, match="prs_FirstName") as told:
        read_row(FORM, {"prs_Firstname": "Ana"})
    assert told.value.dutch


def test_no_is_not_the_same_as_not_asked() -> None:
    assert read_row(FORM, {"con_Consent": "true"}).places == {"ground.state": ("given",)}
    assert read_row(FORM, {"con_Consent": "false"}).places == {}
    assert back(con_Consent="false") == {"con_Consent": "false"}


def test_that_somebody_is_no_victim_is_no_fact_with_us() -> None:
    assert read_row(FORM, {"vic_TraffickingStatus": "NotAVictimOfTrafficking"}).places == {}
    assert back(vic_TraffickingStatus="ActualVictimOfTrafficking") == {
        "vic_TraffickingStatus": "ActualVictimOfTrafficking"
    }


def test_a_person_goes_out_and_comes_in_the_same() -> None:
    told = (("indication", "yes"), ("sector", "farming"))
    person = CasePerson(
        "1", tuple(Claim(fact, (value,), SOURCE, DAY, "document") for fact, value in told),
        identity=Identity("Ana", "Example", "1990-02-03", "f", ("NL", "DE")),
        exploitations=(Exploitation(SOURCE, ("labour", "begging"), "farming"),),
    )  # fmt: skip
    row = write_row(FORM, record_of(person, {"registration.state": "accepted"}))
    assert row["cas_Status"] == "Active"
    again = person_of(read_row(FORM, row), "1", DAY)
    assert set(again.exploitations[0].forms) == {"labour", "begging"}
    assert again.identity == person.identity
    assert set(again.claims) == set(person.claims)


def test_our_forms_without_an_equivalent_go_out_as_other_or_are_counted() -> None:
    person = CasePerson("1", (Claim("sector", ("cannabis",)),)).exploited(Exploitation("a", ("criminal",)))
    record = record_of(person)
    assert write_row(FORM, record) == {"vic_TypeOfExploitation": "Other"}
    assert no_equivalent(FORM, [record]) == Counter({("vic_ForcedLabourIndustry", "cannabis"): 1})


def test_a_fact_on_which_claims_disagree_is_left_out() -> None:
    person = CasePerson("1", (Claim("sector", ("farming",)), Claim("sector", ("cannabis",))))
    assert record_of(person).places == {}


def test_a_row_without_anybody_gives_nobody() -> None:
    person = person_of(read_row(FORM, {"prs_FirstName": ""}), "1")
    assert (person.identity, person.claims, person.exploitations) == (None, (), ())


def test_a_receiver_gets_the_fields_of_its_slice_only() -> None:
    book = sharing(load())
    row = {"prs_FirstName": "Ana", "prs_Email": "a@example.org", "vic_TypeOfExploitation": "ForcedLabour",
           "hte_City": "X", "spl_Objectives": "rest", "per_RoleDetails": "a name",
           "vic_MethodsOfControl": "DebtBondage"}  # fmt: skip
    record = read_row(FORM, row)
    sent, left = shared_row(FORM, book, record, {"situation", "criminal"})
    assert set(sent) == {"vic_TypeOfExploitation", "hte_City", "vic_MethodsOfControl"}
    assert set(left) == set(row) - set(sent)
    assert shared_row(FORM, book, record, ())[0] == {}
    assert set(shared_row(FORM, book, record, {"contact"})[0]) == {"prs_Email"}
    assert "per_RoleDetails" not in shared_row(FORM, book, record, set(book.fields))[0]


def test_every_field_is_shared_as_a_kind_of_data() -> None:
    book = sharing(load())
    assert {kind_of_data(book, field) for field in FORM.live} <= set(book.fields)
    assert kind_of_data(book, FORM.field("vic_TraffickingStatus")) == "signal"
