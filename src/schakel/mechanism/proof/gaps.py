"""The known gaps of the law, shown to be gaps: where in them a goal fails, and whether in the whole of them."""

from __future__ import annotations

from collections.abc import Iterator

from schakel.mechanism.model import Gap, Goal
from schakel.mechanism.proof.claims import EVERYTHING, Forbidden, Item, Scope
from schakel.mechanism.proof.coverage import inside_gap, known_gaps
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.report import GapResult
from schakel.mechanism.proof.sentences import sentence
from schakel.mechanism.proof.shorten import shorten
from schakel.mechanism.proof.told import document, in_words
from schakel.mechanism.proof.verdict import joined, refuted, replayed
from schakel.rules.conditions import both
from schakel.vocabulary.periods import Period


def gap_results(prover: Prover) -> Iterator[GapResult]:
    """Every known gap that a goal names, for each stretch of time in which it is one; then those that touch no goal."""
    for goal in prover.content.goals.values():
        for gap in known_gaps(prover.content, goal):
            failing = [claim for claim in inside_gap(prover, goal, gap) if refuted(prover, claim)]
            yield from _results(prover, goal, gap, failing)
    named = {gap.id for goal in prover.content.goals.values() for gap in known_gaps(prover.content, goal)}
    for gap in prover.content.gaps.values():
        if gap.id not in named:
            said = sentence("gap_outside_goals", {"gap": gap.title})
            yield GapResult(gap.id, "", gap.period, False, said, gap.what, gap.sources)


def _results(prover: Prover, goal: Goal, gap: Gap, failing: list[Forbidden]) -> Iterator[GapResult]:
    by_period = {claim.edition.period: claim for claim in failing}
    for period, editions in joined(prover, [claim.edition for claim in failing]):
        claim = by_period[editions[-1].period]
        bad = prover.all_of(claim.holds, claim.fails)
        completion = prover.witness(claim.edition, bad)
        assert completion is not None, "a refuted claim has a counterexample"
        cube = shorten(prover, claim.edition, bad, completion)
        replayed(prover, claim, cube)
        day = claim.edition.day
        yield GapResult(
            gap.id, goal.id, period, all(everywhere(prover, by_period[one.period]) for one in editions),
            sentence("gap", claim.names), gap.what, gap.sources, document(prover.content, day, cube),
            in_words(prover.content, day, cube),
        )  # fmt: skip


def everywhere(prover: Prover, claim: Forbidden) -> bool:
    """Whether the goal fails in every situation inside the gap."""
    inside = prover.literal(both(*claim.holds))
    met = [prover.literal(condition) for condition in claim.fails]
    return not any(prover.possible(claim.edition, inside, literal) for literal in met)


def gap_marks(prover: Prover, scope: Scope = EVERYTHING) -> Iterator[tuple[str, str, Item, Period]]:
    """Where each gap is a gap, and where wholly: quick, for comparing two contents."""
    for goal in prover.content.goals.values():
        if ("goal", goal.id) not in scope:
            continue
        for gap in known_gaps(prover.content, goal):
            failing = [claim for claim in inside_gap(prover, goal, gap) if refuted(prover, claim)]
            whole = [claim.edition for claim in failing if everywhere(prover, claim)]
            for kind, editions in (("gap", [claim.edition for claim in failing]), ("gap_everywhere", whole)):
                for period, _ in joined(prover, editions):
                    yield kind, f"{gap.id}/{goal.id}", ("goal", goal.id), period
