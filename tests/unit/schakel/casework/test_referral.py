"""Referral, consent and what a receiver sees: a slice, refused and late back to the sender, withdrawal that reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schakel.casework import referral
from schakel.casework.consent import Ground, age_rules, who_consents, withdraw
from schakel.casework.content import sharing
from schakel.casework.lifecycles import Refusal, lifecycles
from schakel.casework.person import CasePerson, Identity
from schakel.casework.referral import TRANSFER, Referral, Slice, request, seen, slice_of, status_for_finder
from schakel.mechanism.content import load
from schakel.mechanism.situation import Claim
from schakel.networks.sharing import Party, Question, allowed_fields
from schakel.vocabulary.errors import BadInput
from schakel.vocabulary.texts import LANGUAGES

CONTENT = load()
BOOK = sharing(CONTENT)
CYCLES = lifecycles(CONTENT)
DAY = date(2025, 6, 2)


def decisions(sender: str = "comensha", receiver: str = "shelter", purpose: str = "shelter-placement", **told: str):
    return allowed_fields(BOOK, Question(Party(sender), Party(receiver), "signal", purpose, DAY, circumstances=told))


def asked(**more: object) -> Referral:
    given = {"consent": "given"}
    return request("r", "1", "comensha", "shelter", "shelter-placement", decisions(**given), DAY, **more)  # type: ignore[arg-type]


def test_a_receiver_sees_what_the_decisions_allow_and_no_more() -> None:
    claims = (Claim("age", ("adult",)), Claim("injuries", ("visible",)), Claim("cooperation", ("none",)))
    person = CasePerson("1", claims, identity=Identity("Ana", "Example"))
    sight = seen(BOOK, person, (Claim("form", ("labour",)),), asked().slice)
    assert {claim.fact for claim in sight.claims} == {"age", "injuries", "form"}  # no criminal data
    assert sight.identity == person.identity
    assert seen(BOOK, person, (), Slice({})).identity is None
    assert seen(BOOK, person, (), Slice({})).claims == ()


def test_a_slice_with_a_refused_kind_of_data_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="allowed"):
        Slice(decisions(consent="refused"))
    assert slice_of(decisions(consent="refused")).fields == frozenset()


def test_where_nothing_may_be_shared_there_is_no_referral_but_a_next_step() -> None:
    with pytest.raises(BadInput, match="nothing may be shared") as told:
        request("r", "1", "comensha", "shelter", "shelter-placement", decisions(consent="refused"), DAY)
    assert told.value.remedy
    assert told.value.dutch


def test_an_answer_is_not_asked_for_before_the_question() -> None:
    with pytest.raises(BadInput, match="before the request"):
        asked(answer_by=date(2025, 6, 1))


def test_a_referral_is_accepted_or_refused_with_a_reason() -> None:
    accepted = referral.act(CYCLES["referral"], asked(), "accept", DAY, by={"receiver"})
    assert not isinstance(accepted, Refusal)
    assert (accepted[0].state, accepted[1].notice) == ("accepted", ("sender",))
    bare = referral.act(CYCLES["referral"], asked(), "refuse", DAY, by={"receiver"})
    assert isinstance(bare, Refusal)
    refused = referral.act(CYCLES["referral"], asked(), "refuse", DAY, by={"receiver"}, reason="full")
    assert not isinstance(refused, Refusal)
    assert (refused[0].state, refused[0].reason) == ("refused", "full")
    assert "sender" in refused[1].notice


def test_silence_is_seen_by_the_sender() -> None:
    waiting = asked(answer_by=date(2025, 6, 4))
    assert not referral.overdue(waiting, date(2025, 6, 4))
    assert referral.overdue(waiting, date(2025, 6, 5))
    assert not referral.overdue(replace(waiting, state="accepted"), date(2025, 7, 1))
    assert not referral.overdue(asked(), date(2026, 1, 1))


def test_whoever_hands_over_stays_responsible_until_the_other_accepts() -> None:
    handed = asked(kind=TRANSFER)
    assert handed.responsible == "comensha"
    accepted = referral.act(CYCLES["transfer"], handed, "accept", DAY, by={"receiver"})
    assert not isinstance(accepted, Refusal)
    assert accepted[0].responsible == "shelter"
    assert replace(asked(), state="accepted").responsible == "comensha"


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("submitted", "Received."),
        ("accepted", "Taken up."),
        ("closed", "Closed."),
        ("declined", "Could not be taken up."),
    ],
)
def test_a_finder_sees_the_status_only(state: str, word: str) -> None:
    assert status_for_finder(state)("en") == word


def test_a_finder_cannot_tell_a_known_person_from_a_new_one() -> None:
    for state in ("submitted", "accepted", "closed"):
        assert status_for_finder("merged", state) == status_for_finder(state)
    assert status_for_finder("merged") == status_for_finder("submitted")
    assert status_for_finder("merged", "merged") == status_for_finder("submitted")


# -- consent


def ground(**more: object) -> Ground:
    return replace(Ground("g", "1", "shelter-placement", "shelter", "consent", "given", DAY), **more)  # type: ignore[arg-type]


def test_withdrawal_reaches_the_receiver_and_takes_away_what_rested_on_consent() -> None:
    other = replace(asked(), id="other", receiver="lawyer")
    after = withdraw(ground(), (asked(), other), DAY)
    assert (after.ground.state, after.ground.ended_on) == ("withdrawn", DAY)
    assert [one.state for one in after.referrals] == ["revoked", "requested"]
    assert after.referrals[0].slice.fields == frozenset()
    assert after.told == ("shelter",)


def test_what_rests_on_another_ground_stays() -> None:
    both = replace(asked(), slice=Slice({**asked().slice.decisions, **slice_of(decisions(
        "police", "comensha", "registration-figures")).decisions}))  # fmt: skip
    left = withdraw(ground(), (both,), DAY).referrals[0]
    assert left.state == "requested"
    assert left.slice.fields
    assert not left.slice.on_consent


def test_a_consent_for_all_receivers_reaches_all() -> None:
    two = (asked(), replace(asked(), id="b", receiver="fier", state="accepted"))
    assert withdraw(ground(receiver=""), two, DAY).told == ("shelter", "fier")


@pytest.mark.parametrize("wrong", [{"state": "withdrawn"}, {"ground": "public-task"}, {"state": "refused"}], ids=str)
def test_only_a_consent_that_was_given_can_be_withdrawn(wrong: dict[str, str]) -> None:
    with pytest.raises(BadInput, match="no consent here"):
        withdraw(ground(**wrong), (), DAY)


def test_a_ground_holds_when_consent_was_given_or_another_is_on_record() -> None:
    assert [ground(state=one).holds for one in ("given", "other_ground", "refused", "withdrawn", "asked")] == [
        True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("age", "purpose", "who"),
    [
        ("adult", "arrange-care", ("person",)), ("16_17", "arrange-care", ("person",)),
        ("12_15", "arrange-care", ("person", "parents")), ("under_12", "arrange-care", ("parents",)),
    ],
)  # fmt: skip
def test_who_consents_depends_on_age(age: str, purpose: str, who: tuple[str, ...]) -> None:
    (rule,) = who_consents(CONTENT, age, purpose)
    assert rule.who == who


def test_an_unknown_age_is_no_age_and_a_wrong_one_bad_input() -> None:
    assert who_consents(CONTENT, "", "arrange-care") == ()
    with pytest.raises(BadInput, match="no age"):
        who_consents(CONTENT, "teenager", "arrange-care")


def test_every_rule_of_parents_says_what_to_do_when_they_are_a_danger() -> None:
    for rule in age_rules(CONTENT):
        assert rule.sources
        assert all(rule.because(lang) for lang in LANGUAGES)
        assert "parents" not in rule.who or rule.danger is not None
        assert set(rule.purposes) <= set(BOOK.purposes)
