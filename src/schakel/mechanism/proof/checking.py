"""The whole proof of one content, over all situations and all intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schakel.mechanism.content import Content
from schakel.mechanism.proof import coverage, ends, leads
from schakel.mechanism.proof.claims import EVERYTHING, Claim, Scope
from schakel.mechanism.proof.gaps import gap_marks, gap_results
from schakel.mechanism.proof.limits import Limits
from schakel.mechanism.proof.listing import listed
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.report import Finding, Report
from schakel.mechanism.proof.sentences import sentence
from schakel.mechanism.proof.silence import shown, silent_editions, watched
from schakel.mechanism.proof.told import document, in_words
from schakel.mechanism.proof.verdict import Mark, findings, joined, marks
from schakel.vocabulary.texts import LANGUAGES, text

Progress = Callable[[str], None]


def check(content: Content, *, progress: Progress | None = None) -> Report:
    """Show or refute that nobody falls between two chairs, in every situation on every day.

    The content must hold together (`schakel.mechanism.links.broken`). `progress` is told the name of
    each part as it begins. Raises `Unconfirmed` when the engine does not confirm a counterexample,
    and `BadInput` when the solver of the extra `proof` is missing.
    """
    say = progress or (lambda part: None)
    circles = tuple(
        Finding(claim.kind, claim.id, Prover(content).whole, sentence(claim.kind, claim.names))
        for claim in ends.circles(content)
    )
    if circles:
        return Report(circles, (), (), {})
    prover = Prover(content)
    found = [finding for name, part in _parts(prover) for finding in _told(say, name, part)]
    say("gaps")
    gaps = tuple(gap_results(prover))
    say("lists")
    return Report(tuple(found), gaps, tuple(listed(prover)), statistics(prover))


def _parts(prover: Prover) -> tuple[tuple[str, Iterator[Finding]], ...]:
    return (
        ("coverage", findings(prover, coverage.claims(prover))),
        ("leads", findings(prover, leads.claims(prover))),
        ("ends", findings(prover, ends.claims(prover))),
        ("silence", _silence(prover)),
        ("constraints", findings(prover, Limits(prover).findings())),
    )


def _told(say: Progress, name: str, part: Iterator[Finding]) -> list[Finding]:
    say(name)
    return list(part)


def _silence(prover: Prover) -> Iterator[Finding]:
    """For each duty that can stay undecided, one finding a stretch of time."""
    for duty in watched(prover):
        for period, editions in joined(prover, silent_editions(prover, duty)):
            one = shown(prover, duty, editions[-1])
            facts = [prover.content.facts[name].name for name in one.facts]
            names = {"duty": duty.title, "facts": text({lang: ", ".join(n(lang) for n in facts) for lang in LANGUAGES})}
            day = editions[-1].day
            yield Finding(
                "silent", duty.id, period, sentence("silent", names), document(prover.content, day, one.cube),
                in_words(prover.content, day, one.cube), tuple(told.fact for told in one.cube if told.pending),
            )  # fmt: skip


def statistics(prover: Prover) -> dict[str, int]:
    """How much was looked at."""
    content = prover.content
    return {
        "intervals": len(prover.editions), "facts": len(content.facts), "constraints": len(content.constraints),
        "duties": len(content.duties), "goals": len(content.goals), "gaps": len(content.gaps),
        "variables": prover.circuit.size, "questions": prover.circuit.asked,
    }  # fmt: skip


def claims(prover: Prover, scope: Scope = EVERYTHING) -> Iterator[Claim]:
    """All claims but those about silence."""
    yield from coverage.claims(prover, scope)
    yield from leads.claims(prover, scope)
    yield from ends.claims(prover, scope)
    yield from Limits(prover).findings() if scope.items is None or ("constraint", "") in scope else ()


def verdicts(prover: Prover, scope: Scope = EVERYTHING) -> frozenset[Mark]:
    """What fails and when, and where the known gaps are, without counterexamples: for comparing two contents."""
    out = set(marks(prover, claims(prover, scope))) | set(gap_marks(prover, scope))
    for duty in watched(prover, scope):
        for period, _ in joined(prover, silent_editions(prover, duty)):
            out.add(("silent", duty.id, ("duty", duty.id), period))
    return frozenset(out)
