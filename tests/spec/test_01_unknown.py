"""Chapter 1. What is not known.

A fact has a closed list of values. As long as nothing is told of it, all of them are possible. A duty *applies* if it
holds whatever the open facts turn out to be, *does not apply* if it holds in no case, and *may apply* otherwise.
"""

from __future__ import annotations

from tests.tiny import Country, statuses


def test_a_duty_may_apply_while_its_fact_is_unknown(country: Country) -> None:
    country.fact("danger", "acute", "none").duty("call-112", {"danger": "acute"})
    assert statuses(country.person()) == {"call-112": "may_apply"}
    assert statuses(country.person(danger="acute")) == {"call-112": "applies"}
    assert statuses(country.person(danger="none")) == {"call-112": "does_not_apply"}


def test_unknown_may_be_said_or_left_out(country: Country) -> None:
    country.fact("danger", "acute", "none").duty("call-112", {"danger": "acute"})
    assert statuses(country.person(danger="unknown")) == statuses(country.person(danger=None)) == {
        "call-112": "may_apply"
    }  # fmt: skip


def test_minor_or_not_minor_is_certain_although_the_age_is_unknown(country: Country) -> None:
    country.duty("youth-help", {"age": "minor"}).duty("wmo-shelter", {"age": "adult"})
    country.duty("a-roof", {"any": [{"age": "minor"}, {"not": {"age": "minor"}}]})
    assert statuses(country.person()) == {
        "youth-help": "may_apply",
        "wmo-shelter": "may_apply",
        "a-roof": "applies",
    }


def test_two_answers_leave_two_values_possible(country: Country) -> None:
    country.fact("residence", "none", "asylum", "permit")
    country.duty("warn-lawyer", {"residence": ["none", "asylum"]}).duty("open-file", {"residence": "none"})
    view = country.person(residence=["none", "asylum"])  # "one of these two"
    assert statuses(view) == {"warn-lawyer": "applies", "open-file": "may_apply"}


def test_in_doubt_is_an_answer_and_not_the_same_as_unknown(country: Country) -> None:
    country.duty("treat-as-child", {"age_doubt": "may_be_child"})
    assert statuses(country.person()) == {"treat-as-child": "may_apply"}
    assert statuses(country.person(age_doubt="may_be_child")) == {"treat-as-child": "applies"}


def test_a_guess_is_kept_and_decides_nothing(country: Country) -> None:
    country.duty("youth-help", {"age": "minor"})
    view = country.person(age={"value": "adult", "certainty": "guessed", "source": "how she looks"})
    assert statuses(view) == {"youth-help": "may_apply"}
    assert view.person.claims[0].certainty == "guessed"


def test_a_fact_with_several_values_at_once_is_known_as_a_whole(country: Country) -> None:
    country.fact("form", "sexual", "labour", "criminal", many=True)
    country.duty("police-leads", {"form": "sexual"}).duty("inspectorate-leads", {"form": "labour"})
    assert statuses(country.person(form=["sexual"])) == {
        "police-leads": "applies",
        "inspectorate-leads": "does_not_apply",
    }
    both = country.person(form=["sexual", "labour"])
    assert set(statuses(both).values()) == {"applies"}
    none = country.person(form=[])
    assert set(statuses(none).values()) == {"does_not_apply"}


def test_it_says_on_which_facts_an_open_duty_hangs(country: Country) -> None:
    country.fact("held", "yes", "no").fact("danger", "acute", "none").fact("weather", "dry", "wet")
    country.duty("call-112", {"all": [{"indication": "yes"}, {"any": [{"held": "yes"}, {"danger": "acute"}]}]})
    assert country.person().by_id["call-112"].hangs_on == ("indication", "held", "danger")
    assert country.person(indication="yes", held="no").by_id["call-112"].hangs_on == ("danger",)


def test_a_fact_that_can_change_nothing_any_more_is_not_among_them(country: Country) -> None:
    country.fact("held", "yes", "no").fact("danger", "acute", "none")
    country.duty("act", {"any": [{"all": [{"held": "yes"}, {"danger": "acute"}]}, {"age": "minor"}]})
    assert country.person(held="no").by_id["act"].hangs_on == ("age",)
