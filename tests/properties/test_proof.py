"""The solver against enumeration: on random small contents both see the same failures, goal by goal and task by task.

The judge is the engine itself: every situation that facts and constraints allow is told in full,
assessed, and looked at. Nothing of the solver's encoding is used on that side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, groupby, product
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.mechanism.assess import PersonView
from schakel.mechanism.content import Content, load
from schakel.mechanism.edition import NOT_YET, Edition
from schakel.mechanism.proof import check, coverage, leads
from schakel.mechanism.proof.altered import altered
from schakel.mechanism.proof.claims import Forbidden
from schakel.mechanism.proof.mutants import mutate
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.silence import askable, silent_editions, watched
from schakel.mechanism.proof.told import Told, condition_of
from schakel.mechanism.proof.verdict import findings, refuted
from schakel.mechanism.situation import Known, Situation
from schakel.rules.conditions import Condition, Is, both, either, holds
from schakel.rules.outcome import APPLIES
from tests.unit.schakel.mechanism.proof.tiny import clean

FACTS = {
    "finder": ("officer", "nurse", "neighbour"), "indication": ("yes", "no"), "time": ("office_hours", "evening_night"),
    "hurt": ("yes", "no"), "stay": ("lawful", "none", "asked"), "form.work": ("no", "yes"),
}  # fmt: skip
SITUATIONS_AN_EDITION = 15
HOLDERS = ("police", "clinic", "registry", "finder", "anyone")

atoms = st.sampled_from(sorted(FACTS)).flatmap(
    lambda name: st.builds(Is, st.just(name), st.frozensets(st.sampled_from(FACTS[name]), min_size=1, max_size=2))
)
single_values = st.sampled_from(sorted(FACTS)).flatmap(
    lambda name: st.builds(Is, st.just(name), st.sampled_from(FACTS[name]).map(lambda value: frozenset({value})))
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    atoms,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda found: both(*found)),
        st.lists(parts, min_size=1, max_size=3).map(lambda found: either(*found)),
    ),
    max_leaves=5,
)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """The tiny content with other conditions, holders, strengths, overrides and constraints."""
    duties = {}
    for name, duty in clean().duties.items():
        versions = tuple(
            replace(one, applies_when=draw(conditions), strength=draw(st.sampled_from(("must", "must", "should"))))
            for one in duty.versions
        )
        duties[name] = replace(
            duty, versions=versions, holder=draw(st.sampled_from(HOLDERS)), after=(),
            task=draw(st.sampled_from(("one", "other"))), meets=draw(st.sampled_from((("safe",), ("treated",), ()))),
        )  # fmt: skip
    duties["police-helps"] = replace(duties["police-helps"], overrides=draw(st.sampled_from(((), ("rest-period",)))))
    goals = {name: replace(goal, when=draw(conditions)) for name, goal in clean().goals.items()}
    gaps = {name: replace(gap, when=draw(conditions)) for name, gap in clean().gaps.items()}
    never = both(*draw(st.lists(single_values, min_size=2, max_size=3, unique_by=lambda atom: atom.fact)))
    rules = {name: replace(rule, never=never, still_possible=()) for name, rule in clean().constraints.items()}
    return altered(clean(), duties=duties, goals=goals, gaps=gaps, constraints=rules)


def worlds(content: Content, edition: Edition) -> Iterator[dict[str, str]]:
    """Every completion that the constraints allow on the days of an edition."""
    domains = edition.space.domains
    for values in product(*domains.values()):
        whole = dict(zip(domains, values, strict=True))
        if not any(holds(rule.never, whole) for rule in content.constraints.values()):
            yield whole


def view(content: Content, edition: Edition, whole: dict[str, str]) -> PersonView:
    """The engine's view of a situation in which everything is known."""
    masks = edition.space.situation({name: (value,) for name, value in whole.items()})
    situation, known = Situation(edition.day, whole["finder"]), Known({}, {}, {})
    decided = edition.rules.decide_consistent(masks)
    return PersonView(content, edition, situation, situation.persons[0], known, masks, decided)


def views(content: Content, edition: Edition) -> list[PersonView]:
    return [view(content, edition, whole) for whole in worlds(content, edition)]


