"""What this room says when a specification, data or a release directory cannot be used, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from schakel.vocabulary.errors import BadInput, refused

Pair = tuple[str, str]

REFUSALS: Final[Mapping[str, Mapping[str, Pair]]] = {
    "no-key": {
        "en": ("'{name}' is missing", "Add '{name}:'"),
        "nl": ("'{name}' ontbreekt", "Voeg '{name}:' toe"),
    },
    "unknown-key": {
        "en": ("'{name}' is not known here", "Use {allowed}"),
        "nl": ("'{name}' is hier niet bekend", "Gebruik {allowed}"),
    },
    "not-a-choice": {
        "en": ("'{value}' cannot be chosen for '{name}'", "Use {allowed}"),
        "nl": ("'{value}' kan niet bij '{name}'", "Gebruik {allowed}"),
    },
    "not-a-number": {
        "en": ("'{name}' must be a whole number of {least} or more", "Correct it"),
        "nl": ("'{name}' moet een geheel getal van {least} of meer zijn", "Verbeter het"),
    },
    "not-a-list": {
        "en": ("'{name}' must be a list that is not empty", "Write one item a line, each with '- '"),
        "nl": ("'{name}' moet een lijst zijn die niet leeg is", "Schrijf op elke regel één ding, met '- '"),
    },
    "twice": {
        "en": ("'{name}' stands twice", "Give each its own name"),
        "nl": ("'{name}' staat er twee keer", "Geef elk een eigen naam"),
    },
    "no-variable": {
        "en": ("there is no variable '{name}'", "The data have {allowed}"),
        "nl": ("er is geen variabele '{name}'", "De gegevens hebben {allowed}"),
    },
    "no-table": {
        "en": ("there is no table '{name}' in this release", "It has {allowed}"),
        "nl": ("er is geen tabel '{name}' in deze publicatie", "Die heeft {allowed}"),
    },
    "unknown-category": {
        "en": ("'{value}' is no category of '{name}'", "Add it to the list of '{name}', or correct the data"),
        "nl": (
            "'{value}' is geen categorie van '{name}'",
            "Zet hem in de lijst van '{name}', of verbeter de gegevens",
        ),
    },
    "not-nested": {
        "en": (
            "the groups '{first}' and '{second}' of '{name}' overlap and neither holds the other",
            "Make one part of the other, or take the shared categories out of one",
        ),
        "nl": (
            "de groepen '{first}' en '{second}' van '{name}' overlappen zonder dat de een de ander bevat",
            "Maak de een deel van de ander, of haal de gedeelde categorieën uit een van beide",
        ),
    },
    "not-a-count": {
        "en": ("'{value}' in column '{name}' is no count", "Counts are whole numbers from 0 to a billion"),
        "nl": ("'{value}' in kolom '{name}' is geen telling", "Tellingen zijn gehele getallen van 0 tot een miljard"),
    },
    "empty": {
        "en": ("there is nobody in the data: an empty table says nothing and is not published", "Check the file"),
        "nl": (
            "er staat niemand in de gegevens: een lege tabel zegt niets en wordt niet gepubliceerd",
            "Controleer het bestand",
        ),
    },
    "missing-totals": {
        "en": (
            "the data have totals, but {count} are missing, such as {name}",
            "Give every total, or none: then they are counted here",
        ),
        "nl": (
            "de gegevens hebben totalen, maar {count} ontbreken, zoals {name}",
            "Geef alle totalen, of geen: dan worden ze hier geteld",
        ),
    },
    "wrong-total": {
        "en": ("the total {name} is {value}, but its parts add up to {sum}", "Correct the data"),
        "nl": ("het totaal {name} is {value}, maar de delen zijn samen {sum}", "Verbeter de gegevens"),
    },
    "overlapping-periods": {
        "en": (
            (
                "the earlier release '{name}' covers a period that overlaps this one in part: what the two tell "
                "together cannot be attacked"
            ),
            "Name the variable that tells the periods apart ('period_variable'), or use data that cover both",
        ),
        "nl": (
            (
                "de eerdere publicatie '{name}' heeft een periode die deze gedeeltelijk overlapt: wat de twee "
                "samen vertellen kan niet worden aangevallen"
            ),
            "Noem de variabele die de perioden scheidt ('period_variable'), of gebruik gegevens over beide",
        ),
    },
    "not-a-period": {
        "en": ("the period ends before it begins", "Write 'from' and 'to' as days, the earliest first"),
        "nl": ("de periode eindigt voor zij begint", "Schrijf 'from' en 'to' als dagen, de vroegste eerst"),
    },
    "too-much-detail": {
        "en": (
            (
                "table '{name}' asks for {count} cells for {people} people, more than can be protected and still "
                "mean something (at most {most})"
            ),
            "{instead}",
        ),
        "nl": (
            (
                "tabel '{name}' vraagt {count} cellen voor {people} mensen, meer dan er beschermd kunnen worden "
                "en nog iets zeggen (ten hoogste {most})"
            ),
            "{instead}",
        ),
    },
    "no-data-format": {
        "en": ("'{name}' is neither CSV nor Parquet", "Give a file that ends in .csv, .csv.gz or .parquet"),
        "nl": ("'{name}' is geen CSV en geen Parquet", "Geef een bestand dat eindigt op .csv, .csv.gz of .parquet"),
    },
    "unreadable-data": {
        "en": ("'{name}' cannot be read as a table: {problem}", "Save it again as CSV (UTF-8, commas) or Parquet"),
        "nl": (
            "'{name}' is niet als tabel te lezen: {problem}",
            "Sla het opnieuw op als CSV (UTF-8, komma's) of Parquet",
        ),
    },
    "no-release": {
        "en": (
            "'{name}' is no release directory: '{problem}' is missing or cannot be read",
            "Name a folder that 'schakel protect' made",
        ),
        "nl": (
            "'{name}' is geen map met een publicatie: '{problem}' ontbreekt of is niet te lezen",
            "Noem een map die 'schakel protect' maakte",
        ),
    },
    "other-columns": {
        "en": ("'{name}' is no release directory: its cells.csv has other columns", "Take it as it was given out"),
        "nl": ("'{name}' is geen map met een publicatie: cells.csv heeft andere kolommen", "Neem haar zoals gegeven"),
    },
    "unreadable-line": {
        "en": ("line {line} of cells.csv of '{name}' cannot be read", "Take the folder as it was given out"),
        "nl": ("regel {line} van cells.csv van '{name}' is niet te lezen", "Neem de map zoals zij is gegeven"),
    },
    "not-as-sealed": {
        "en": (
            "'{name}' is not the release that was sealed, and is refused; changed: {problem}",
            "Take the folder as it was given out; 'schakel audit' tells what does not fit",
        ),
        "nl": (
            "'{name}' is niet de uitgave die is verzegeld, en wordt geweigerd; veranderd: {problem}",
            "Neem de map zoals zij is gegeven; 'schakel audit' zegt wat er niet past",
        ),
    },
    "no-records": {
        "en": (
            "'{name}' is no note of synthetic records that promises a number of holders",
            "Name a CSV that 'schakel synthesise' made, with its note beside it",
        ),
        "nl": (
            "'{name}' is geen notitie van synthetische records die een aantal dragers belooft",
            "Noem een CSV die 'schakel synthesise' maakte, met de notitie ernaast",
        ),
    },
    "truth-needed": {
        "en": ("records can only be attacked with the true data beside them", "Give these with --truth"),
        "nl": ("records zijn alleen aan te vallen met de ware gegevens ernaast", "Geef die met --truth"),
    },
    "single-year": {
        "en": (
            "the data hold one year ({value}), and records of a single year are not given out",
            "Pool several years; or say --single-year, which the note then tells",
        ),
        "nl": (
            "de gegevens beslaan één jaar ({value}), en records van één jaar worden niet gegeven",
            "Voeg jaren samen; of zeg --single-year, wat de notitie dan vertelt",
        ),
    },
    "which-year": {
        "en": (
            "no column tells the year, so it cannot be seen that years are pooled",
            "Name it with --year; or say --single-year",
        ),
        "nl": (
            "geen kolom noemt het jaar, dus is niet te zien dat jaren zijn samengevoegd",
            "Noem hem met --year; of zeg --single-year",
        ),
    },
    "nobody-left": {
        "en": ("no combination has {value} holders: nothing can be made", "Use more data, or a smaller k"),
        "nl": (
            "geen combinatie heeft {value} dragers: er kan niets worden gemaakt",
            "Gebruik meer gegevens, of een kleinere k",
        ),
    },
    "not-a-budget": {
        "en": ("'{value}' is no privacy budget", "Give a number above 0, such as 1"),
        "nl": ("'{value}' is geen privacybudget", "Geef een getal boven 0, zoals 1"),
    },
    "short-key": {
        "en": ("the key has fewer than {least} bytes", "Make one with a random generator and keep it secret"),
        "nl": ("de sleutel heeft minder dan {least} bytes", "Maak er een met een toevalsgenerator en houd hem geheim"),
    },
    "no-public-key": {
        "en": ("'{name}' holds no public key of the kind that looks at seals", "Give the file that 'schakel key' made"),
        "nl": (
            "'{name}' bevat geen openbare sleutel van het soort dat zegels bekijkt",
            "Geef het bestand dat 'schakel key' maakte",
        ),
    },
    "public-as-secret": {
        "en": ("this is a public key, and everybody has it", "Give the secret that 'schakel key' made"),
        "nl": ("dit is een openbare sleutel, en die heeft iedereen", "Geef het geheim dat 'schakel key' maakte"),
    },
    "secret-inside": {
        "en": ("the secret '{name}' would stand among what is published", "Keep it in another folder"),
        "nl": ("het geheim '{name}' zou staan tussen wat wordt gepubliceerd", "Bewaar het in een andere map"),
    },
    "seal-unseen": {
        "en": (
            "'{name}' is sealed with a key, and without it the seal cannot be looked at",
            "Give the public key of who sealed it (--key)",
        ),
        "nl": (
            "'{name}' is met een sleutel verzegeld, en zonder die is het zegel niet te bekijken",
            "Geef de openbare sleutel van wie verzegelde (--key)",
        ),
    },
    "beside": {
        "en": ("'{name}' cannot be worked out: {problem}", "Correct that entry of 'beside'"),
        "nl": ("'{name}' is niet uit te rekenen: {problem}", "Verbeter dat onderdeel van 'beside'"),
    },
}  # fmt: skip


def refusal(message: str, where: str = "", **words: object) -> BadInput:
    """A `BadInput` of this room, from the list above."""
    return refused(REFUSALS[message]["en"], REFUSALS[message]["nl"], where, **words)
