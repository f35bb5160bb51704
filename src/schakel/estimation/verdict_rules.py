"""The rules by which answers are believed or not: one reason a rule, when it holds, what it does, and its sentence.

The limits are choices of this house, not of any paper; that methods must be compared, overlaps counted and known
populations recovered before a number is believed is in Whitehead et al. (2021) and Binette & Steorts (2022).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

import numpy as np

from schakel.estimation.estimate import Estimate
from schakel.estimation.findings import Checks
from schakel.estimation.histories import Histories
from schakel.estimation.pooling import BASELINES, pooled
from schakel.vocabulary.texts import Text, text

Values = Mapping[str, float | int | str]


@dataclass(frozen=True)
class Limits:
    """Where one word becomes the next. Factors are of whole populations, shares of one."""

    agree: float = 1.25
    within: float = 2.0
    silent: float = 10.0
    methods: int = 2
    overlap: int = 10
    unseen: float = 20.0
    endless: float = 0.5
    one_person: float = 1.5
    one_list: float = 3.0
    settling: float = 1.5
    prior: float = 1.5
    recovered: float = 0.55
    covered: float = 0.8
    lone_list: float = 0.9


@dataclass(frozen=True)
class Evidence:
    """All that a rule may look at."""

    results: tuple[Estimate, ...]
    histories: Histories
    checks: Checks
    limits: Limits
    together: Estimate

    @property
    def methods(self) -> list[Estimate]:
        """What counts as an answer: all that were run but the baselines, unless those are all there is."""
        return [one for one in self.results if one.method not in BASELINES] or list(self.results)

    @property
    def answers(self) -> list[float]:
        """The populations of the methods that have one."""
        return [one.population for one in self.methods if one.population is not None]

    @property
    def factor(self) -> float:
        """The largest answer over the smallest."""
        return max(self.answers) / min(self.answers) if self.answers else float("inf")

    @property
    def twice(self) -> int:
        """How many people stand on two lists or more."""
        lists = np.array([mask.bit_count() for mask in range(len(self.histories.counts))])
        return int(self.histories.counts[lists >= 2].sum())

    @property
    def endless(self) -> float:
        """The share of methods with an estimate whose interval is missing or has no upper limit."""
        told = [one for one in self.methods if one.population is not None]
        return sum(one.interval is None or one.interval.endless for one in told) / len(told) if told else 1.0

    @property
    def unbounded(self) -> bool:
        """Whether the methods together set no upper limit: their interval has none, or so much of the pool lies beyond
        all numbers of people that it has no middle. Where no method has a distribution there is no pool to ask.
        """
        pool = self.together
        return bool(pooled(self.results)) and (pool.interval is None or pool.interval.endless)


@dataclass(frozen=True)
class Rule:
    """One reason: what it does (`step`: one word lower; or the best word it leaves), when, and its sentence."""

    id: str
    effect: str
    holds: Callable[[Evidence], bool]
    sentence: Text
    values: Callable[[Evidence], Values] = lambda evidence: {}


def _beyond(check: str, limit: str) -> Callable[[Evidence], bool]:
    """Whether a sensitivity check that was done moved the answer further than a limit."""

    def holds(evidence: Evidence) -> bool:
        done = getattr(evidence.checks, check)
        return done is not None and bool(done.moves) and done.factor > getattr(evidence.limits, limit)

    return holds


def _moved(check: str) -> Callable[[Evidence], Values]:
    def values(evidence: Evidence) -> Values:
        done = getattr(evidence.checks, check)
        return {"factor": done.factor if np.isfinite(done.factor) else "∞", "change": done.furthest}

    return values


def _unrecovered(check: str) -> Callable[[Evidence], bool]:
    """Whether known populations were not found again: too far off, or too often outside the interval."""

    def holds(evidence: Evidence) -> bool:
        done = getattr(evidence.checks, check)
        if done is None or not done.cases:
            return False
        off = done.rmse is None or done.rmse > evidence.limits.recovered
        # one interval of a handful that misses says nothing yet
        return off or (done.missed > 1 and done.coverage < evidence.limits.covered)

    return holds


def _recovery(check: str) -> Callable[[Evidence], Values]:
    def values(evidence: Evidence) -> Values:
        done = getattr(evidence.checks, check)
        covered = "-" if done.coverage is None else f"{done.coverage:.0%}"
        return {"factor": "∞" if done.rmse is None else float(np.exp(done.rmse)), "covered": covered,
                "count": len(done.cases)}  # fmt: skip

    return values


def _largest(evidence: Evidence) -> float:
    return max(evidence.histories.totals.values()) / evidence.histories.observed


RULES: Final[tuple[Rule, ...]] = (
    Rule("no-answer", "do-not-report", lambda e: not e.answers, text({
        "nl": "Geen enkele methode heeft een schatting.", "en": "No method has an estimate."})),
    Rule("one-method", "do-not-report", lambda e: 0 < len(e.answers) < e.limits.methods, text({
        "nl": "Er is maar één antwoord: er is niets om het mee te vergelijken.",
        "en": "There is only one answer: there is nothing to compare it with."})),
    Rule("two-lists", "do-not-report", lambda e: len(e.histories.lists) == 2, text({
        "nl": "Er zijn maar twee lijsten: of de ene van de andere afhangt, is dan niet te zien.",
        "en": "There are only two lists: whether one depends on the other cannot be seen then."})),
    Rule("few-overlaps", "do-not-report", lambda e: e.twice < e.limits.overlap, text({
        "nl": "Er staan minder dan {limit} mensen op twee of meer lijsten.",
        "en": "Fewer than {limit} people stand on two lists or more."}), lambda e: {"limit": e.limits.overlap}),
    Rule("far-apart", "do-not-report", lambda e: bool(e.answers) and e.factor > e.limits.silent, text({
        "nl": "Dat is te ver uiteen om er een getal van te maken.",
        "en": "That is too far apart to make a number of it."})),
    Rule("mostly-unseen", "do-not-report",
         lambda e: bool(e.answers) and median(e.answers) > (1 + e.limits.unseen) * e.histories.observed, text({
             "nl": "Het antwoord is meer dan {limit} keer het aantal dat gezien is: bijna alles is model.",
             "en": "The answer is more than {limit} times the number seen: nearly all of it is model."}),
         lambda e: {"limit": 1 + e.limits.unseen}),
    Rule("no-upper-limit", "do-not-report", lambda e: bool(e.answers) and e.endless > e.limits.endless, text({
        "nl": "Van {share} van de methoden ontbreekt het interval of de bovengrens.",
        "en": "Of {share} of the methods the interval or its upper limit is missing."}),
        lambda e: {"share": e.endless}),
    Rule("unbounded", "do-not-report", lambda e: e.unbounded, text({
        "nl": "De methoden samen hebben geen bovengrens: wat naar boven niet te begrenzen is, is geen getal om te "
              "melden.",
        "en": "The methods together have no upper limit: what cannot be bounded above is no number to report."})),
    Rule("no-estimate", "agree-within-a-factor", lambda e: 0 < len(e.answers) < len(e.methods), text({
        "nl": "Zonder schatting bij deze gegevens: {count} van de {all} methoden.",
        "en": "Without an estimate with these data: {count} of the {all} methods."}),
        lambda e: {"count": len(e.methods) - len(e.answers), "all": len(e.methods)}),
    Rule("one-person", "step", _beyond("overlaps", "one_person"), text({
        "nl": "Eén persoon meer of minder in een kleine overlap ({change}) scheelt een factor {factor}.",
        "en": "One person more or fewer in a small overlap ({change}) makes a factor {factor} of difference."}),
        _moved("overlaps")),
    Rule("one-list", "step", _beyond("leave_one_out", "one_list"), text({
        "nl": "Zonder de lijst {change} verandert het antwoord met een factor {factor}.",
        "en": "Without the list {change} the answer changes by a factor {factor}."}), _moved("leave_one_out")),
    Rule("merging", "step", _beyond("merged", "one_list"), text({
        "nl": "Met {change} als één lijst verandert het antwoord met een factor {factor}.",
        "en": "With {change} as one list the answer changes by a factor {factor}."}), _moved("merged")),
    Rule("not-settled", "step", _beyond("accrual", "settling"), text({
        "nl": "Met een deel van de registraties ({change}) was het antwoord een factor {factor} anders.",
        "en": "With part of the registrations ({change}) the answer was a factor {factor} different."}),
        _moved("accrual")),
    Rule("prior", "step", _beyond("prior", "prior"), text({
        "nl": "Met andere uitgangspunten vooraf ({change}) verandert het antwoord met een factor {factor}.",
        "en": "With another prior ({change}) the answer changes by a factor {factor}."}), _moved("prior")),
    Rule("not-recovered", "disagree", _unrecovered("consistency"), text({
        "nl": "Van {count} lijsten waarvan het aantal bekend is, worden de aantallen slecht teruggevonden: gemiddeld "
              "een factor {factor} ernaast, {covered} binnen het interval.",
        "en": "Of {count} lists whose number is known, the numbers are badly recovered: off by a factor {factor} on "
              "average, {covered} within the interval."}), _recovery("consistency")),
    Rule("fails-on-itself", "do-not-report", _unrecovered("simulation"), text({
        "nl": "Ook waar het eigen model waar is, vindt de methode het aantal niet terug: een factor {factor} ernaast, "
              "{covered} binnen het interval.",
        "en": "Even where its own model is true the method does not recover the number: off by a factor {factor}, "
              "{covered} within the interval."}), _recovery("simulation")),
    Rule("lone-list", "step", lambda e: _largest(e) > e.limits.lone_list, text({
        "nl": "Eén lijst bevat {share} van alle mensen: het antwoord hangt aan die ene organisatie.",
        "en": "One list holds {share} of all people: the answer hangs on that one organisation."}),
        lambda e: {"share": _largest(e)}),
)  # fmt: skip
