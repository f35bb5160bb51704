"""A section for an annual report: what is estimated, how many, how sure, and what it rests on, in Dutch and English.

It prints estimates, rounded, and no count of people: a capture table is full of ones and twos. Counts come in only
from a protected release. Of the reasons and cautions only those without a number are printed: theirs are exact, and
may be of a few people. Where the verdict is "do not report" no number is printed at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10
from typing import Any, Final, Protocol

from schakel.estimation.estimate import Estimate
from schakel.estimation.sentences import VERDICTS
from schakel.estimation.showing import number
from schakel.estimation.strata_refusals import refusal
from schakel.vocabulary.tables import Table
from schakel.vocabulary.texts import Text, text

SMALLEST: Final = 100  # an estimate below this is not told as a number
DIGITS: Final = 2


class Protected(Protocol):
    """What this section asks of a protected release: its figures as they may be printed, by key, and its receipt.

    Keys: `observed` for everybody, `observed/sex=woman,year=2014` for a group.
    """

    @property
    def status(self) -> str: ...

    @property
    def values(self) -> Mapping[str, str]: ...

    @property
    def receipt(self) -> str: ...


@dataclass(frozen=True)
class Section:
    """A heading, paragraphs, perhaps a table by group, and notes: plain words in one language."""

    lang: str
    heading: str
    paragraphs: tuple[str, ...]
    table: Table | None
    notes: tuple[str, ...]

    def text(self) -> str:
        """As plain text."""
        parts = [self.heading, *self.paragraphs, *([repr(self.table)] if self.table else []),
                 "\n".join(f"- {note}" for note in self.notes)]  # fmt: skip
        return "\n\n".join(part for part in parts if part) + "\n"

    def _repr_html_(self) -> str:
        body = "".join(f"<p>{escape(words)}</p>" for words in self.paragraphs)
        table = self.table._repr_html_() if self.table else ""
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return (f'<section lang="{escape(self.lang)}"><h2>{escape(self.heading)}</h2>{body}{table}'
                f"<ul>{notes}</ul></section>")  # fmt: skip


HEADING: Final = text(
    {"nl": "Hoeveel mensen zijn er, ook wie niet is gezien?", "en": "How many people are there, unseen ones too?"}
)
FIGURE: Final = text({
    "nl": "Naar schatting gaat het om ongeveer {population} mensen ({level} interval: {low} tot {high}). Dat is een "
          "schatting met een model, geen telling.",
    "en": "The estimate is about {population} people ({level} interval: {low} to {high}). It is an estimate by a "
          "model, not a count.",
})  # fmt: skip
ENDLESS: Final = text({
    "nl": "Naar schatting gaat het om ongeveer {population} mensen, ten minste {low} ({level} interval); een "
          "bovengrens geven de gegevens niet. Dat is een schatting met een model, geen telling.",
    "en": "The estimate is about {population} people, at least {low} ({level} interval); the data give no upper limit. "
          "It is an estimate by a model, not a count.",
})  # fmt: skip
NO_INTERVAL: Final = text({
    "nl": "Er is geen interval berekend, en daarom staat hier geen getal.",
    "en": "No interval was computed, and so no number stands here.",
})  # fmt: skip
NO_FIGURE: Final = text({
    "nl": "Hier staat geen getal: de gegevens dragen er geen.",
    "en": "No number stands here: the data do not bear one.",
})  # fmt: skip
JUDGED: Final = text({"nl": "Oordeel: {word}.", "en": "Verdict: {word}."})
SEEN: Final = text({"nl": "Gezien zijn {observed} mensen.", "en": "{observed} people were seen."})
ROUNDED: Final = text({
    "nl": "Schattingen zijn afgerond; groepen tellen daardoor niet precies op.",
    "en": "Estimates are rounded, so that groups do not add up precisely.",
})  # fmt: skip
COUNTS_FROM: Final = text({
    "nl": "Aantallen uit de beveiligde uitgave {receipt}.", "en": "Counts from the protected release {receipt}.",
})  # fmt: skip
FEW: Final = text({"nl": "minder dan {limit}", "en": "fewer than {limit}"})
COLUMNS: Final = {
    "nl": ("groep", "schatting", "van", "tot", "gezien"),
    "en": ("group", "estimate", "from", "to", "seen"),
}
CAPTION: Final = text({"nl": "Schatting per groep", "en": "Estimate by group"})


def report_section(estimate: Estimate, lang: str, *, release: Protected | None = None) -> Section:
    """The section about one estimate that has been judged. Raises `BadInput` without a verdict."""
    if estimate.verdict is None:
        raise refusal("no-verdict")
    if release is not None and release.status != "protected":
        raise refusal("not-protected")
    silent = estimate.verdict.word == "do-not-report" or estimate.population is None
    told = silent or estimate.interval is None
    judged = JUDGED(lang).format(word=VERDICTS[estimate.verdict.word](lang))
    why = _without_numbers(estimate.verdict.reasons, lang)
    paragraphs = (estimate.about(lang), _figure(estimate, lang, silent), *_seen(release, lang), judged, *why)
    table = None if told else _table(estimate, lang, release)
    notes = [*_without_numbers(estimate.cautions, lang), *(one(lang) for one in estimate.assumptions)]
    notes += [] if told else [ROUNDED(lang)]
    notes += [COUNTS_FROM(lang).format(receipt=release.receipt)] if release else []
    return Section(lang, HEADING(lang), paragraphs, table, tuple(notes))


def _without_numbers(sentences: Iterable[Text], lang: str) -> list[str]:
    """The sentences that hold no number in any language."""
    return [one(lang) for one in sentences if not any(sign.isdigit() for tag in one.tags for sign in one(tag))]


def rounded(value: float, how: Any = round) -> int:
    """A number in two digits, and never finer than hundreds; `floor` and `ceil` round limits outwards."""
    unit = max(SMALLEST, 10 ** (floor(log10(value)) + 1 - DIGITS)) if value > 0 else SMALLEST
    return int(how(value / unit)) * unit


def _figure(estimate: Estimate, lang: str, silent: bool) -> str:
    """The sentence with the number, or that there is none."""
    if silent or estimate.population is None:
        return NO_FIGURE(lang)
    interval = estimate.interval
    if interval is None:
        return NO_INTERVAL(lang)
    values = {"population": _told(estimate.population, lang), "low": _told(interval.low, lang, floor),
              "level": f"{interval.level:.0%}"}  # fmt: skip
    if interval.endless:
        return ENDLESS(lang).format(**values)
    return FIGURE(lang).format(**values, high=_told(interval.high, lang, ceil))


def _told(value: float, lang: str, how: Any = round) -> str:
    if value < SMALLEST:
        return _few(lang)
    return number(rounded(value, how), lang)


def _few(lang: str) -> str:
    return FEW(lang).format(limit=SMALLEST)


def _seen(release: Protected | None, lang: str) -> list[str]:
    if release is None or "observed" not in release.values:
        return []
    return [SEEN(lang).format(observed=release.values["observed"])]


def _table(estimate: Estimate, lang: str, release: Protected | None) -> Table | None:
    """The groups of the estimate, rounded; the people seen only as the release has them."""
    groups = [one for one in estimate.details.get("groups", []) if one["group"]]
    if not groups:
        return None
    rows = []
    for one in groups:
        name = ", ".join(f"{covariate}={level}" for covariate, level in one["group"].items())
        interval = one.get("interval") or {"low": None, "high": None}
        row = [name, _told(one["population"], lang), _limit(interval["low"], lang, floor),
               _limit(interval["high"], lang, ceil)]  # fmt: skip
        key = "observed/" + name.replace(", ", ",")
        rows.append((*row, *([release.values.get(key, "–")] if release else [])))
    return Table(CAPTION(lang), COLUMNS[lang][: 5 if release else 4], tuple(rows))


def _limit(value: float | None, lang: str, how: Any) -> str:
    return "–" if value is None else _told(value, lang, how)
