"""Ask question by question: each time the one on which most hangs. Enter a number; Enter alone is 'don't know'."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from schakel.cli.common import content_argument, content_of, day, day_argument
from schakel.mechanism.asking import Question, questions
from schakel.mechanism.assess import PersonView, assess
from schakel.mechanism.content import Content
from schakel.mechanism.plan import facts_document, plan
from schakel.mechanism.plan_text import plan_text
from schakel.mechanism.situation import Claim, Situation
from schakel.rules.documents import parse_day
from schakel.rules.outcome import APPLIES, MAY_APPLY
from schakel.vocabulary.facts import Fact, Value
from schakel.vocabulary.texts import text

HELP = "be asked, question by question"
STOP = text(
    {"nl": "Enter: weet ik niet. s: stop en toon het plan.", "en": "Enter: I don't know. s: stop and show the plan."}
)
PICK = text({"nl": "Kies een nummer{several}: ", "en": "Choose a number{several}: "})
SEVERAL = text({"nl": " (meer dan een mag: 1,3)", "en": " (several: 1,3)"})
SCORE = text({"nl": "{a} plichten gelden, {m} kunnen gelden", "en": "{a} duties apply, {m} may apply"})


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the answers as a facts file")
    day_argument(parser)
    content_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    content, lang = content_of(arguments), arguments.lang
    situation = interview(content, Situation(on=day(arguments.on)), lang)
    if arguments.save:
        arguments.save.write_text(json.dumps(facts_document(situation), ensure_ascii=False, indent=2), encoding="utf-8")
    print(plan_text(content, plan(assess(content, situation), lang), lang), end="")
    return 0


def interview(content: Content, situation: Situation, lang: str) -> Situation:
    """Ask until nothing is left to ask, or the user stops; what was answered is never lost."""
    skipped: set[str] = set()
    who = choose(content.facts["finder"], lang)
    if who:
        situation = situation.by(who[0])
    while who is not None:
        view = assess(content, situation).persons[0]
        question = next((one for one in questions(view) if one.fact.id not in skipped), None)
        if question is None:
            break
        show(view, question, lang)
        answer = choose(question.fact, lang, question.values)
        if answer is None:
            break
        skipped.add(question.fact.id)
        if answer:
            situation = situation.learn(claim(question.fact, answer))
    return situation


def show(view: PersonView, question: Question, lang: str) -> None:
    counts = SCORE(lang).format(a=len(view.with_status(APPLIES)), m=len(view.with_status(MAY_APPLY)))
    print(f"\n[{counts}]")
    if question.fact.asking.warning:
        print(f"! {question.fact.asking.warning(lang)}")


def choose(fact: Fact, lang: str, values: tuple[Value, ...] = ()) -> tuple[str, ...] | None:
    """The chosen values out of `values` (or all); () for 'I don't know'; None to stop."""
    print(fact.question(lang))
    offered = values or fact.values
    for number, value in enumerate(offered, 1):
        print(f"  {number:>2}. {value.text(lang)}")
    print(f"  {STOP(lang)}")
    several = fact.kind == "many"
    while True:
        try:
            typed = input(PICK(lang).format(several=SEVERAL(lang) if several else "")).strip().lower()
        except EOFError:
            return None
        if typed == "s":
            return None
        if not typed or fact.kind == "date":
            return () if not typed else (typed,)
        picked = [part.strip() for part in typed.split(",")]
        if all(part.isdigit() and 1 <= int(part) <= len(offered) for part in picked) and (several or len(picked) == 1):
            return tuple(offered[int(part) - 1].id for part in picked)


def claim(fact: Fact, answer: tuple[str, ...]) -> Claim:
    return Claim(fact.id, (), day=parse_day(answer[0], fact.id)) if fact.kind == "date" else Claim(fact.id, answer)
