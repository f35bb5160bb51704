"""What is said of parameters that make no country, and of a folder that is not empty; in English and in Dutch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from schakel.vocabulary import errors
from schakel.vocabulary.errors import BadInput

Pair = tuple[str, str]
MESSAGES: Final[Mapping[str, tuple[Pair, Pair]]] = {
    "people": (
        ("there must be between 1 and 20,000,000 people", "Give a whole number of people"),
        ("er moeten tussen 1 en 20.000.000 mensen zijn", "Geef een geheel aantal mensen"),
    ),
    "years": (
        ("the years must run forward and lie between 1950 and 2100, at most fifty of them", "Write them as 2016-2024"),
        ("de jaren moeten oplopen en tussen 1950 en 2100 liggen, hooguit vijftig", "Schrijf ze als 2016-2024"),
    ),
    "seed": (
        ("the seed is '{value}', and it must be a whole number of at least 0", "Give a seed such as 7"),
        ("het beginpunt (seed) is '{value}', en het moet een geheel getal vanaf 0 zijn", "Geef bijvoorbeeld 7"),
    ),
    "chance": (
        ("'{name}' is {value}, and a chance or share lies between 0 and 1", "Give a number from 0 to 1"),
        ("'{name}' is {value}, en een kans of aandeel ligt tussen 0 en 1", "Geef een getal van 0 tot en met 1"),
    ),
    "negative": (
        ("'{name}' is {value}, and it cannot be negative or without a value", "Give a number of at least 0"),
        ("'{name}' is {value}, en dat kan niet negatief of zonder waarde zijn", "Geef een getal van minstens 0"),
    ),
    "lists": (
        ("there must be one to sixty-two lists, each with a name of its own", "Give every reporter another name"),
        ("er moeten één tot tweeënzestig lijsten zijn, elk met een eigen naam", "Geef elke melder een andere naam"),
    ),
    "dependence": (
        ("the dependence of '{name}' names no earlier and later list, or no kind",
         "Name two lists in their order, and 'referral' or 'substitution'"),
        ("de afhankelijkheid van '{name}' noemt geen eerdere en latere lijst, of geen soort",
         "Noem twee lijsten in hun volgorde, en 'referral' of 'substitution'"),
    ),
    "shares": (
        ("the shares of '{name}' do not add up to 1", "Make them add up to 1"),
        ("de aandelen van '{name}' tellen niet op tot 1", "Laat ze optellen tot 1"),
    ),
    "name": (
        ("'{name}' at '{place}' is no group, form, age group, sex or kind of name of this country",
         "Use a name that the country has, or add it there first"),
        ("'{name}' bij '{place}' is geen groep, vorm, leeftijdsgroep, sekse of soort naam van dit land",
         "Gebruik een naam die het land kent, of voeg die eerst toe"),
    ),
    "not-empty": (
        ("the folder '{name}' is not empty", "Name a new or empty folder: nothing is overwritten"),
        ("de map '{name}' is niet leeg", "Noem een nieuwe of lege map: er wordt niets overschreven"),
    ),
    "no-folder": (
        ("the folder '{name}' cannot be written in", "Name a folder that you may write in"),
        ("in de map '{name}' kan niet geschreven worden", "Noem een map waarin u mag schrijven"),
    ),
}  # fmt: skip


def refused(message: str, where: str = "", **words: object) -> BadInput:
    """A `BadInput` of this room, from the list above."""
    english, dutch = MESSAGES[message]
    return errors.refused(english, dutch, where, **words)
