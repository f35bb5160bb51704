"""Claim: the compiled engine equals the plain reference, status and what it hangs on, in 100,000 random situations.

Every other situation is one of a random small rule set, in which all rules are judged; the others are of the Dutch
content on a random day, in which a few rules are. It stops at the first difference, and goes on where it was stopped as
long as seed, content and engine are the same.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from random import Random
from typing import Any

from _tools import RESULTS, keep, options

from schakel.mechanism.content import Content, load
from schakel.mechanism.plan import ENGINE
from schakel.rules import reference
from schakel.rules.engine import RuleSet
from tests import situations

RULES_A_SITUATION, AFFORDABLE = 4, 600
PAUSE = 500  # situations after which what was done is kept


def judge(r: Random, content: Content, number: int) -> Counter[str]:
    """One situation judged: how many rules had which status in both."""
    if number % 2:
        return Counter(situations.against_reference(r, content, RULES_A_SITUATION, AFFORDABLE))
    rules = situations.rule_set(r)
    return Counter(small(rules, situations.possible(r, rules.space)))


def small(rules: RuleSet, possible: dict[str, tuple[str, ...]]) -> list[str]:
    space = rules.space
    outcomes = rules.decide(space.situation(possible))
    if outcomes is None:
        assert next(reference.completions(space, possible, frozenset(space.names)), None) is None
        return ["contradiction"]
    for name, rule in rules.rules.items():
        expected = reference.status(space, possible, rule), reference.hangs_on(space, possible, rule)
        assert (outcomes[name].status, outcomes[name].hangs_on) == expected, (name, possible, space, rules.rules)
    return [outcome.status for outcome in outcomes.values()]


def done_before(about: dict[str, Any]) -> tuple[int, Counter[str], float]:
    """What an earlier run with the same seed, content and engine did."""
    file = RESULTS / "reference.json"
    if not file.is_file():
        return 0, Counter(), 0.0
    kept = json.loads(file.read_text(encoding="utf-8"))
    if any(kept.get(name) != value for name, value in about.items()):
        return 0, Counter(), 0.0
    return kept["situations"], Counter(kept["judged"]), kept["CPU s"]


def main() -> None:
    given = options(__doc__ or "", count=100_000)
    content = load()
    about = {"seed": given.seed, "content": content.fingerprint, "engine": ENGINE}
    number, judged, spent = done_before(about)
    if number:
        print(f"{number} situations were judged before; going on.")
    began = time.process_time()
    while number < given.count:
        judged += judge(Random(f"{given.seed}/{number}"), content, number)
        number += 1
        if number % PAUSE == 0 or number == given.count:
            used = round(spent + time.process_time() - began)
            figures = {"claim": "compiled equals reference", **about, "situations": number, "judged": dict(judged),
                       "CPU s": used}  # fmt: skip
            keep("reference", given.seed, figures, write=True)
            print(f"{number} situations, {judged.total()} rules judged, all equal, {used} s", flush=True)
    print(f"The claim holds in {number} situations: {dict(judged)}")


if __name__ == "__main__":
    main()
