"""The whole table of who may do what: every action, role, relation, state and purpose has its answer."""

from __future__ import annotations

import pytest

from schakel.casework.content import access
from schakel.casework.lifecycles import lifecycles
from schakel.mechanism.content import load
from schakel.networks.access import cells, granted, may, table
from schakel.networks.decision import PERMITTED, REFUSED
from schakel.networks.roles import AccessBook, access_book
from schakel.rules.reading import Document
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import LANGUAGES

BOOK = access(load())
WHOLE = [cell for cell in cells(BOOK) if granted(BOOK, *cell)]
NAMED = {action for action, one in BOOK.actions.items() if one.identifies}


def allowed(*, role: str = "", action: str = "", relation: str = "") -> list[tuple[str, str, str, str, str]]:
    """The granted cells of the whole table that fit."""
    wanted = {0: action, 1: role, 2: relation}
    return [cell for cell in WHOLE if all(value in ("", cell[place]) for place, value in wanted.items())]


def test_the_whole_table_is_there() -> None:
    size = len(BOOK.actions) * len(BOOK.roles) * len(BOOK.relations) * len(BOOK.states) * len(BOOK.purposes)
    assert sum(1 for _ in cells(BOOK)) == size == 505_120


def test_every_role_of_the_field_is_there() -> None:
    assert set(BOOK.roles) == {
        "finder", "registrar", "care_coordinator", "shelter", "guardian", "lawyer", "victim_support", "prosecutor",
        "immigration_liaison", "network_coordinator", "researcher", "auditor", "key_keeper", "person",
    }  # fmt: skip


def test_the_states_are_those_of_a_registration() -> None:
    assert set(BOOK.states) == set(lifecycles(load())["registration"].states)


def test_what_is_granted_is_permitted_with_a_reason_and_all_else_refused_with_a_next_step() -> None:
    """Every granted cell, and one refused cell for each way in which a cell can miss."""
    for cell in WHOLE:
        assert may(BOOK, *cell, reason="it cannot wait").answer == PERMITTED
    seen = set()
    for cell in cells(BOOK):
        key = cell[:2] if cell[0] not in BOOK.roles[cell[1]].actions else cell[:4]
        if key not in seen and not granted(BOOK, *cell):
            seen.add(key)
            answer = may(BOOK, *cell)
            assert answer.answer == REFUSED
            assert answer.next_step is not None
            for lang in LANGUAGES:
                assert answer.say(lang).endswith(".")
                assert "{" not in answer.say(lang)


def test_a_role_alone_opens_nothing_but_the_glass() -> None:
    assert {cell[0] for cell in allowed(relation="none")} == {"break_glass"}


def test_an_ended_relation_opens_nothing_but_the_glass() -> None:
    assert {cell[0] for cell in allowed(relation="past")} <= {"break_glass"}


def test_what_was_destroyed_is_shown_to_nobody() -> None:
    assert {cell[0] for cell in WHOLE if cell[3] == "destroyed"} == {"verify_audit", "see_readers"}


def test_a_researcher_never_touches_an_identity() -> None:
    assert {cell[0] for cell in allowed(role="researcher")} == {"take_extract"}
    assert not {cell[0] for cell in allowed(role="researcher")} & NAMED


def test_a_finder_sees_the_status_and_nothing_of_the_person() -> None:
    seen = {cell[0] for cell in allowed(role="finder") if cell[0].startswith("see_") or cell[0] == "search_name"}
    assert seen == {"see_status", "see_stalled"}


def test_possible_duplicates_and_names_are_searched_by_the_registrar_only() -> None:
    for action in ("see_duplicates", "search_name", "merge"):
        assert {cell[1] for cell in allowed(action=action)} == {"registrar"}


def test_the_immigration_liaison_does_not_search_list_or_export() -> None:
    assert {cell[0] for cell in allowed(role="immigration_liaison")} == {
        "see_status", "see_identity", "see_residence", "send_residence_message", "do_duty",
    }  # fmt: skip
    assert {cell[2] for cell in allowed(role="immigration_liaison")} == {"assigned"}


def test_a_secret_address_is_for_those_who_shelter_or_represent() -> None:
    assert {cell[1] for cell in allowed(action="see_whereabouts")} == {
        "care_coordinator", "shelter", "guardian", "person", "registrar",
    }  # fmt: skip
    assert {cell[2] for cell in allowed(action="see_whereabouts", role="registrar")} == {"emergency"}


