"""Chapter 20. A registration: told once, registered once, referred, followed, and what came of it goes back.

The two situations of the factsheet, as cases. All of it is data and functions; the site keeps what they give back.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from schakel.casework import referral, registration, shelter
from schakel.casework.consent import Ground, withdraw
from schakel.casework.content import sharing
from schakel.casework.duty import DONE, LATE, at, tasks
from schakel.casework.encounter import Encounter, situation
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.outcome import Outcome
from schakel.casework.person import CasePerson
from schakel.casework.recompute import recompute
from schakel.casework.referral import Referral, request, status_for_finder
from schakel.casework.registration import Registration
from schakel.casework.report import Report
from schakel.casework.shelter import PlacementRequest
from schakel.mechanism.assess import assess
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.networks.sharing import Party, Question, allowed_fields

CONTENT = load()
CYCLES = lifecycles(CONTENT)
BOOK = sharing(CONTENT)
DAY = date(2025, 6, 2)


def farm() -> Encounter:
    """A labour inspector finds workers in a shed."""
    workers = tuple(CasePerson(f"worker {number}") for number in (1, 2, 3))
    shared = (Claim("indication", ("yes",)), Claim("form", ("labour",)), Claim("action", ("under_way",)))
    return Encounter("farm", DAY, "labour_inspector", "GM0344", shared, persons=workers)


def girls() -> Encounter:
    """A detective finds two girls of seventeen without papers."""
    shared = (Claim("indication", ("yes",)), Claim("form", ("sexual",)), Claim("action", ("under_way",)))
    both = tuple(CasePerson(f"girl {number}", (Claim("age", ("16_17",)),)) for number in (1, 2))
    return Encounter("hotel", DAY, "police", "GM0363", shared, persons=both)


def go(of: Registration, event: str, who: str, **more: object) -> Registration:
    step = registration.act(CYCLES, of, event, DAY, by={who}, **more)  # type: ignore[arg-type]
    assert not isinstance(step, Refusal), step.why("en")
    return step[0]


def referred(**told: str) -> Referral:
    question = Question(Party("comensha"), Party("shelter"), "signal", "shelter-placement", DAY, circumstances=told)
    decisions = allowed_fields(BOOK, question)
    return request(
        "x", "worker 1", "comensha", "shelter", "shelter-placement", decisions, DAY, answer_by=date(2025, 6, 4)
    )


def test_what_is_told_once_gives_each_worker_their_own_tasks() -> None:
    made = tasks(assess(CONTENT, situation(farm(), DAY)))
    assert {task.person for task in made} == {"worker 1", "worker 2", "worker 3"}
    assert len({task.duty for task in made}) * 3 == len(made)


def test_what_is_learnt_of_one_worker_changes_the_tasks_of_that_one_alone() -> None:
    made = tasks(assess(CONTENT, situation(farm(), DAY)))
    told = farm().tell(Claim("residence", ("none",)), "worker 1")
    changes = recompute(made, assess(CONTENT, situation(told, DAY)))
    assert {change.task.person for change in changes.telling} == {"worker 1"}
    assert len(changes.tasks) > len(made)


def test_two_girls_get_the_duties_of_children_each_and_on_the_same_day() -> None:
    made = tasks(assess(CONTENT, situation(girls(), DAY)))
    for girl in ("girl 1", "girl 2"):
        own = {task.duty for task in made if task.person == girl}
        assert {"police-register-comensha", "child-interview-rules", "note-words-do-not-question-child"} <= own


def test_a_registration_returns_with_a_question_and_is_accepted_without_proof() -> None:
    submitted = go(
        Registration("r", "farm", "worker 1", DAY, grounds={"registration-figures": "g"}), "submit", "finder"
    )
    answered = go(go(submitted, "ask", "registrar", words="Which farm?"), "answer", "finder", words="The second one")
    accepted = go(answered, "accept", "registrar")
    assert [step for _, step, _ in accepted.history] == ["submit", "ask", "answer", "accept"]
    assert accepted.counts


def test_who_gives_no_name_is_counted_all_the_same() -> None:
    count = go(go(Registration("c", "farm", "worker 2", DAY, named=False), "submit", "finder"), "count", "registrar")
    assert count.counts
    assert status_for_finder(count.state) == status_for_finder("accepted")


def test_a_refused_referral_comes_back_to_the_sender_and_can_go_to_another() -> None:
    refused = referral.act(CYCLES["referral"], referred(consent="given"), "refuse", DAY, by={"receiver"}, reason="full")
    assert not isinstance(refused, Refusal)
    assert refused[1].notice == ("sender", "registrar")
    again = referral.act(CYCLES["referral"], refused[0], "ask_again", DAY, by={"sender"}, reason="a place came free")
    assert not isinstance(again, Refusal)
    assert again[0].state == "requested"


def test_an_answer_that_does_not_come_is_seen() -> None:
    waiting = referred(consent="given")
    assert referral.overdue(waiting, date(2025, 6, 5))
    late = referral.act(CYCLES["referral"], waiting, "expire", date(2025, 6, 5), by={"clock"})
    assert not isinstance(late, Refusal)
    assert "sender" in late[1].notice


def test_withdrawing_consent_takes_the_data_back_and_leaves_the_duties() -> None:
    made = tasks(assess(CONTENT, situation(farm(), DAY)))
    consent = Ground("g", "worker 1", "shelter-placement", "shelter", "consent", "given", DAY, ("worker 1",))
    after = withdraw(consent, [referred(consent="given")], date(2025, 6, 3))
    assert (after.referrals[0].state, after.told) == ("revoked", ("shelter",))
    refused = farm().tell(Claim("consent_care", ("no",)), "worker 1")
    changes = recompute(made, assess(CONTENT, situation(refused, date(2025, 6, 3))))
    assert not [one for one in changes.of("ruled_out") if one.task.protective]


def test_a_full_shelter_stays_a_need_in_the_figures() -> None:
    request_ = PlacementRequest("p", "worker 1", DAY, "shelter")
    refused = shelter.act(CYCLES["placement"], request_, "refuse", DAY, by={"receiver"}, shelter="home", reason="full")
    assert not isinstance(refused, Refusal)
    assert refused[0].unmet


def test_a_duty_that_nobody_did_is_late_for_all_to_see_and_done_when_done() -> None:
    granted = (Claim("residence", ("reflection_period",)), Claim("reflection_granted_on", (), day=DAY))
    told = farm().tell(granted[0], "worker 1").tell(granted[1], "worker 1")
    made = tasks(assess(CONTENT, situation(told, DAY)))
    report = next(task for task in made if task.duty == "monthly-reporting")
    assert at(report, date(2025, 8, 1)).state == LATE
    assert at(replace(report, state=DONE), date(2025, 8, 1)).state == DONE


def test_what_came_of_it_goes_back_to_the_finder_as_a_status() -> None:
    accepted = Registration("r", "farm", "worker 1", DAY, state="accepted")
    closed = go(accepted, "close", "registrar", outcome=Outcome("sheltered", DAY, "coordinator"))
    assert status_for_finder(closed.state)("nl") == "Gesloten."
    assert "veilige plek" not in status_for_finder(closed.state)("nl")


def test_several_reports_of_one_person_are_all_kept_and_the_finder_cannot_tell() -> None:
    told = farm()
    for number, kind in enumerate(("labour-inspectorate", "gp-health", "police")):
        told = told.report(Report(f"r{number}", "farm", date(2025, 6, 2 + number), kind, person="worker 1"))
    assert len(told.reports) == 3
    known = go(Registration("r2", "farm", "worker 1", DAY, state="submitted"), "merge", "registrar", words="same",
               target="r")  # fmt: skip
    assert status_for_finder(known.state, "accepted") == status_for_finder("accepted")
