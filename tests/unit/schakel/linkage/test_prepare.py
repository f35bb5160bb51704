"""Columns to compare are made once for each distinct value."""

from __future__ import annotations

import pandas as pd

from schakel.linkage.prepare import Given, own_column, prepared, unreadable_births


def rows(**columns: list[object]) -> pd.DataFrame:
    """Registrations with what is given and nothing else."""
    count = len(next(iter(columns.values())))
    empty = {name: [None] * count for name in ("given_names", "surname", "birth_date", "sex", "nationality")}
    fixed = {"record": range(count), "list": ["a"] * count, "registered_on": pd.Timestamp("2020-06-01")}
    return pd.DataFrame({**fixed, **empty, **columns})


def test_names_lose_what_lists_add() -> None:
    made = prepared(rows(given_names=["Fátima Zahra"], surname=["El Idrissi"], aliases=["Fifi"]), Given())
    one = made.iloc[0]
    assert (one["given"], one["surname"]) == ("fatima", "idrissi")
    assert one["given_any"] == "fatima fifi zahra"
    assert one["name_all"] == "fatima idrissi zahra"


def test_the_pair_of_names_is_free_of_order() -> None:
    made = prepared(rows(given_names=["Anh", "Tran"], surname=["Tran", "Anh"]), Given())
    assert made["name_pair"].nunique() == made["sound_pair"].nunique() == 1


def test_a_placeholder_date_gives_a_year_only() -> None:
    one = prepared(rows(birth_date=["1999-01-01"]), Given()).iloc[0]
    assert (one["birth_year"], one["birth_about"]) == (1999, 1999)
    assert pd.isna(one["birth_day"])


def test_an_age_gives_a_year_where_there_is_no_date() -> None:
    made = prepared(rows(birth_date=[None, "1990-03-04", None], age=[20, 20, 400]), Given())
    assert made["birth_about"].tolist()[:2] == [2000, 1990]
    assert made["birth_year"].isna().tolist() == [True, False, True]
    assert pd.isna(made["birth_about"][2])


def test_words_for_unknown_and_placeholder_numbers_are_nothing() -> None:
    made = prepared(
        rows(sex=["Vrouw", "onbekend"], nationality=["NLD", "?"], number=["123 456.78", "999999999"]), Given()
    )
    assert made["sex"].tolist()[0] == "female"
    assert made[["sex", "nationality", "number"]].isna().all(axis=None) is not True
    assert made.loc[1, ["sex", "nationality", "number"]].isna().all()
    assert made["number"][0] == "12345678"


def test_a_number_from_a_spreadsheet_has_no_decimals() -> None:
    made = prepared(rows(postcode=[1234.0, None]), Given(exact=("postcode",)))
    assert made["x_postcode"][0] == "1234"


def test_the_name_of_a_users_column_steers_no_database() -> None:
    name = own_column("x", "a; DROP TABLE ready")
    assert name.isidentifier()
    assert name.isascii()
    assert own_column("x", "a b") != own_column("x", "a-b")


def test_lists_that_hold_a_person_once_are_marked() -> None:
    made = prepared(rows(given_names=["A"], list=["police"]), Given(once=("police",)))
    assert made["once"].tolist() == [True]


def test_birth_dates_that_are_none_are_told() -> None:
    assert unreadable_births(rows(birth_date=["1999", "soon", None, "unknown"])).tolist() == [False, True, False, False]


def test_only_evidence_that_is_there_is_known() -> None:
    assert Given().of(rows(sex=["m", None], municipality=[None, None])).known == {"sex", "registered_on"}


def test_further_given_names_and_the_day_of_registration_stand_apart() -> None:
    made = prepared(
        rows(given_names=["Thị Mai", "Mai", None], registered_on=["1970-01-11", None, "2020-06-01"]), Given()
    )
    assert made["given_all"].astype("str").fillna("").tolist() == ["thi mai", "mai", ""]
    assert made["given_rest"].astype("str").fillna("").tolist() == ["mai", "", ""]
    assert made["registered"].fillna(-1).tolist() == [10, -1, 18_414]
