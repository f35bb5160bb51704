"""Claim: on a set of twenty rules with complete facts the engine takes at least 30,000 decisions a second.

A decision is one person with every fact known, all twenty rules decided, from facts as words to outcomes. The rules are
twenty of the Dutch duties, drawn by the seed. Beside it, on the same rules and the same people in the same run:
zen-engine (compiled expressions, its fastest way) and the same rules as plain Python. All three must fire identically.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from random import Random
from typing import Any

from _tools import keep, options, rate

from schakel.mechanism.content import load
from schakel.mechanism.edition import edition_on
from schakel.rules.conditions import All, Condition, Is, holds, support
from schakel.rules.engine import RuleSet
from schakel.rules.outcome import APPLIES
from schakel.rules.space import Space
from tests import situations

RULES, LIMIT = 20, 30_000
Facts = Mapping[str, str]
Decide = Callable[[Facts], tuple[bool, ...]]


def own(rules: RuleSet) -> Decide:
    """This engine, constraints included."""
    space = rules.space

    def decide(facts: Facts) -> tuple[bool, ...]:
        outcomes = rules.decide(space.situation({name: (value,) for name, value in facts.items()}))
        assert outcomes is not None
        return tuple(outcome.status == APPLIES for outcome in outcomes.values())

    return decide


def plain(rules: RuleSet) -> Decide:
    """The plain meaning of each rule."""
    return lambda facts: tuple(holds(rule, facts) for rule in rules.rules.values())


def peer(rules: RuleSet) -> Decide:
    """zen-engine: every rule one compiled expression."""
    import zen

    compiled = [zen.compile_expression(expression(rule)) for rule in rules.rules.values()]

    def decide(facts: Facts) -> tuple[bool, ...]:
        known = {word(name): value for name, value in facts.items()}
        return tuple(rule.evaluate(known) for rule in compiled)

    return decide


def expression(rule: Condition) -> str:
    """A rule in the language of zen-engine."""
    if isinstance(rule, Is):
        return f"({word(rule.fact)} in [{', '.join(repr(value) for value in sorted(rule.values))}])"
    parts = (" and " if isinstance(rule, All) else " or ").join(expression(part) for part in rule.parts)
    return f"({parts})"


def word(component: str) -> str:
    return component.replace(".", "_")


def drawn(r: Random) -> RuleSet:
    """Twenty duties of the content of today, over the facts that they rest on and the constraints on these."""
    edition = edition_on(load(), date(2025, 6, 2))
    names = r.sample([name for name, rule in edition.conditions.items() if support(rule)], RULES)
    rules = {name: edition.conditions[name] for name in names}
    facts = frozenset().union(*map(support, rules.values()))
    domains = {name: values for name, values in edition.space.domains.items() if name in facts}
    within = tuple(rule for rule in edition.space.constraints if support(rule.never) <= facts)
    return RuleSet(Space(domains, within), rules)


def main() -> None:
    given = options(__doc__ or "", count=5_000)
    r = Random(given.seed)
    rules = drawn(r)
    people = [situations.world(r, rules.space) for _ in range(given.count)]
    engines = {"schakel": own(rules), "zen-engine, compiled expressions": peer(rules), "plain Python": plain(rules)}
    fired = {name: [decide(facts) for facts in people] for name, decide in engines.items()}
    assert len(set(map(tuple, fired.values()))) == 1, "the engines do not fire identically"
    figures: dict[str, Any] = {
        "claim": "decisions a second on twenty rules, at least 30000",
        "people": given.count,
        "facts": len(rules.space.names),
        "constraints": len(rules.space.constraints),
        "firings, the same for all": sum(map(sum, fired["schakel"])),
    }
    for name, decide in engines.items():
        figures[name] = round(rate(decide, people))
    figures["times zen-engine"] = round(figures["schakel"] / figures["zen-engine, compiled expressions"], 1)
    for name, value in figures.items():
        print(f"{name}: {value}")
    print("The claim holds." if figures["schakel"] >= LIMIT else "The claim does NOT hold.")
    keep("decisions", given.seed, figures, write=given.write)


if __name__ == "__main__":
    main()
