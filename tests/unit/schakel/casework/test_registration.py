"""A registration by name or without, its merge, its outcome, and its row without identity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schakel.casework import registration
from schakel.casework.duplicates import keys, merge, name_parts, possible_duplicates, undo
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.outcome import OUTCOMES, Outcome
from schakel.casework.person import CasePerson, Exploitation, Identity
from schakel.casework.registration import CARE, FIGURES, Registration, by_name, figures_row
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.vocabulary.errors import BadInput

CYCLES = lifecycles(load())
DAY = date(2025, 6, 2)
KEY = b"k" * 32


def draft(**more: object) -> Registration:
    return replace(Registration("r", "e", "1", DAY, grounds={FIGURES: "g"}), **more)  # type: ignore[arg-type]


def go(of: Registration, event: str, who: str, **more: object) -> Registration:
    step = registration.act(CYCLES, of, event, DAY, by={who}, **more)  # type: ignore[arg-type]
    assert not isinstance(step, Refusal), step.why("en")
    return step[0]


def test_a_question_goes_back_to_the_finder_and_is_answered() -> None:
    asked = go(go(draft(), "submit", "finder"), "ask", "registrar", words="Where did she sleep?")
    assert (asked.state, asked.question) == ("returned", "Where did she sleep?")
    answered = go(asked, "answer", "finder", words="In the shed")
    assert (answered.state, answered.question, answered.reason) == ("submitted", "", "")
    assert [event for _, event, _ in answered.history] == ["submit", "ask", "answer"]


def test_a_possible_victim_counts_from_the_moment_of_reporting() -> None:
    submitted = go(draft(), "submit", "finder")
    assert not draft().counts
    assert submitted.counts
    assert go(submitted, "accept", "registrar").counts
    assert not go(submitted, "decline", "registrar", words="another country").counts


def test_submitting_a_name_asks_for_a_ground_and_a_count_for_none() -> None:
    bare = registration.act(CYCLES, draft(grounds={}), "submit", DAY, by={"finder"})
    assert isinstance(bare, Refusal)
    assert "ground" in bare.why("en")
    count = go(go(draft(named=False, grounds={}), "submit", "finder"), "count", "registrar")
    assert count.lifecycle == "count"
    assert count.counts


def test_each_purpose_asks_for_a_ground_of_its_own() -> None:
    both = draft(purposes=(FIGURES, CARE))
    assert isinstance(registration.act(CYCLES, both, "submit", DAY, by={"finder"}), Refusal)
    assert go(replace(both, grounds={FIGURES: "g", CARE: "h"}), "submit", "finder").state == "submitted"


def test_a_person_who_makes_themselves_known_goes_on_by_name() -> None:
    named = by_name(draft(named=False, state="named"), DAY, new_id="r2")
    assert (named.lifecycle, named.state, named.encounter) == ("registration", "draft", "e")


def test_merging_names_the_other_and_undoing_forgets_it() -> None:
    merged = go(draft(state="accepted"), "merge", "registrar", words="same person", target="other")
    assert (merged.state, merged.merged_into, merged.counts) == ("merged", "other", False)
    assert go(merged, "unmerge", "registrar", words="no").merged_into == ""


def test_closing_asks_for_what_came_of_it() -> None:
    assert isinstance(registration.act(CYCLES, draft(state="accepted"), "close", DAY, by={"registrar"}), Refusal)
    closed = go(draft(state="accepted"), "close", "registrar", outcome=Outcome("helped", DAY, "coordinator"))
    assert closed.outcome
    assert closed.outcome.text("en") == "the person was helped"
    assert closed.counts


def test_an_outcome_is_one_of_the_list_and_out_of_sight_asks_on() -> None:
    with pytest.raises(BadInput, match="no outcome"):
        Outcome("solved", DAY, "x")
    assert {kind for kind in OUTCOMES if Outcome(kind, DAY, "x").search_first} == {"out_of_sight", "missing"}


def test_a_row_for_the_figures_holds_no_identity_and_no_guess() -> None:
    person = CasePerson("1", (Claim("age", ("adult",)), Claim("nationality", ("eu",), certainty="guessed")),
                        identity=Identity("Ana", "Example", "1990-01-02"))  # fmt: skip
    row = figures_row(draft(state="accepted"), person.exploited(Exploitation("a", ("labour", "criminal"))))
    assert row == {
        "state": "accepted", "counts": True, "named": True, "finder": "", "form": "labour;criminal", "sector": "",
        "age": "adult", "nationality": "", "exploited_where": "", "municipality": "",
    }  # fmt: skip
    torn = person.tell(Claim("age", ("16_17",)))
    assert figures_row(draft(), torn)["age"] == ""
    assert (FIGURES, CARE) == registration.PURPOSES


# -- seen before


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        (Identity("Ana", "van Example", "1999-05-03"), Identity("Example", "Ana", "03-05-1999"), "name_and_day"),
        (Identity("Mohammed", "Example", "1999-05-03"), Identity("Muhamed", "Example", "1999-05-03"), "sound_and_day"),
        (Identity("Ana", "Example", "1999-05-03"), Identity("Ana", "Example", "1999"), "name_and_year"),
        (Identity("Ána", "Exämple", "1999"), Identity("ana", "example", "1999"), "name_and_year"),
        (
            Identity(birth_date="1999", aliases=("Star",)),
            Identity("Ana", "", "1999", aliases=("star",)),
            "alias_and_year",
        ),
    ],
)
def test_people_who_may_be_one_share_a_key(one: Identity, other: Identity, common: str) -> None:
    assert keys(one, KEY).shared(keys(other, KEY))[0] == common


def test_people_who_differ_share_none_and_what_is_not_known_finds_nobody() -> None:
    ana = keys(Identity("Ana", "Example", "1999-05-03"), KEY)
    assert ana.shared(keys(Identity("Bea", "Other", "1999-05-03"), KEY)) == ()
    assert ana.shared(keys(Identity("Ana", "Example", "1980"), KEY)) == ()
    assert keys(Identity(), KEY).by_kind == {}
    assert keys(Identity("Ana"), KEY).by_kind == {}
    assert "sound_and_day" not in keys(Identity("Ana", "Example", "1999-01-01"), KEY).by_kind  # a placeholder is no day


def test_keys_of_another_installation_are_others_and_hold_no_name() -> None:
    identity = Identity("Ana", "Example", "1999-05-03")
    assert keys(identity, KEY).shared(keys(identity, b"l" * 32)) == ()
    assert not any("ana" in digest or "example" in digest for digest in keys(identity, KEY).by_kind.values())
    with pytest.raises(ValueError, match="32"):
        keys(identity, b"short")


def test_a_name_of_prefixes_only_is_still_a_name() -> None:
    assert name_parts(Identity("", "van der")) == ("der", "van")


def test_possible_duplicates_come_strongest_first() -> None:
    own = keys(Identity("Ana", "Example", "1999-05-03"), KEY)
    others = [("year", keys(Identity("Ana", "Example", "1999"), KEY)), ("day", own),
              ("none", keys(Identity("Bea", "Other", "1980"), KEY))]  # fmt: skip
    assert [one.registration for one in possible_duplicates(own, others)] == ["day", "year"]


def test_a_merge_is_data_and_can_be_undone() -> None:
    one, other = draft(), draft(id="r2")
    done = merge(one, other, DAY, by="registrar", reason="same person")
    undone, kept, merged = undo(done, date(2025, 7, 1))
    assert (kept, merged) == (one, other)
    assert undone.undone_on == date(2025, 7, 1)


@pytest.mark.parametrize("wrong", [{"id": "r"}, {"named": False}])
def test_what_cannot_be_merged_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="cannot be merged"):
        merge(draft(), draft(**({"id": "r2"} | wrong)), DAY, by="registrar", reason="same")
    with pytest.raises(BadInput, match="cannot be merged"):
        merge(draft(), draft(id="r2"), DAY, by="registrar", reason=" ")