@pytest.mark.parametrize("day", [0, -1])
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(content=contents())
def test_the_solver_sees_what_enumeration_sees(day: int, content: Content) -> None:
    prover = Prover(content)
    edition = prover.editions[day]
    seen = views(content, edition)
    for claim in [*coverage.claims(prover), *leads.claims(prover)]:
        if getattr(claim, "edition", None) is edition:
            by_enumeration = any(claim.judge(one) for one in seen)  # type: ignore[union-attr]
            assert refuted(prover, claim) is by_enumeration, (claim.kind, claim.id)  # type: ignore[arg-type]


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(content=contents())
def test_two_leads_are_seen_by_enumeration(content: Content) -> None:
    prover = Prover(content)
    edition = prover.editions[-1]
    double = any(
        one.duty.task == other.duty.task and one.holder != other.holder
        for seen in views(content, edition)
        for one, other in combinations([one for one in seen.duties if one.status == APPLIES], 2)
    )
    found = [claim for claim in leads.claims(prover) if claim.edition is edition]  # type: ignore[union-attr]
    assert any(refuted(prover, claim) for claim in found) is double  # type: ignore[arg-type]


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(content=contents())
def test_silence_is_two_worlds_that_nobody_can_tell_apart(content: Content) -> None:
    prover = Prover(content)
    edition = prover.editions[-1]
    known = sorted(askable(edition))

    def answers(whole: dict[str, str]) -> list[str]:
        return [whole[name] for name in known]

    groups = [list(group) for _, group in groupby(sorted(worlds(content, edition), key=answers), key=answers)]
    for duty in watched(prover):
        condition = edition.conditions[duty.id]
        by_enumeration = any(len({holds(condition, whole) for whole in group}) == 2 for group in groups)
        assert (edition in silent_editions(prover, duty)) is by_enumeration


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(content=contents())
def test_every_counterexample_fails_in_each_of_its_completions(content: Content) -> None:
    prover = Prover(content)
    edition = prover.editions[-1]
    goals = {goal.id: goal for goal in content.goals.values()}
    seen = [(whole, view(content, edition, whole)) for whole in worlds(content, edition)]
    for finding in findings(prover, coverage.claims(prover)):
        if finding.kind == "uncovered" and finding.interval.last is None and finding.situation is not None:
            told = [
                Told(name, tuple(answer) if isinstance(answer, list) else (answer,))
                for name, answer in _answers(finding)
            ]
            inside = [one for whole, one in seen if all(_in(content, part, whole) for part in told)]
            assert inside
            assert all(coverage.uncovered(one, goals[finding.id]) for one in inside)


def _answers(finding: object) -> Iterator[tuple[str, object]]:
    situation = finding.situation  # type: ignore[attr-defined]
    if "who" in situation:
        yield "finder", situation["who"]
    yield from situation.get("shared", {}).items()
    for name, answer in situation["persons"][0]["facts"].items():
        yield name, answer
    for name in finding.pending:  # type: ignore[attr-defined]
        yield name, NOT_YET


def _in(content: Content, told: Told, whole: dict[str, str]) -> bool:
    return holds(condition_of(content, told), whole)


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(content=contents())
def test_whatever_is_found_the_engine_confirms(content: Content) -> None:
    report = check(content)
    assert report.ok is (report.findings == ())


def anywhere(r: Random, edition: Edition) -> dict[str, str]:
    """One situation that the constraints allow, by lot."""
    space = edition.space
    masks = space.consistent(space.anything)
    assert masks is not None
    for place in r.sample(range(len(masks)), len(masks)):
        value = r.choice(space.values(space.names[place], masks[place]))
        masks = space.consistent((*masks[:place], space.mask(space.names[place], [value]), *masks[place + 1 :]))
        assert masks is not None, "a value that is left has a completion"
    return {name: space.values(name, mask)[0] for name, mask in zip(space.names, masks, strict=True)}


def test_no_random_situation_refutes_what_is_proven_of_the_dutch_content() -> None:
    r, prover = Random("dutch situations"), Prover(load())
    claims = [claim for part in (coverage, leads) for claim in part.claims(prover) if isinstance(claim, Forbidden)]
    for edition in prover.editions:
        proven = [claim for claim in claims if claim.edition is edition and not refuted(prover, claim)]
        for _ in range(SITUATIONS_AN_EDITION):
            whole = anywhere(r, edition)
            seen = view(prover.content, edition, whole)
            assert not [(claim.kind, claim.id, whole) for claim in proven if claim.judge(seen)]


def test_the_dutch_content_is_proven_outside_its_known_gaps() -> None:
    report = check(load())
    assert not [(finding.kind, finding.id, str(finding.interval), finding.text("en")) for finding in report.findings]
    assert {gap.gap for gap in report.gaps} == set(load().gaps)


def test_two_hundred_mutants_of_the_dutch_content_are_caught() -> None:
    report = mutate(load(), 200)
    assert len(report.mutants) == 200
    assert report.shares["difference"] >= 0.95
    assert all(one.why for one in report.survivors)
