"""The sentence of each kind of finding, in Dutch and English."""

from __future__ import annotations

from collections.abc import Mapping

from schakel.mechanism.proof.claims import Names
from schakel.vocabulary.texts import LANGUAGES, Text, text

SENTENCES: Mapping[str, Text] = {
    kind: text({"nl": nl, "en": en})
    for kind, (nl, en) in {
        "uncovered": (
            "Tussen twee stoelen: niemand moet zorgen dat dit gebeurt: {goal}.",
            "Between two chairs: nobody must see to it that: {goal}.",
        ),
        "vacuous": (
            "Dit doel kan in geen enkele situatie aan de orde zijn, dus er is niets bewezen: {goal}.",
            "This goal can come up in no situation, so nothing is proven: {goal}.",
        ),
        "gap_not_needed": (
            "Het bekende gat '{gap}' is niet (meer) nodig: binnen dit gat wordt het doel altijd gehaald: {goal}.",
            "The known gap '{gap}' is not needed (any more): inside it the goal is always met: {goal}.",
        ),
        "gap": (
            "Bekend gat: {gap}. Binnen dit gat wordt niet altijd gehaald: {goal}.",
            "Known gap: {gap}. Inside it is not always met: {goal}.",
        ),
        "gap_outside_goals": (
            "Bekend gat dat geen doel raakt: {gap}.",
            "Known gap that touches no goal: {gap}.",
        ),
        "double_lead": (
            "Twee die allebei de leiding hebben over '{task}' voor dezelfde persoon: {one} en {other}.",
            "Two who both lead '{task}' for the same person: {one} and {other}.",
        ),
        "dead_duty": (
            "Deze plicht kan in geen enkele situatie gelden: {duty}.",
            "This duty can apply in no situation at all: {duty}.",
        ),
        "dead_version": (
            "De tekst vanaf {first} van deze plicht kan in geen enkele situatie gelden: {duty}.",
            "The text from {first} of this duty can apply in no situation at all: {duty}.",
        ),
        "holder_absent": (
            "Deze plicht geldt terwijl {holder} nog niet of niet meer bestaat: {duty}.",
            "This duty applies while {holder} does not exist yet or any more: {duty}.",
        ),
        "order_circle": (
            "De volgorde loopt in een kring: {circle}.",
            "The order goes in a circle: {circle}.",
        ),
        "order_apart": (
            "Deze plicht komt na een plicht die nooit tegelijk kan gelden: {duty} (na: {before}).",
            "This duty comes after one that can never apply together with it: {duty} (after: {before}).",
        ),
        "order_clash": (
            "Volgorde en termijn spreken elkaar tegen: {duty} moet klaar zijn voordat {before} mag beginnen.",
            "Order and term disagree: {duty} must be done before {before} may begin.",
        ),
        "no_start": (
            "De termijn van deze plicht begint bij '{event}', en niemand kan die dag weten: {duty}.",
            "The term of this duty starts at '{event}', and nobody can know that day: {duty}.",
        ),
        "silent": (
            "Stilte: of deze plicht geldt blijft open, en geen toegestane vraag maakt het uit: {duty}. Open: {facts}.",
            "Silence: this duty stays undecided, and no permitted question settles it: {duty}. Open: {facts}.",
        ),
        "impossible": (
            "De beperkingen samen laten geen enkele situatie over.",
            "Together the constraints leave no situation at all.",
        ),
        "lost_situation": (
            "Deze situatie moet mogelijk blijven ('{constraint}') en is het niet: {words}. Uitgesloten door: {by}.",
            "This situation must stay possible by '{constraint}', and is not: {words}. Excluded by: {by}.",
        ),
        "lost_value": (
            "Deze waarde kan door de beperkingen nooit voorkomen: {words}. Uitgesloten door: {by}.",
            "Because of the constraints this value can never occur: {words}. Excluded by: {by}.",
        ),
    }.items()
}  # fmt: skip


def sentence(kind: str, names: Names) -> Text:
    """The sentence of `kind` with its names filled in."""
    return fill(SENTENCES[kind], names)


def fill(form: Text, names: Names) -> Text:
    """`form` with its names filled in, per language."""
    return text(
        {lang: form(lang).format_map({key: said(name, lang) for key, name in names.items()}) for lang in LANGUAGES}
    )


def said(name: Text | str, lang: str) -> str:
    return (name if isinstance(name, str) else name(lang)).rstrip(".")
