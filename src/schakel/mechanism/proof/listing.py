"""What is worth knowing and refutes nothing: old sources, texts not read, open terms, nobody's signature."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from schakel.mechanism.content import Content
from schakel.mechanism.model import FINDER, Duty, Law
from schakel.mechanism.proof.claims import Names
from schakel.mechanism.proof.coverage import swallowed
from schakel.mechanism.proof.holders import ALWAYS_OPEN, NOBODY
from schakel.mechanism.proof.limits import Limits
from schakel.mechanism.proof.prover import Prover
from schakel.mechanism.proof.report import Listed
from schakel.mechanism.proof.sentences import fill
from schakel.mechanism.proof.silence import OthersOnly, others_only
from schakel.mechanism.proof.verdict import joined
from schakel.vocabulary.sources import CERTAINTY, NEEDS_VERIFYING
from schakel.vocabulary.texts import LANGUAGES, Text, text

FORMS: Mapping[str, Text] = {
    kind: text({"nl": nl, "en": en})
    for kind, (nl, en) in {
        "only_others_may_ask": (
            "{duty}: {finders} kan niet zelf vaststellen of dit geldt. Alleen {askers} mag vragen naar {facts}.",
            "{duty}: {finders} cannot find out alone whether this applies. Only {askers} may ask about {facts}.",
        ),
        "swallowed": (
            "{period}: de bekende gaten van dit doel dekken het helemaal, dus er is niets bewezen: {goal}.",
            "{period}: the known gaps of this goal cover all of it, so nothing is proven: {goal}.",
        ),
        "constraint_implied": (
            "De beperking '{constraint}' sluit niets uit wat de andere niet al uitsluiten.",
            "The constraint '{constraint}' excludes nothing that the others do not exclude.",
        ),
        "source_expired": (
            "{law} gold tot en met {day}; {count} teksten die daarna nog gelden, noemen deze bron: {duties}.",
            "{law} was in force until {day}; {count} texts that apply after that cite it: {duties}.",
        ),
        "unread_period": (
            "Niet gelezen, {period}: {words}.",
            "Not read, {period}: {words}.",
        ),
        "unread_version": (
            "Van deze plicht is de tekst van {period} niet gelezen: {duty}.",
            "Of this duty the text of {period} was not read: {duty}.",
        ),
        "unsigned": (
            "{count} van {total} plichten heeft niemand gecontroleerd.",
            "{count} of {total} duties have been checked by nobody.",
        ),
        "open_term": (
            "{duty}: {words}. In te vullen door: {by}.",
            "{duty}: {words}. To be filled in by: {by}.",
        ),
        "certainty": (
            "{count} plichten rusten alleen op bronnen die nog gecontroleerd moeten worden ({code}: {meaning}).",
            "{count} duties rest only on sources that must still be checked ({code}: {meaning}).",
        ),
        "sources_to_check": (
            "{count} bronvermeldingen: {code}, {meaning}.",
            "{count} citations: {code}, {meaning}.",
        ),
        "night_unknown": (
            "{holder}: openingstijden niet bekend, terwijl een doel ook 's nachts gehaald moet worden: {goals}.",
            "{holder}: hours not known, while a goal must be met at night too: {goals}.",
        ),
        "followed_pair": (
            "Volgt uit meer beperkingen samen ({by}): deze twee kunnen niet samen: {words}.",
            "Follows from several constraints together ({by}): these two cannot be together: {words}.",
        ),
    }.items()
}  # fmt: skip


def listed(prover: Prover) -> Iterator[Listed]:
    """Everything to know, kind by kind."""
    content = prover.content
    yield from map(_only_others(content), others_only(prover))
    yield from _swallowed(prover)
    yield from _constraints(prover)
    yield from _expired(content)
    yield from _unread(content)
    yield from _to_check(content)
    yield from _open_terms(content)
    yield from _night(content)


def entry(kind: str, name: str, names: Names, count: int = 1) -> Listed:
    return Listed(kind, name, fill(FORMS[kind], names), count)


def _only_others(content: Content) -> Callable[[OthersOnly], Listed]:
    facts = content.facts
    finder = {value.id: value.text for value in facts[FINDER].values}

    def make(one: OthersOnly) -> Listed:
        names = {
            "duty": one.duty.title,
            "finders": _row([finder[name] for name in one.finders]),
            "facts": _row([facts[name].name for name in one.facts]),
            "askers": _row([finder[name] for name in one.askers]),
        }
        return entry("only_others_may_ask", f"{one.duty.id}: {', '.join(one.facts)}", names, len(one.finders))

    return make


def _row(texts: list[Text]) -> Text:
    return text({lang: ", ".join(one(lang) for one in texts) for lang in LANGUAGES})


def _swallowed(prover: Prover) -> Iterator[Listed]:
    for goal in prover.content.goals.values():
        for period, _ in joined(prover, swallowed(prover, goal)):
            yield entry("swallowed", goal.id, {"goal": goal.title, "period": _span(period.first, period.last)})


def _constraints(prover: Prover) -> Iterator[Listed]:
    limits = Limits(prover)
    for name in limits.implied():
        yield entry("constraint_implied", name, {"constraint": name})
    for pair in limits.joint():
        yield entry("followed_pair", pair.id, pair.names)


def _expired(content: Content) -> Iterator[Listed]:
    """Instruments that ended, with the duties whose text still counts after that day."""
    for law in content.law.values():
        after = [duty.id for duty in content.duties.values() if _cites_after(duty, law)]
        if after and law.period.last:
            names: Names = {
                "law": law.name, "day": law.period.last.isoformat(), "count": str(len(after)),
                "duties": ", ".join(after),
            }  # fmt: skip
            yield entry("source_expired", law.id, names, len(after))


def _cites_after(duty: Duty, law: Law) -> bool:
    """Whether a text of the duty counts on a day on which an instrument it cites has ended."""
    ended = law.period.last
    return ended is not None and any(
        (version.period.last is None or version.period.last > ended)
        and any(source.ref == law.id for source in version.sources)
        for version in duty.versions
    )


def _unread(content: Content) -> Iterator[Listed]:
    for item in content.unread.values():
        said: Names = {"period": _span(item.period.first, item.period.last), "words": item.text}
        yield entry("unread_period", item.id, said)
    for duty in content.duties.values():
        for version in duty.versions:
            if not version.read:
                names: Names = {"duty": duty.title, "period": _span(version.period.first, version.period.last)}
                yield entry("unread_version", duty.id, names)


def _span(first: date | None, last: date | None) -> str:
    return f"{first.isoformat() if first else '…'} – {last.isoformat() if last else '…'}"


def _to_check(content: Content) -> Iterator[Listed]:
    """Nobody's signature, and sources that must still be checked."""
    duties = content.duties.values()
    unsigned = [duty for duty in duties if not duty.checked_by]
    if unsigned:
        yield entry("unsigned", "duties", {"count": str(len(unsigned)), "total": str(len(duties))}, len(unsigned))
    for code in sorted(NEEDS_VERIFYING):
        cited = sum(source.certainty == code for duty in duties for source in duty.sources)
        only = sum(bool(duty.sources) and all(one.certainty == code for one in duty.sources) for duty in duties)
        for kind, count in (("sources_to_check", cited), ("certainty", only)):
            if count:
                yield entry(kind, code, {"count": str(count), "code": code, "meaning": CERTAINTY[code]}, count)


def _open_terms(content: Content) -> Iterator[Listed]:
    for duty in content.duties.values():
        for term in duty.open_terms:
            yield entry("open_term", duty.id, {"duty": duty.title, "words": term.what, "by": term.filled_by})


def _night(content: Content) -> Iterator[Listed]:
    """Holders whose hours nobody knows, of duties that meet a goal which must be met at night too."""
    for organisation in content.organisations.values():
        known = organisation.hours in (ALWAYS_OPEN, "office") or organisation.id in NOBODY
        goals = [] if known else [
            goal.id
            for goal in content.goals.values()
            if goal.at_night and any(
                duty.holder == organisation.id and goal.id in duty.meets for duty in content.duties.values()
            )
        ]  # fmt: skip
        if goals:
            yield entry("night_unknown", organisation.id, {"holder": organisation.name, "goals": ", ".join(goals)})
