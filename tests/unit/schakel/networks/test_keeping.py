"""A permission kept as words stands as long as a rule of the content carries it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from schakel.casework.content import sharing
from schakel.mechanism.content import load
from schakel.networks.keeping import again, kept
from schakel.networks.model import CONSENT
from schakel.networks.sharing import Party, Question, may_share

BOOK = sharing(load())
ASKED = Question(Party("comensha"), Party("care-coordinator"), "needs", "arrange-care", date(2026, 11, 26))
GIVEN = replace(ASKED, circumstances={"consent": "given"})


def test_a_permission_comes_back_with_its_reasons() -> None:
    decision = may_share(BOOK, GIVEN)
    back = again(BOOK, json.loads(json.dumps(kept(decision))))
    assert back
    assert (back.allowed, back.rules, back.grounds) == (True, decision.rules, decision.grounds)
    assert back.grounds == (CONSENT,)
    assert dict(back.asked) == dict(decision.asked)


def test_a_refusal_is_not_kept() -> None:
    with pytest.raises(ValueError, match="only a permission"):
        kept(may_share(BOOK, ASKED))


def test_a_rule_that_left_the_content_carries_nothing() -> None:
    words = {**kept(may_share(BOOK, GIVEN)), "rules": ["a-rule-of-before"]}
    assert again(BOOK, words) is None
    assert again(BOOK, {**kept(may_share(BOOK, GIVEN)), "grounds": ["statute"]}) is None
