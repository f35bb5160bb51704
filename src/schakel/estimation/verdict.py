"""Whether to believe it: the answers of several methods side by side, and what the checks said, in one of four words.

The rules are the table `verdict_rules.RULES`: read it, print it (`rules_table`), change a limit (`Limits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Final

from schakel.estimation.certainty import Verdict
from schakel.estimation.estimate import Estimate
from schakel.estimation.findings import Checks
from schakel.estimation.histories import Histories
from schakel.estimation.pooling import together
from schakel.estimation.sensitivity import PRIOR
from schakel.estimation.showing import number
from schakel.estimation.strata_refusals import refusal
from schakel.estimation.verdict_rules import RULES, Evidence, Limits, Values
from schakel.vocabulary.tables import Table
from schakel.vocabulary.texts import Text, text

WORDS: Final = ("agree", "agree-within-a-factor", "disagree", "do-not-report")
AGREE, WITHIN, DISAGREE, SILENT = range(4)

APART: Final = text({
    "nl": "{count} methoden die het model uit de gegevens halen, geven een antwoord; het grootste is {factor} keer het "
          "kleinste ({low} tot {high}).",
    "en": "{count} methods that take the model from the data give an answer; the largest is {factor} times the "
          "smallest ({low} to {high}).",
})  # fmt: skip
UNCHECKED: Final = text({
    "nl": "De controles op deze gegevens (lijsten weglaten, bekende aantallen terugvinden) zijn niet gedaan.",
    "en": "The checks on these data (leaving lists out, recovering known numbers) were not done.",
})  # fmt: skip


def judge(results: Sequence[Estimate], histories: Histories, checks: Checks | None = None, *,
          limits: Limits | None = None) -> Verdict:  # fmt: skip
    """The verdict on the answers of all methods that were run on these histories.

    The word begins with how far the answers lie apart; each rule that holds lowers it (one step, or at once to the
    word it names) and adds its reason. With no checks, that they were not done is said as well.
    """
    if not results:
        raise refusal("no-results")
    evidence = Evidence(tuple(results), histories, checks or Checks(), limits or Limits(), together(results))
    word, reasons = _apart(evidence)
    for rule in RULES:
        if rule.holds(evidence):
            word = min(SILENT, word + 1) if rule.effect == "step" else max(word, WORDS.index(rule.effect))
            reasons.append(_said(rule.sentence, rule.values(evidence)))
    if checks is None or all(getattr(checks, field.name) is None for field in fields(checks)):
        reasons.append(UNCHECKED)
    return Verdict(WORDS[word], tuple(reasons))


def _apart(evidence: Evidence) -> tuple[int, list[Text]]:
    """The word from the factor between the largest and the smallest answer, and its sentence."""
    if not evidence.answers:
        return SILENT, []
    limits, factor = evidence.limits, evidence.factor
    word = AGREE if factor <= limits.agree else WITHIN if factor <= limits.within else DISAGREE
    values = {"count": len(evidence.answers), "factor": factor, "low": min(evidence.answers),
              "high": max(evidence.answers)}  # fmt: skip
    return SILENT if factor > limits.silent else word, [_said(APART, values)] if len(evidence.answers) > 1 else []


def _said(words: Text, values: Values) -> Text:
    """A sentence with its numbers in the way of the language: whole numbers of people, factors in one decimal."""
    told = {}
    for lang in ("nl", "en"):
        spoken = {name: _number(name, value, lang) for name, value in values.items()}
        told[lang] = words(lang).format(**spoken)
    return Text(told)


def _number(name: str, value: float | int | str, lang: str) -> str:
    if isinstance(value, str):  # a name: of a list, or of a prior, which holds a number
        return value.replace(".", ",") if lang == "nl" and value.startswith(PRIOR) else value
    if name.startswith("share"):
        return f"{value:.0%}"
    if name.startswith("factor"):
        return f"{value:.1f}".replace(".", "," if lang == "nl" else ".")
    return number(float(value), lang)


EFFECTS: Final = {
    "step": text({"nl": "een stap lager", "en": "one step lower"}),
    "agree-within-a-factor": text({"nl": "hoogstens: eens binnen een factor", "en": "at best: agree within a factor"}),
    "disagree": text({"nl": "hoogstens: oneens", "en": "at best: disagree"}),
    "do-not-report": text({"nl": "niet publiceren", "en": "do not report"}),
}  # fmt: skip


def rules_table(lang: str = "en") -> Table:
    """The rules in order, with what each does to the word."""
    caption = {"nl": "Regels van het oordeel", "en": "Rules of the verdict"}[lang]
    columns = {"nl": ("regel", "gevolg", "zin"), "en": ("rule", "effect", "sentence")}[lang]
    return Table(caption, columns, tuple((rule.id, EFFECTS[rule.effect](lang), rule.sentence(lang)) for rule in RULES))
