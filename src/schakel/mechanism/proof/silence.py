"""No silence: a protective duty that is undecided always leaves a question that somebody may ask and that settles it.

Two situations that agree on the finder and on every fact that may be asked, and yet differ about the
duty, are a silence: when all those questions have been answered the duty is still undecided. A fact
may be asked when everyone may, or when at least one kind of finder may whose organisation exists on
that day. For the finder's own duties the finder's own questions are looked at too; where these do
not settle the duty, but somebody else's do, that is listed: only they may ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from schakel.mechanism.asking import CHILD_MAY_BE_ASKED, OF_THE_PERSON, SPECIALISTS
from schakel.mechanism.edition import Edition
from schakel.mechanism.model import FINDER, Duty
from schakel.mechanism.proof.claims import EVERYTHING, Scope
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.replay import Unconfirmed, masks_in, outcome
from schakel.mechanism.proof.told import Cube, Told, condition_of, document, told_of
from schakel.rules.conditions import Condition, Is, both, negate, support
from schakel.rules.outcome import MAY_APPLY
from schakel.vocabulary.facts import EVERYONE, Fact, fact_of

COPIES = (0, 1)
CERTAINLY_ADULT = both(Is("age", frozenset({"adult"})), Is("age_doubt", frozenset({"none"})))
"""Where the engine holds that a child can no longer be concerned; see `asking.permitted`."""


@dataclass(frozen=True, eq=False)
class Silent:
    """A duty that stays undecided in `cube`, whatever is asked, because of `facts`."""

    duty: Duty
    edition: Edition
    cube: Cube
    facts: tuple[str, ...]


@dataclass(frozen=True)
class OthersOnly:
    """The finders who cannot settle their own duty themselves, the facts it hangs on, and who may ask those."""

    duty: Duty
    finders: tuple[str, ...]
    facts: tuple[str, ...]
    askers: tuple[str, ...]


def watched(prover: Prover, scope: Scope = EVERYTHING) -> Iterator[Duty]:
    """The duties that may not stay undecided: those that protect, and those that meet a goal."""
    for duty in prover.content.duties.values():
        if (duty.protective or duty.meets) and ("duty", duty.id) in scope:
            yield duty


def is_silent(prover: Prover, duty: Duty, edition: Edition) -> bool:
    """Whether the duty can stay undecided when every question that anybody may ask has been answered."""
    return _differ(prover, edition, edition.conditions[duty.id], askable(edition))


@lru_cache(maxsize=256)
def askable(edition: Edition) -> frozenset[str]:
    """The components that may be asked on the days of the edition, the finder among them."""
    content = edition.content
    there = {
        value.id
        for value in content.facts[FINDER].values
        if (own := content.organisations.get(value.organisation)) and own.existed(edition.day)
    }
    return _components(edition, lambda fact: EVERYONE in fact.asking.by or bool(fact.asking.by & there))


@lru_cache(maxsize=1024)
def asked_by(edition: Edition, finder: str, adult: bool) -> frozenset[str]:
    """The components that one finder may ask, with the meaning of `asking.permitted`."""
    lay = finder not in SPECIALISTS

    def may(fact: Fact) -> bool:
        sensitive = fact.asking.of in OF_THE_PERSON and fact.id not in CHILD_MAY_BE_ASKED
        return fact.asking.allows(finder) and not (not adult and lay and sensitive)

    return _components(edition, may)


def _components(edition: Edition, may: Callable[[Fact], bool]) -> frozenset[str]:
    facts = edition.content.facts
    return frozenset(name for name in edition.space.names if (fact := facts[fact_of(name)]).id == FINDER or may(fact))


def _differ(prover: Prover, edition: Edition, duty: Condition, agreed: frozenset[str], *more: Condition) -> bool:
    """Whether two situations that agree on `agreed` can differ about the duty."""
    if support(duty) <= agreed:
        return False
    return prover.circuit.possible(_query(prover, edition, duty, agreed, *more))


def _query(prover: Prover, edition: Edition, duty: Condition, agreed: frozenset[str], *more: Condition) -> list[int]:
    circuit = prover.circuit
    literals = [prover.literal(duty, 0), -prover.literal(duty, 1), circuit.agree(agreed)]
    literals += [prover.literal(condition) for condition in more]
    return prover.frame(edition, literals, COPIES)


def silent_editions(prover: Prover, duty: Duty) -> tuple[Edition, ...]:
    """The editions in which the duty can stay undecided."""
    return tuple(edition for edition in prover.editions if is_silent(prover, duty, edition))


def shown(prover: Prover, duty: Duty, edition: Edition) -> Silent:
    """A silence: what was answered, shortened by asking the engine, and the facts that stay open.

    Raises `Unconfirmed` when the engine can settle the duty, or knows a question that may be asked.
    """
    condition, answered = edition.conditions[duty.id], askable(edition)
    one, _ = prover.circuit.models(_query(prover, edition, condition, answered), COPIES)
    cube = tuple(told for told in told_of(prover.content, one) if _components_of(prover, told) <= answered)
    if not _stays_open(prover, duty, edition, cube):
        raise Unconfirmed(f"silent {duty.id}: the engine can settle {document(prover.content, edition.day, cube)}")
    for told in cube:
        fewer = tuple(other for other in cube if other is not told)
        cube = fewer if _stays_open(prover, duty, edition, fewer) else cube
    hanging = outcome(edition, masks_in(prover.content, edition, cube), condition).hangs_on
    return Silent(duty, edition, cube, tuple(sorted({fact_of(name) for name in hanging})))


def _stays_open(prover: Prover, duty: Duty, edition: Edition, cube: Cube) -> bool:
    """Whether, for the engine, the duty is undecided and hangs only on facts that nobody may ask."""
    found = outcome(edition, masks_in(prover.content, edition, cube), edition.conditions[duty.id])
    return found.status == MAY_APPLY and not found.hangs_on & askable(edition)


def _components_of(prover: Prover, told: Told) -> frozenset[str]:
    return support(condition_of(prover.content, told))


def _grown(
    prover: Prover, edition: Edition, duty: Condition, agreed: frozenset[str], *more: Condition
) -> frozenset[str]:
    """`agreed` with every further component on which the two situations need not differ."""
    for name in edition.space.names:
        wider = agreed | {name}
        if name not in agreed and prover.circuit.possible(_query(prover, edition, duty, wider, *more)):
            agreed = wider
    return agreed


def others_only(prover: Prover) -> Iterator[OthersOnly]:
    """For each duty of the finder: the finders who cannot settle it, in the last edition in which they cannot."""
    for duty in watched(prover):
        if duty.holder == FINDER:
            yield from _others_only(prover, duty)


def _others_only(prover: Prover, duty: Duty) -> Iterator[OthersOnly]:
    finders: dict[str, tuple[frozenset[str], bool]] = {}
    for edition in reversed(prover.editions):
        for value in prover.content.facts[FINDER].values:
            found = finders.get(value.id) or _open_for(prover, duty, edition, value.id)
            if found:
                finders[value.id] = found
    for group in dict.fromkeys(finders.values()):
        who = tuple(name for name, found in finders.items() if found == group)
        yield OthersOnly(duty, who, tuple(sorted(map(fact_of, group[0]))), _askers(prover.editions[-1], *group))


def _open_for(prover: Prover, duty: Duty, edition: Edition, finder: str) -> tuple[frozenset[str], bool] | None:
    """The components on which the duty keeps hanging for one finder, and whether with an adult; None where none."""
    condition = edition.conditions[duty.id]
    here = Is(FINDER, frozenset({finder}))
    for adult, case in _cases(edition):
        agreed = asked_by(edition, finder, adult)
        if _differ(prover, edition, condition, agreed, here, case):
            grown = _grown(prover, edition, condition, agreed, here, case)
            return support(condition) - grown, adult
    return None


def _askers(edition: Edition, wanted: frozenset[str], adult: bool) -> tuple[str, ...]:
    """The finders who may ask for all of `wanted`."""
    finders = edition.content.facts[FINDER].values
    return tuple(value.id for value in finders if wanted <= asked_by(edition, value.id, adult))


def _cases(edition: Edition) -> list[tuple[bool, Condition]]:
    """Certainly an adult, and possibly a child: a lay finder may ask a child less."""
    if not support(CERTAINLY_ADULT) <= set(edition.space.names):
        return [(True, both())]
    return [(True, CERTAINLY_ADULT), (False, negate(CERTAINLY_ADULT, edition.space.domains))]
