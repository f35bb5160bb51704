"""Claim: with the whole Dutch content one person is assessed, with explanation and next question, in under 5 ms of CPU.

One assessment decides every duty, right and gap, says in one language why for every duty, and finds the next question.
The situations are random and true to the constraints, from nothing known to everything. *Cold* forgets everything that
was remembered of earlier situations before each one (the rules stay compiled); *warm* is the second time round, as in
a site that runs. *First* is the very first assessment of a day, which compiles the rules. And: all scenarios in under
10 s.
"""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from typing import Any

from _tools import cpu_ms, keep, options, summary

from schakel.mechanism.asking import next_question
from schakel.mechanism.assess import assess
from schakel.mechanism.content import DUTCH, Content
from schakel.mechanism.edition import edition_on
from schakel.mechanism.explain import because, clause_of
from schakel.mechanism.plan import plan
from schakel.mechanism.scenarios import run
from schakel.mechanism.situation import Situation
from tests import situations

ON = date(2025, 6, 2)
LIMIT_MS, SCENARIOS_S = 5.0, 10.0


def person(content: Content, situation: Situation) -> None:
    """One person assessed, every outcome explained, the next question found."""
    view = assess(content, situation).persons[0]
    for outcome in view.duties:
        because(outcome, "nl")
    next_question(view)


def forget(content: Content) -> None:
    """Drop what is remembered of earlier situations."""
    edition_on(content, ON).rules._remembered.clear()
    clause_of.cache_clear()


def main() -> None:
    given = options(__doc__ or "", count=400)
    content = Content(DUTCH)
    began = time.process_time()
    first = Situation(ON, who="police")
    _ = content.duties, content.rights, content.gaps, content.indicators
    loaded = time.process_time()
    person(content, first)
    compiled = time.process_time()
    told = [scene.situation for scene in situations.scenes(given.seed, content, given.count, on=ON)]
    for situation in told:  # every table that is ever needed is made
        person(content, situation)
    figures: dict[str, Any] = {
        "claim": "CPU ms for one person with explanation and next question, limit 5",
        "situations": given.count,
        "duties": len(content.duties),
        "rules": len(edition_on(content, ON).rules.rules),
        "components": len(edition_on(content, ON).space.names),
        "warm": summary(cpu_ms(lambda one: person(content, one), told)),
        "cold": summary(cpu_ms(lambda one: person(content, one), told, before=lambda: forget(content))),
        "whole plan as plain data, warm": summary(cpu_ms(lambda one: plan(assess(content, one)), told)),
        "loading the content": round((loaded - began) * 1e3),
        "first (compiles the rules of that day)": round((compiled - loaded) * 1e3),
    }
    began = time.process_time()
    failures = Counter(failure.scenario for failure in run(content))
    figures["scenarios, CPU s, limit 10"] = round(time.process_time() - began, 2)
    figures["scenarios that do not come true"] = len(failures)
    for name, value in figures.items():
        print(f"{name}: {value}")
    holds = figures["warm"]["p95"] < LIMIT_MS and figures["scenarios, CPU s, limit 10"] < SCENARIOS_S
    print("The claim holds." if holds else "The claim does NOT hold.")
    keep("assess", given.seed, figures, write=given.write)


if __name__ == "__main__":
    main()
