"""The extract: pseudonymous, coded, every report kept, and domestic never taken from nationality."""

from __future__ import annotations

import pandas as pd
import pytest

from schakel.mechanism.content import load
from schakel.monitor.extract import REPORTS, clusters_of_truth, make_extract
from schakel.vocabulary.errors import BadInput

PLACES = load().places


def report(record=1, **more):
    row = {
        "record": record, "list": "police", "registered_on": "2020-03-01", "given_names": "Ada", "surname": "Vos",
        "birth_date": "1990-01-01", "sex": "woman", "nationality": "NLD", "age": 30, "form": "sexual",
        "second_form": None, "sector": None, "domestic": "unknown", "municipality": "GM0363", "identified": True,
    }  # fmt: skip
    return row | more


def made(*rows, people=None, **options):
    table = pd.DataFrame(list(rows))
    table["registered_on"] = pd.to_datetime(table["registered_on"])
    known = table[table["identified"]]
    numbers = people or [1] * len(known)
    clusters = pd.DataFrame({"record": known["record"], "person": numbers, "draw": 0})
    return make_extract(table, clusters, PLACES, seed=1, **options)


def test_no_column_says_who_it_is(extract):
    assert list(extract.columns) == [column.name for column in REPORTS.columns]
    assert not {"given_names", "surname", "birth_date", "number", "municipality", "nationality"} & set(extract.columns)


def test_every_report_is_kept(country, extract):
    assert len(extract) == len(country.registrations)
    assert (extract["identity"] == "without").sum() == (~country.registrations["identified"]).sum()


def test_there_is_one_pseudonym_a_person_and_it_is_no_number_of_theirs(country, extract):
    known = country.registrations[country.registrations["identified"]]
    people = known.merge(country.truth[["record", "person"]], on="record")
    assert extract["person"].nunique() == people["person"].nunique()
    years = people.assign(year=people["registered_on"].dt.year)
    pairs = set(years[["year", "person"]].itertuples(index=False, name=None))
    kept = extract[extract["identity"] == "with"]
    same = set(kept[["year", "person"]].itertuples(index=False, name=None)) & pairs
    assert len(same) < len(pairs) / 5


def test_the_order_of_rows_does_not_tell_which_registration_is_which(extract):
    order = extract.sort_values(["year", "person", "place"], ignore_index=True)
    pd.testing.assert_frame_equal(order[["year", "person", "place"]], extract[["year", "person", "place"]])
    assert extract["place"].max() < 20


def test_the_same_seed_gives_the_same_extract_and_another_seed_other_pseudonyms(country, extract):
    args = (country.registrations, clusters_of_truth(country.truth), PLACES)
    pd.testing.assert_frame_equal(make_extract(*args, seed=1), extract)
    assert not make_extract(*args, seed=2)["person"].equals(extract["person"])


@pytest.mark.parametrize("nationality", ["NLD", "POL", "NGA", None])
def test_domestic_is_what_the_reporter_said_whatever_the_nationality(nationality):
    assert list(made(report(nationality=nationality, domestic="unknown"))["domestic"]) == ["unknown"]
    assert list(made(report(nationality=nationality, domestic="yes"))["domestic"]) == ["yes"]
    assert list(made(report(nationality=nationality, domestic=None))["domestic"]) == ["unknown"]


def test_a_member_of_the_union_is_one_on_the_day_of_registration():
    days = {("GBR", "2020-01-31"): "eu", ("GBR", "2020-02-01"): "third_country", ("HRV", "2013-06-30"): "third_country",
            ("HRV", "2013-07-01"): "eu", ("NLD", "2020-01-01"): "nl", (None, "2020-01-01"): "unknown"}  # fmt: skip
    for (land, day), wanted in days.items():
        assert list(made(report(nationality=land, registered_on=day))["citizenship"]) == [wanted]


@pytest.mark.parametrize(
    ("form", "second", "wanted", "sexual"),
    [
        ("sexual", None, "sexual", "yes"),
        ("labour", None, "labour", "no"),
        ("labour", "sexual", "several", "yes"),
        ("organs", None, "other", "no"),
        ("labour", "labour", "labour", "no"),
        (None, None, "unknown", "unknown"),
        (None, "criminal", "criminal", "no"),
    ],
)
def test_forms(form, second, wanted, sexual):
    (row,) = made(report(form=form, second_form=second)).to_dict("records")
    assert (row["form"], row["sexual"]) == (wanted, sexual)


@pytest.mark.parametrize(("age", "wanted"), [(0, "0-17"), (17, "0-17"), (18, "18-22"), (22, "18-22"), (23, "23+")])
def test_age_groups(age, wanted):
    assert list(made(report(age=age))["age_group"]) == [wanted]


def test_an_age_that_is_not_known_is_unknown():
    assert list(made(report(age=None))["age_group"]) == ["unknown"]


def test_reported_again_is_another_year_and_not_another_report():
    rows = made(report(1), report(2, registered_on="2020-09-01"), report(3, registered_on="2021-01-01"))
    assert list(rows["again"]) == ["first", "first", "again"]


def test_a_list_with_a_name_of_its_own_is_given_its_code():
    assert list(made(report(list="AVIM"), organisations={"AVIM": "police"})["organisation"]) == ["police"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"list": "AVIM"}, "'AVIM' is no code of 'organisation'"),
        ({"form": "slavery"}, "'slavery' is no code of 'form'"),
        ({"second_form": "slavery"}, "'slavery' is no code of 'form'"),
        ({"sector": "mining"}, "'mining' is no code of 'sector'"),
        ({"domestic": "maybe"}, "'maybe' is no code of 'domestic'"),
        ({"age": -1}, "no count for 'age'"),
    ],
)
def test_what_cannot_be_coded_is_a_sentence(change, says):
    with pytest.raises(BadInput, match=says) as error:
        made(report(**change))
    assert error.value.remedy
    assert error.value.say("nl") != error.value.say("en")


def test_registrations_that_were_not_linked_are_refused():
    table = pd.DataFrame([report()]).assign(registered_on=pd.Timestamp("2020-01-01"))
    nobody = pd.DataFrame({"record": [9], "person": [1], "draw": [0]})
    with pytest.raises(BadInput, match="1 registrations with an identity have no person"):
        make_extract(table, nobody, PLACES, seed=1)


def test_an_empty_table_is_refused():
    table = pd.DataFrame([report()]).assign(registered_on=pd.Timestamp("2020-01-01"))
    with pytest.raises(BadInput, match="no registration"):
        make_extract(table[:0], pd.DataFrame({"record": [1], "person": [1], "draw": [0]}), PLACES, seed=1)