def test_a_network_coordinator_sees_that_there_is_a_sign_and_no_file() -> None:
    seen = {cell[0] for cell in allowed(role="network_coordinator")}
    assert seen & {action for action in NAMED if action.startswith("see_")} == set()


def test_keepers_and_auditors_read_no_file() -> None:
    read = {action for action in NAMED if action.startswith("see_")} - {"see_readers"}
    for role in ("key_keeper", "auditor"):
        assert not {cell[0] for cell in allowed(role=role)} & read


def test_the_person_sees_what_is_recorded_and_who_read_it() -> None:
    own = {cell[0] for cell in allowed(role="person", relation="self")}
    assert {"see_identity", "see_readers", "ask_correction", "withdraw_consent", "export_person"} <= own


def test_an_invited_organisation_sees_needs_but_not_who_it_is() -> None:
    seen = {cell[0] for cell in allowed(relation="invited") if cell[0].startswith("see_")}
    assert seen == {"see_status", "see_needs", "see_signal_exists"}


def test_emergency_access_asks_for_a_reason_and_is_told() -> None:
    without = may(BOOK, "break_glass", "care_coordinator", "none", "accepted", "safety")
    assert (without.answer, without.rules) == (REFUSED, ("no-reason",))
    taken = may(BOOK, "break_glass", "care_coordinator", "none", "accepted", "safety", reason="she is on the roof")
    assert taken.allowed
    assert taken.notify == ("auditor", "registrar", "person")
    assert len(taken.record) == 2
    assert not may(BOOK, "break_glass", "researcher", "none", "accepted", "safety", reason="curious").allowed


def test_a_search_by_name_without_a_relation_alerts() -> None:
    for role in BOOK.roles:
        answer = may(BOOK, "search_name", role, "none", "accepted", "registration")
        assert not answer.allowed
        assert answer.notify == ("auditor", "registrar")
    assert may(BOOK, "search_name", "registrar", "registers", "accepted", "registration").notify == ()


def test_a_slice_is_recorded_as_the_limit_of_what_is_seen() -> None:
    answer = may(BOOK, "see_identity", "shelter", "assigned", "accepted", "care")
    assert [words("en") for words in answer.record] == [
        "only the kinds of data that the sharing decision allowed",
    ]  # fmt: skip


def test_a_refusal_says_which_part_was_in_the_way() -> None:
    misses = {
        "no-role": ("see_identity", "finder", "reported", "accepted", "care"),
        "no-relation": ("see_identity", "shelter", "none", "accepted", "care"),
        "no-state": ("see_identity", "shelter", "assigned", "closed", "care"),
        "no-purpose": ("see_identity", "shelter", "assigned", "accepted", "proceedings"),
        "no-gone": ("see_identity", "shelter", "assigned", "destroyed", "care"),
    }
    assert {rule: may(BOOK, *cell).rules for rule, cell in misses.items()} == {rule: (rule,) for rule in misses}


@pytest.mark.parametrize("place", range(5))
def test_a_word_that_is_in_no_list_is_bad_input(place: int) -> None:
    cell = ["see_status", "finder", "reported", "accepted", "care"]
    cell[place] = "circus"
    with pytest.raises(BadInput, match="circus") as told:
        may(BOOK, *cell)
    assert told.value.dutch


def test_the_printed_table_holds_every_grant() -> None:
    for role in BOOK.roles.values():
        printed = {grant for grants in table(BOOK, role).values() for grant in grants}
        assert printed == set(role.grants)


def test_a_grant_with_an_unknown_word_is_refused_when_it_is_read() -> None:
    document = next(one for one in load().documents("sharing") if one.data["kind"] == "access")
    broken = {**document.data, "roles": [{**document.data["roles"][0], "grants": [
        {"actions": ["fly"], "relations": ["none"], "states": "any", "purposes": ["care"]}]}]}  # fmt: skip
    with pytest.raises(BadInput, match="fly"):
        access_book([Document(broken, {}, "access.yaml")])
    with pytest.raises(BadInput, match="one file"):
        access_book([])
    assert isinstance(BOOK, AccessBook)
