"""Links are missed and links are false: corrections of the histories, and estimates carried over draws of the links.

Two lists (m links found; missed: chance that a true link is missed; false: chance that somebody who is on one list
only is wrongly linked to somebody of the other):

    E[m] = (1 - missed) t + false (n1 - t),   so   t = (m - false n1) / (1 - missed - false),   N = n1 n2 / t

without false links that is Ding & Fienberg (1994), with them Di Consiglio & Tuoto (2015); which list the false links
are counted over is the choice that De Wolf, Van der Laan & Zult (2019) lay open. (The papers were not at hand: the
formulas are derived here from this one line, and named by recollection.) For more lists, in the spirit of Zult, De
Wolf, Bakker & Van der Heijden (2019): what linkage makes of the true histories is written down as expected counts and
turned back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import exp, log, sqrt
from typing import Final

import numpy as np
from scipy.stats import norm

from schakel.estimation.certainty import Interval
from schakel.estimation.design import Real
from schakel.estimation.estimate import Estimate
from schakel.estimation.histories import Histories
from schakel.estimation.sentences import LINKED
from schakel.estimation.strata_refusals import refusal
from schakel.vocabulary.texts import Text, text

ROUNDS, CLOSE = 10_000, 1e-9
UNEXPLAINED = 0.05  # the share of people seen that the corrected counts may leave unexplained; chance alone makes some
Method = Callable[[Histories], Estimate]

CORRECTED: Final = text({
    "nl": "Verbeterd voor koppelfouten: {missed} van de ware koppelingen gemist, {false} van de losse registraties "
          "vals gekoppeld. Fouten treffen iedereen even vaak.",
    "en": "Corrected for linkage error: {missed} of the true links missed, {false} of the lone registrations linked "
          "wrongly. Errors befall everybody equally often.",
})  # fmt: skip
DRAWN: Final = text({
    "nl": "De onzekerheid van de koppelingen zit in het interval, zoals de trekkingen van het koppelmodel die geven.",
    "en": "The uncertainty of the links is in the interval, as the draws of the linkage model tell it.",
})  # fmt: skip
SOME_WITHOUT: Final = text({
    "nl": "In {count} van {all} trekkingen was er geen schatting; die doen niet mee.",
    "en": "In {count} of {all} draws there was no estimate; those take no part.",
})  # fmt: skip


def two_list_overlap(first: float, second: float, linked: float, *, missed: float, false: float = 0.0,
                     false_of: str = "first") -> float:  # fmt: skip
    """The overlap that there must have been: (linked - false n) / (1 - missed - false), n the size of list
    `false_of`.
    """
    _check_rates(missed=missed, false=false)
    over = first if false_of == "first" else second
    kept = 1 - missed - false
    overlap = (linked - false * over) / kept if kept > 0 else 0.0
    if overlap <= 0:
        raise refusal("too-much-error")
    return min(overlap, first, second)


def two_list_population(first: float, second: float, linked: float, *, missed: float, false: float = 0.0,
                        false_of: str = "first") -> float:  # fmt: skip
    """Lincoln-Petersen with the corrected overlap: n1 n2 / t."""
    return first * second / two_list_overlap(first, second, linked, missed=missed, false=false, false_of=false_of)


@dataclass(frozen=True)
class Errors:
    """For each list the chance that its registration is not joined to the person's others (`missed`), and that somebody
    who is on that list only is joined to somebody else (`false`). A list that is not named makes no errors."""

    missed: Mapping[str, float]
    false: Mapping[str, float]

    def rates(self, lists: Sequence[str], kind: str) -> Real:
        told = getattr(self, kind)
        if strange := sorted(set(told) - set(lists)):
            raise refusal("no-column", name=strange[0], names=", ".join(lists))
        _check_rates(**{f"{kind} {name}": value for name, value in told.items()})
        return np.array([float(told.get(name, 0.0)) for name in lists])


def same_errors(lists: Sequence[str], *, missed: float, false: float = 0.0) -> Errors:
    """The same rates for every list."""
    return Errors(dict.fromkeys(lists, missed), dict.fromkeys(lists, false))


def observed_of(true: Real, lists: Sequence[str], errors: Errors) -> Real:
    """The counts that linkage is expected to make of true ones, (2**k,).

    Missed: of a person's registrations one, each as likely, is the one that the others are joined to; each other is
    lost with its own chance and becomes a person by itself. False: somebody on one list only is joined to somebody who
    is not on that list, each as likely.
    """
    missed, false = errors.rates(lists, "missed"), errors.rates(lists, "false")
    made = _splits(len(lists), missed) @ true
    masks = np.arange(len(true))
    for place in range(len(lists)):
        alone = 1 << place
        wrong = false[place] * true[alone]
        others = np.where((masks & alone) == 0, made, 0.0)
        if wrong and others.sum() > 0:
            taken = others * (min(wrong, others.sum()) / others.sum())
            made = made - taken
            made[masks[others > 0] | alone] += taken[others > 0]
            made[alone] -= taken.sum()
    return np.maximum(made, 0.0)


def _splits(lists: int, missed: Real) -> Real:
    """(2**k, 2**k): the expected number of people of each history that one person of a history is split into."""
    matrix = np.zeros((1 << lists, 1 << lists))
    for history in range(1, 1 << lists):
        members = [place for place in range(lists) if history >> place & 1]
        for centre in members:
            rest = [place for place in members if place != centre]
            for size in range(len(rest) + 1):
                for lost in combinations(rest, size):
                    chance = float(np.prod([missed[place] if place in lost else 1 - missed[place] for place in rest]))
                    kept = history & ~sum(1 << place for place in lost)
                    matrix[kept, history] += chance / len(members)
                    for place in lost:
                        matrix[1 << place, history] += chance / len(members)
    return matrix


def true_counts(histories: Histories, errors: Errors) -> Real:
    """The true counts that would be expected to look like these, (2**k,); real numbers, none below zero.

    Solved by t <- t + (seen - observed_of(t)). Where that does not settle, or leaves more than one person in twenty
    unexplained, the rates cannot be those of this table, and that is refused.
    """
    seen = histories.counts.astype(float)
    true = seen.copy()
    for _ in range(ROUNDS):
        change = seen - observed_of(true, histories.lists, errors)
        true = np.maximum(true + change, 0.0)
        if np.abs(change[(true > 0) | (change > 0)]).max(initial=0.0) < CLOSE * seen.sum():
            break
    if np.abs(change).sum() > UNEXPLAINED * seen.sum():
        raise refusal("too-much-error")
    return true


def corrected(histories: Histories, errors: Errors) -> Histories:
    """Histories as they would be without linkage errors, in whole people (largest remainders), for any method."""
    true = true_counts(histories, errors)
    whole = np.floor(true).astype(np.int64)
    order = np.argsort(whole - true, kind="stable")
    whole[order[: round(float(true.sum())) - int(whole.sum())]] += 1
    note = _rates_told(errors)
    return Histories(histories.lists, whole, (*histories.notes, note))


def _rates_told(errors: Errors) -> Text:
    told = {}
    for kind in ("missed", "false"):
        rates = sorted({f"{rate:.1%}" for rate in getattr(errors, kind).values()}) or ["0%"]
        told[kind] = "-".join((rates[0], rates[-1])[: len(rates)])
    dutch = {kind: said.replace(".", ",") for kind, said in told.items()}
    return Text({"nl": CORRECTED("nl").format(**dutch), "en": CORRECTED("en").format(**told)})


@dataclass(frozen=True)
class WithAndWithout:
    """One method with the linkage error in it, and without: both are always shown."""

    without: Estimate
    with_error: Estimate

    @property
    def ratio(self) -> float | None:
        """With over without."""
        one, two = self.with_error.population, self.without.population
        return None if one is None or two is None else one / two

    def summary(self, lang: str = "en") -> str:
        heads = {"nl": ("ZONDER koppelfout", "MET koppelfout"), "en": ("WITHOUT linkage error", "WITH linkage error")}
        parts = zip(heads[lang], (self.without, self.with_error), strict=True)
        return "\n".join(f"{head}\n{estimate.summary(lang)}" for head, estimate in parts)


def correct(histories: Histories, errors: Errors, method: Method) -> WithAndWithout:
    """One method on the histories as linked and as corrected. People seen are those of the corrected histories."""
    mended = corrected(histories, errors)
    after = method(mended)
    assumed = (*(one for one in after.assumptions if one != LINKED), mended.notes[-1])
    return WithAndWithout(method(histories), replace(after, assumptions=assumed))


def propagate(draws: Sequence[Histories], method: Method, *, level: float = 0.95) -> WithAndWithout:
    """Carry the doubt of the links into the interval: one estimate a draw, then all together.

    draws[0] is the best linkage; the others are draws of the link decisions. With u the unseen on a log scale, w the
    mean variance within a draw (from its interval) and b that between the m draws (Rubin 1987):

        u = mean,  variance = w + (1 + 1/m) b,  limits = mean observed + exp(u +- z sqrt(variance))

    A draw without an estimate or without limits takes no part, and that is said.
    """
    if len(draws) < 2:
        raise refusal("no-draws")
    best = method(draws[0])
    found = [method(draw) for draw in draws[1:]]
    good = [one for one in found if one.unobserved and one.interval and not one.interval.endless]
    if len(good) < 2 or best.population is None:
        return WithAndWithout(best, best)
    z = float(norm.ppf((1 + level) / 2))
    logs = np.array([log(one.unobserved or 1.0) for one in good])
    within = float(np.mean([_spread(one) ** 2 for one in good]))
    between = float(logs.var(ddof=1))
    seen = round(float(np.mean([one.observed for one in good])))
    margin = z * sqrt(within + (1 + 1 / len(good)) * between)
    middle = float(logs.mean())
    interval = Interval(seen + exp(middle - margin), seen + exp(middle + margin), level, "over-draws")
    missing = () if len(good) == len(found) else (_told(SOME_WITHOUT, count=len(found) - len(good), all=len(found)),)
    details = {**best.details, "draws": len(good), "variance_within": within, "variance_between": between}
    together = replace(best, population=seen + exp(middle), observed=seen, interval=interval, details=details,
                       assumptions=(*(one for one in best.assumptions if one != LINKED), DRAWN),
                       cautions=(*best.cautions, *missing))  # fmt: skip
    return WithAndWithout(best, together)


def _spread(one: Estimate) -> float:
    """The standard deviation of log unseen that an interval tells."""
    assert one.interval is not None
    assert one.unobserved is not None
    z = float(norm.ppf((1 + one.interval.level) / 2))
    low, high = max(one.interval.low - one.observed, 1e-3 * one.unobserved), one.interval.high - one.observed
    return (log(max(high, low)) - log(low)) / (2 * z)


def _told(words: Text, **values: object) -> Text:
    return Text({lang: words(lang).format(**values) for lang in ("nl", "en")})


def _check_rates(**rates: float) -> None:
    for name, value in rates.items():
        if not 0 <= value < 1:
            raise refusal("rate", name=name, value=value)
