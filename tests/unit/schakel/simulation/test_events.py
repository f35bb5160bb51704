"""Events of casework: every duty that opens is done, late ones in between; every referral gets an end."""

from __future__ import annotations

from collections import Counter

from schakel.simulation.events import STATES
from schakel.simulation.simulated import Simulated

DUTY = {("open", "done"), ("open", "late", "done")}
REFERRAL = {("requested", "accepted", "done"), ("requested", "refused"), ("requested", "expired")}


def test_each_case_runs_through_its_states_in_time(small: Simulated) -> None:
    runs = Counter(
        (about, tuple(rows["state"]))
        for (about, _, _), rows in small.events.groupby(["about", "case", "duty"], sort=False)
    )
    assert {run for about, run in runs if about == "duty"} == DUTY
    assert {run for about, run in runs if about == "referral"} == REFERRAL
    assert small.events["at"].is_monotonic_increasing
    assert set(small.events["state"]) == set(STATES)


def test_a_duty_is_done_on_the_day_of_the_first_registration(small: Simulated) -> None:
    done = small.events.query("about == 'duty' and state == 'done'")["at"]
    first = small.truth.merge(small.registrations[["record", "registered_on"]])
    days = first.groupby(["person", "list", "year"])["registered_on"].min()
    assert sorted(done) == sorted(days)


def test_a_pseudonym_is_one_person_and_no_number_of_one(small: Simulated) -> None:
    cases = small.events.query("about == 'duty'").drop_duplicates("case")
    assert cases["pseudonym"].nunique() == len(small.people)
    assert small.events.groupby("case")["pseudonym"].nunique().eq(1).all()


def test_holders_are_the_lists_organisations(small: Simulated) -> None:
    assert set(small.events["holder_kind"]) <= {one.organisation for one in small.country.reporters}
    assert set(small.events["content_hash"]) == {"synthetic"}
