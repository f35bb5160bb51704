"""Chapter 21. May A tell B this: the questions that partners are unsure of, as they would ask them.

A refusal always says what to do next; nothing turns into a yes because nobody knew.
"""

from __future__ import annotations

from schakel.casework.content import access, sharing
from schakel.mechanism.content import load
from schakel.networks.access import may
from tests.books import ask

BOOK = sharing(load())
ROLES = access(load())


def test_a_nurse_who_wants_to_register_may_do_so_without_a_name_whatever_was_answered() -> None:
    for answer in ("given", "refused", "withdrawn", "not_asked"):
        assert ask(BOOK, "gp-health", "comensha", "figures", "registration-figures", consent=answer).allowed


def test_a_nurse_who_wants_to_give_the_name_hears_that_consent_is_not_the_only_ground() -> None:
    unsure = ask(BOOK, "gp-health", "comensha", "identity", "registration-figures")
    assert set(unsure.hangs_on) == {"consent", "ground_documented"}
    assert "not the only one" in unsure.say("en")
    documented = ask(BOOK, "gp-health", "comensha", "identity", "registration-figures", consent="refused",
                     ground_documented="yes")  # fmt: skip
    assert documented.allowed
    assert documented.needs_lawyer


def test_a_youth_worker_may_break_silence_for_a_child_at_veilig_thuis() -> None:
    answer = ask(BOOK, "youth-care-provider", "veilig-thuis", "identity", "child-protection", consent="refused",
                 secrecy="yes", abuse="yes")  # fmt: skip
    assert answer.allowed
    assert answer.reasons[0].sources[0].row == "S9"


def test_a_doctor_who_weighed_a_conflict_of_duties_may_warn_the_police_and_else_may_not() -> None:
    told = {"consent": "refused", "secrecy": "yes"}
    weighed = ask(
        BOOK, "gp-health", "police", "identity", "protect-now", conflict_of_duties="yes", acute_danger="no", **told
    )  # type: ignore[arg-type]
    assert weighed.allowed
    bare = ask(BOOK, "gp-health", "police", "identity", "protect-now", conflict_of_duties="no", acute_danger="no",
               knows_serious_crime="no", **told)  # type: ignore[arg-type]  # fmt: skip
    assert not bare.allowed
    assert "112" in bare.say("en")


def test_an_inspector_is_asked_for_the_names_of_undocumented_workers() -> None:
    first = ask(BOOK, "labour-inspectorate", "municipality", "identity", "labour-supervision")
    assert not first.allowed
    assert "human" in first.say("en")
    assert not ask(BOOK, "labour-inspectorate", "ind", "identity", "residence-decision").allowed


def test_riec_and_zorg_en_veiligheidshuis_begin_with_a_sign_and_whom_to_call() -> None:
    for sender, receiver in (("riec", "zvh"), ("zvh", "riec")):
        answer = ask(BOOK, sender, receiver, "situation", "partnership-case")
        assert answer.answer == "undecided"
        assert "whom to call" in answer.say("en")


def test_what_the_police_gave_for_registration_goes_to_a_shelter_with_consent_only() -> None:
    assert ask(BOOK, "police", "comensha", "identity", "registration-figures").allowed
    assert not ask(BOOK, "comensha", "shelter", "identity", "shelter-placement").allowed
    assert ask(BOOK, "comensha", "shelter", "identity", "shelter-placement", consent="given").allowed


def test_a_friend_may_warn_in_danger_and_may_always_go_to_the_police() -> None:
    assert ask(BOOK, "citizen", "police", "whereabouts", "protect-now", acute_danger="yes").allowed
    assert ask(BOOK, "citizen", "police", "situation", "criminal-investigation", secrecy="no").allowed


def test_the_shelter_sees_needs_first_and_who_it_is_after_it_accepted() -> None:
    assert may(ROLES, "see_needs", "shelter", "invited", "accepted", "care").allowed
    assert not may(ROLES, "see_identity", "shelter", "invited", "accepted", "care").allowed
    assert may(ROLES, "see_identity", "shelter", "assigned", "accepted", "care").allowed
