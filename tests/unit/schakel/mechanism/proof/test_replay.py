"""What the engine does not confirm is never shown: a wrong counterexample is an error, not a finding."""

from __future__ import annotations

from functools import partial

import pytest

from schakel.mechanism.edition import editions
from schakel.mechanism.proof import coverage
from schakel.mechanism.proof.claims import Forbidden
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.replay import Unconfirmed, confirm, view_of
from schakel.mechanism.proof.shorten import shorten
from schakel.mechanism.proof.silence import shown
from schakel.mechanism.proof.told import Told, told_of
from schakel.mechanism.proof.verdict import findings
from schakel.rules.conditions import Is
from tests.unit.schakel.mechanism.proof.tiny import clean

SIGN = Is("indication", frozenset({"yes"}))
HURT = Is("hurt", frozenset({"yes"}))


def claim(judged: bool, **conditions: tuple[Is, ...]) -> Forbidden:
    edition = list(editions(clean()))[-1]
    wanted = {"holds": (SIGN,), "fails": (), **conditions}
    return Forbidden("uncovered", "safe", ("goal", "safe"), edition, wanted["holds"], wanted["fails"],
                     lambda view: judged, {"goal": "safe"})  # fmt: skip


def test_a_judge_who_does_not_see_it_stops_the_proof() -> None:
    with pytest.raises(Unconfirmed, match="does not see it"):
        list(findings(Prover(clean()), [claim(judged=False)]))


def test_what_a_judge_confirms_is_shown() -> None:
    (finding,) = findings(Prover(clean()), [claim(judged=True)])
    assert finding.situation == {
        "on": "2020-01-01",
        "shared": {"indication": "yes"},
        "persons": [{"id": "1", "facts": {}}],
    }


def test_the_plain_judge_refuses_a_goal_that_is_met() -> None:
    goal = clean().goals["safe"]
    wrong = Forbidden("uncovered", "safe", ("goal", "safe"), claim(judged=True).edition, (SIGN,), (),
                      partial(coverage.uncovered, goal=goal), {"goal": goal.title})  # fmt: skip
    with pytest.raises(Unconfirmed):
        list(findings(Prover(clean()), [wrong]))


@pytest.mark.parametrize("conditions", [{"holds": (SIGN, HURT)}, {"fails": (HURT,)}])
def test_a_situation_cut_too_short_is_refused(conditions: dict[str, tuple[Is, ...]]) -> None:
    prover = Prover(clean())
    wanted = claim(judged=True, **conditions)
    completion = prover.witness(wanted.edition, prover.all_of(wanted.holds, wanted.fails))
    assert completion is not None
    cut = (Told("indication", ("yes",)),)
    with pytest.raises(Unconfirmed, match="not certain"):
        confirm(clean(), wanted, cut, told_of(clean(), completion))


def test_a_situation_that_cannot_be_is_refused() -> None:
    edition = claim(judged=True).edition
    cube = (Told("indication", ("no",)), Told("form", ("work",)), Told("granted_on", ("not_yet",)))
    with pytest.raises(Exception, match="cannot be together"):
        view_of(clean(), edition, cube)


def test_silence_that_the_engine_can_settle_is_refused() -> None:
    prover = Prover(clean())
    duty = clean().duties["clinic-treats"]
    with pytest.raises((Unconfirmed, ValueError)):
        shown(prover, duty, prover.editions[-1])


def test_a_shortened_situation_still_fails_and_no_fact_can_go() -> None:
    prover = Prover(clean())
    edition = prover.editions[-1]
    bad = prover.all_of((SIGN, HURT), (Is("stay", frozenset({"lawful", "asked"})),))
    completion = prover.witness(edition, bad)
    assert completion is not None
    cube = shorten(prover, edition, bad, completion)
    assert {told.fact: told.values for told in cube} == {"indication": ("yes",), "hurt": ("yes",), "stay": ("none",)}
