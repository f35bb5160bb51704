"""A decision carries its reasons, or does not exist."""

from __future__ import annotations

import pytest

from schakel.networks.decision import PERMITTED, REFUSED, Decision, Reason
from schakel.vocabulary.sources import Source
from schakel.vocabulary.texts import Text, text

SURE = (Source("act", "S"),)
RECALLED = (Source("act", "R"),)
WORDS = text({"nl": "want", "en": "because"})


def reason(name: str = "a", sources: tuple[Source, ...] = SURE, **more: object) -> Reason:
    return Reason(name, WORDS, sources, **more)  # type: ignore[arg-type]


def test_a_decision_without_reasons_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="reasons"):
        Decision((), PERMITTED, ())


@pytest.mark.parametrize(
    "bad",
    [Reason("a", WORDS, ()), Reason("a", Text({"nl": "want"}), SURE), Reason("a", text({"nl": "", "en": "x"}), SURE)],
)
def test_a_reason_has_a_source_and_a_sentence_in_both_languages(bad: Reason) -> None:
    with pytest.raises(ValueError, match="reasons"):
        Decision((), PERMITTED, (bad,))


@pytest.mark.parametrize("step", [None, Text({"en": "ask"}), text({"nl": " ", "en": "ask"})])
def test_a_refusal_without_a_next_step_cannot_be_made(step: Text | None) -> None:
    with pytest.raises(ValueError, match="next"):
        Decision((), REFUSED, (reason(),), step)


def test_an_answer_is_one_of_three() -> None:
    with pytest.raises(ValueError, match="no answer"):
        Decision((), "perhaps", (reason(),))


def test_it_says_the_answer_the_reason_and_what_next() -> None:
    refused = Decision((), REFUSED, (reason(), reason("b")), text({"nl": "Vraag het.", "en": "Ask."}))
    assert refused.say("en") == "Not allowed. because Ask."
    assert refused.say("nl") == "Mag niet. want Vraag het."
    assert refused.rules == ("a", "b")


def test_one_good_ground_is_enough_and_a_lawyer_is_named_only_when_all_ask_for_one() -> None:
    both = Decision((), PERMITTED, (reason(), reason("b", RECALLED, lawyer=True)))
    assert (both.certainty, both.needs_lawyer) == ("S", False)
    weak = Decision((), PERMITTED, (reason("b", RECALLED, lawyer=True),))
    assert (weak.certainty, weak.needs_lawyer) == ("R", True)
    assert "lawyer" in weak.say("en")
