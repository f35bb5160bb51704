"""Evidence in words: what each comparison is called and what each of its levels says, in English and Dutch."""

from __future__ import annotations

from typing import Final

COMPARISONS: Final[dict[str, dict[str, str]]] = {
    "given_names": {"en": "given names", "nl": "voornamen"},
    "surname": {"en": "surname", "nl": "achternaam"},
    "birth_date": {"en": "birth date", "nl": "geboortedatum"},
    "sex": {"en": "sex", "nl": "geslacht"},
    "nationality": {"en": "nationality", "nl": "nationaliteit"},
    "municipality": {"en": "municipality", "nl": "gemeente"},
    "registered": {"en": "day of registration", "nl": "dag van registratie"},
    "number": {"en": "national number", "nl": "persoonsnummer"},
}
LEVELS: Final[dict[str, dict[str, str]]] = {
    "missing": {"en": "not known on one side", "nl": "aan één kant niet bekend"},
    "equal": {"en": "the same", "nl": "gelijk"},
    "whole": {"en": "all of them the same", "nl": "allemaal gelijk"},
    "first-only": {"en": "the first the same, the further ones not", "nl": "de eerste gelijk, de verdere niet"},
    "days-apart": {"en": "at most a week apart", "nl": "hooguit een week ertussen"},
    "weeks-apart": {"en": "at most a month apart", "nl": "hooguit een maand ertussen"},
    "months-apart": {"en": "at most half a year apart", "nl": "hooguit een half jaar ertussen"},
    "year-apart": {"en": "at most a year apart", "nl": "hooguit een jaar ertussen"},
    "crossed": {"en": "given name and surname have changed places", "nl": "voor- en achternaam zijn verwisseld"},
    "order": {"en": "the same words in another order", "nl": "dezelfde woorden in een andere volgorde"},
    "crossed-sound": {"en": "given name and surname sound as if they have changed places",
                      "nl": "voor- en achternaam klinken alsof ze zijn verwisseld"},
    "initial": {"en": "an initial that fits", "nl": "een voorletter die past"},
    "sound": {"en": "sounds the same", "nl": "klinkt hetzelfde"},
    "similar": {"en": "nearly the same letters", "nl": "bijna dezelfde letters"},
    "alias": {"en": "one of the further names or aliases is the same", "nl": "een andere voornaam of alias is gelijk"},
    "part": {"en": "a part of the name is the same", "nl": "een deel van de naam is gelijk"},
    "alike": {"en": "somewhat alike", "nl": "lijkt er enigszins op"},
    "turned": {"en": "day and month have changed places", "nl": "dag en maand zijn verwisseld"},
    "one-digit": {"en": "one sign differs", "nl": "één teken verschilt"},
    "two-digits": {"en": "two signs differ", "nl": "twee tekens verschillen"},
    "year-only": {"en": "the same year; the day is not known on one side",
                  "nl": "hetzelfde jaar; de dag is aan één kant niet bekend"},
    "about": {"en": "at most a year apart; the day is not known on one side",
              "nl": "hooguit een jaar verschil; de dag is aan één kant niet bekend"},
    "roughly": {"en": "at most five years apart, by an estimated age",
                "nl": "hooguit vijf jaar verschil, naar een geschatte leeftijd"},
    "other-year": {"en": "the same day and month of another year", "nl": "dezelfde dag en maand van een ander jaar"},
    "same-year": {"en": "the same year, another day", "nl": "hetzelfde jaar, een andere dag"},
    "rest": {"en": "different", "nl": "verschillend"},
}  # fmt: skip
VALUES: Final[dict[str, dict[str, str]]] = {
    "male": {"en": "male", "nl": "man"},
    "female": {"en": "female", "nl": "vrouw"},
    "other": {"en": "other", "nl": "anders"},
}
"""What `prepare` makes of the ways to write a sex."""
DAYS: Final = {"en": "{year}-{month}-{day}", "nl": "{day}-{month}-{year}"}
SAID: Final[dict[str, dict[str, str]]] = {
    "head": {
        "en": "Registrations {record} and {other}: {verdict} (probability {probability}).",
        "nl": "Registraties {record} en {other}: {verdict} (kans {probability}).",
    },
    "same": {"en": "taken for one person", "nl": "aangezien voor één persoon"},
    "apart": {"en": "not taken for one person", "nl": "niet aangezien voor één persoon"},
    "before": {
        "en": "before looking: any two registrations are rarely one person",
        "nl": "vooraf: twee willekeurige registraties zijn zelden één persoon",
    },
    "rare": {"en": "a rare value", "nl": "een zeldzame waarde"},
    "common": {"en": "a common value", "nl": "een veelvoorkomende waarde"},
    "for": {"en": "speaks for", "nl": "pleit ervoor"},
    "against": {"en": "speaks against", "nl": "pleit ertegen"},
    "neutral": {"en": "says nothing", "nl": "zegt niets"},
    "internal": {
        "en": "Internal: this holds personal data.",
        "nl": "Intern: hier staan persoonsgegevens in.",
    },
    "title": {"en": "What makes registrations {record} and {other} one person, or not",
              "nl": "Wat van registraties {record} en {other} één persoon maakt, of niet"},
    "axis": {"en": "weight (factors of two)", "nl": "gewicht (factoren van twee)"},
}  # fmt: skip


def comparison_in(name: str, lang: str) -> str:
    """What a comparison is called; a column of the user's keeps its own name."""
    return COMPARISONS.get(name, {}).get(lang, name.removeprefix("x_").removeprefix("t_"))


def level_in(name: str, lang: str) -> str:
    return LEVELS[name][lang]


def value_in(comparison: str, value: str, lang: str) -> str:
    """A value as the language writes it: a day, a sex; what is not known is a question mark."""
    if comparison == "sex":
        value = VALUES.get(value, {}).get(lang, value)
    if comparison in ("birth_date", "registered") and value.count("-") == 2:
        year, month, day = value.split("-")
        value = DAYS[lang].format(year=year, month=month, day=day)
    return value or "?"


def fraction_in(written: str, lang: str) -> str:
    """A number with decimals and no thousands, as the language writes it."""
    return written.replace(".", ",") if lang == "nl" else written
