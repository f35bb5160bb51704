"""Why, in a sentence: each outcome says which facts settle it, with its source."""

from __future__ import annotations

from functools import lru_cache

from schakel.mechanism.assess import DutyOutcome, PersonView
from schakel.mechanism.content import Content
from schakel.mechanism.edition import NOT_YET, Edition
from schakel.rules.conditions import All, Condition, Is
from schakel.rules.outcome import APPLIES, MAY_APPLY
from schakel.rules.space import Masks
from schakel.vocabulary.facts import YES, Fact, fact_of
from schakel.vocabulary.sources import NEEDS_VERIFYING, Source
from schakel.vocabulary.texts import Text, text

WORDS = {
    "and": text({"nl": "en", "en": "and"}),
    "or": text({"nl": "of", "en": "or"}),
    "always": text({"nl": "Geldt altijd.", "en": "Always applies."}),
    "applies": text({"nl": "Geldt, want {why}.", "en": "Applies, because {why}."}),
    "may": text({"nl": "Kan gelden: dat hangt af van {why}.", "en": "May apply: that depends on {why}."}),
    "not": text({"nl": "Geldt niet, want {why}.", "en": "Does not apply, because {why}."}),
    "unread": text({
        "nl": "Of dit geldt is niet te zeggen: de tekst van deze periode is niet gelezen.",
        "en": "Whether this applies cannot be said: the text of this period was not read.",
    }),
    "never": text({"nl": "Geldt niet op deze datum.", "en": "Does not apply on this date."}),
    "negated": text({"nl": "niet waar is dat {phrase}", "en": "it is not so that {phrase}"}),
    "dated": text({
        "nl": "{event} ligt in het tijdvak vanaf {days}", "en": "{event} lies in the stretch of time from {days}",
    }),
    "not_yet": text({"nl": "{event} is er nog niet", "en": "{event} has not come yet"}),
    "caution": text({
        "nl": "Dit sluit bescherming uit op een tekst die nog gecontroleerd moet worden. Vraag eerst een advocaat.",
        "en": "This rules out protection on a text that must still be checked. Ask a lawyer first.",
    }),
}  # fmt: skip
SHOWN = 4
MOST_VALUES = 3


def because(outcome: DutyOutcome, lang: str) -> str:
    """One sentence that says why the duty applies, may apply or does not apply."""
    view = outcome.view
    if outcome.unread:
        return WORDS["unread"](lang)
    if outcome.status == MAY_APPLY:
        return depends_on(view.content, outcome.hangs_on, lang)
    if outcome.status == APPLIES:
        phrases = [phrase(view, name, lang) for name in telling(view, outcome.reasons)]
        return WORDS["applies"](lang).format(why=listed(phrases, lang)) if phrases else WORDS["always"](lang)
    phrases = [phrase(view, name, lang) for name in telling(view, outcome.reasons)]
    return WORDS["not"](lang).format(why=listed(phrases, lang)) if phrases else WORDS["never"](lang)


@lru_cache(maxsize=20_000)
def depends_on(content: Content, facts: tuple[str, ...], lang: str) -> str:
    """The sentence for an undecided duty that hangs on these facts."""
    return WORDS["may"](lang).format(why=listed([content.facts[name].name(lang) for name in facts], lang))


def telling(view: PersonView, components: tuple[str, ...]) -> tuple[str, ...]:
    """The components that tell something: what is only background is left out where more is known."""
    background = view.content.facts.background
    return tuple(name for name in components if name not in background) or components[:1]


def phrase(view: PersonView, component: str, lang: str) -> str:
    """What is known of one component, as a clause."""
    return clause(view.content, view.edition, view.masks, component, lang)


def clause(content: Content, edition: Edition, masks: Masks, component: str, lang: str) -> str:
    """The clause for the values that `masks` leaves to a component."""
    values = edition.space.values(component, masks[edition.space.index[component]])
    return clause_of(content, component, values, lang)


@lru_cache(maxsize=20_000)
def clause_of(content: Content, component: str, values: tuple[str, ...], lang: str) -> str:
    """The clause for a component that has one of `values`; of many values it says which ones it is not."""
    fact = content.facts[fact_of(component)]
    if fact.kind == "many":
        said = fact.value(component.partition(".")[2]).phrase(lang)
        if len(values) > 1:
            return fact.name(lang)
        return said if values[0] == YES else WORDS["negated"](lang).format(phrase=said)
    if fact.kind == "date":
        happened = [value for value in values if value != NOT_YET]
        said = WORDS["dated" if happened else "not_yet"](lang)
        return said.format(event=fact.name(lang), days=f" {WORDS['or'](lang)} ".join(happened))
    others = tuple(value for value in fact.value_ids if value not in values)
    if len(values) > 2 and 0 < len(others) <= 2:
        return WORDS["negated"](lang).format(phrase=_any_of(fact, others, lang))
    return _any_of(fact, values, lang)


def _any_of(fact: Fact, values: tuple[str, ...], lang: str) -> str:
    shown = [fact.value(value).phrase(lang) for value in values[:MOST_VALUES]]
    rest = len(values) - len(shown)
    more = [{"nl": f"nog {rest} mogelijkheden", "en": f"{rest} other possibilities"}[lang]] if rest else []
    return f" {WORDS['or'](lang)} ".join([*shown, *more])


def condition_sentence(content: Content, condition: Condition, lang: str) -> str:
    """A whole condition as text: what a jurist reads beside the rule."""
    if isinstance(condition, Is):
        values = tuple(value for value in condition.values)
        fact = content.facts[fact_of(condition.fact)]
        if fact.kind != "choice":
            return clause_of(content, condition.fact, values, lang)
        return f" {WORDS['or'](lang)} ".join(
            fact.value(value).phrase(lang) for value in fact.value_ids if value in values
        )
    if not condition.parts:
        return WORDS["always"](lang).rstrip(".") if isinstance(condition, All) else WORDS["never"](lang).rstrip(".")
    word = WORDS["and" if isinstance(condition, All) else "or"](lang)
    parts = [condition_sentence(content, part, lang) for part in condition.parts]
    several = [not isinstance(child, Is) or len(child.values) > 1 for child in condition.parts]
    inner = [f"({part})" if loose else part for part, loose in zip(parts, several, strict=True)]
    return f" {word} ".join(inner)


def caution(outcome: DutyOutcome, lang: str) -> str:
    """The warning beside a protective duty ruled out on nothing surer than a text to be checked; else ''."""
    sources = (outcome.version or outcome.duty).sources
    weak = all(source.certainty in NEEDS_VERIFYING for source in sources)
    ruled_out = outcome.status not in (APPLIES, MAY_APPLY)
    return WORDS["caution"](lang) if ruled_out and weak and outcome.duty.protective else ""


def cited(content: Content, source: Source, lang: str) -> str:
    """A source as a short citation: the instrument and the place in it."""
    law = content.law.get(source.ref)
    name = law.name(lang) if law else source.ref
    return f"{name}, {source.at}" if source.at else name


def listed(items: list[str], lang: str) -> str:
    """'a, b and c'; items beyond a handful are counted, not shown."""
    shown = list(dict.fromkeys(items))
    if len(shown) > SHOWN:
        rest = len(shown) - SHOWN + 1
        more = {"nl": f"nog {rest} dingen", "en": f"{rest} more things"}
        shown = [*shown[: SHOWN - 1], more.get(lang, more["en"])]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {WORDS['and'](lang)} {shown[-1]}"


def plain_text(value: Text | None, lang: str) -> str:
    return value(lang) if value else ""
