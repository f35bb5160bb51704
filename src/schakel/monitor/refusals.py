"""What this room says when figures, an extract, a series or a release cannot be used, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from schakel.vocabulary.errors import BadInput, refused

Pair = tuple[str, str]

REFUSALS: Final[Mapping[str, Mapping[str, Pair]]] = {
    "unknown-code": {
        "en": ("'{value}' is no code of '{name}'", "Use {allowed}; or say with which code it goes"),
        "nl": ("'{value}' is geen code van '{name}'", "Gebruik {allowed}; of zeg bij welke code het hoort"),
    },
    "no-figure": {
        "en": ("there is no figure '{value}'", "Use {allowed}"),
        "nl": ("er is geen cijfer '{value}'", "Gebruik {allowed}"),
    },
    "no-sql": {
        "en": ("the figure '{name}' has no SQL text", "Add figures/{name}.sql"),
        "nl": ("het cijfer '{name}' heeft geen SQL-tekst", "Voeg figures/{name}.sql toe"),
    },
    "wrong-sql": {
        "en": ("the SQL of '{name}' does not give the columns {allowed}", "Correct the text or the definition"),
        "nl": ("de SQL van '{name}' geeft niet de kolommen {allowed}", "Verbeter de tekst of de definitie"),
    },
    "empty": {
        "en": ("there is no registration in the years asked for", "Choose years that the data have"),
        "nl": ("er is geen registratie in de gevraagde jaren", "Kies jaren die in de gegevens staan"),
    },
    "not-linked": {
        "en": ("{count} registrations with an identity have no person", "Link the lists first: schakel link"),
        "nl": ("{count} registraties met identiteit hebben geen persoon", "Koppel eerst de lijsten: schakel link"),
    },
    "no-clusters": {
        "en": ("nothing says which registrations are about one person", "Give --clusters, made by schakel link"),
        "nl": ("niets zegt welke registraties over één persoon gaan", "Geef --clusters, gemaakt door schakel link"),
    },
    "years": {
        "en": ("'{value}' is no year and no run of years", "Write 2024 or 2016-2024"),
        "nl": ("'{value}' is geen jaar en geen reeks jaren", "Schrijf 2024 of 2016-2024"),
    },
    "internal": {
        "en": (
            "this is an internal count and may not be shown",
            "Protect it first: make a release of it and use schakel protect",
        ),
        "nl": (
            "dit is een interne telling en mag niet worden getoond",
            "Beveilig haar eerst: maak er een publicatie van en gebruik schakel protect",
        ),
    },
    "not-releasable": {
        "en": ("the figure '{name}' cannot be part of a release: {problem}", "Leave it out"),
        "nl": ("het cijfer '{name}' kan niet in een publicatie: {problem}", "Laat het weg"),
    },
    "never-added": {
        "en": ("an estimate of the unseen is never added to what was seen", "Show the two beside each other"),
        "nl": ("een schatting van het ongeziene wordt nooit opgeteld bij het geziene", "Toon de twee naast elkaar"),
    },
    "no-estimate": {
        "en": ("this is no estimate: '{name}' is missing", "Give the JSON of schakel estimate --json"),
        "nl": ("dit is geen schatting: '{name}' ontbreekt", "Geef de JSON van schakel estimate --json"),
    },
    "population-source": {
        "en": ("the population file has no source", "Say who published it, and when"),
        "nl": ("het bevolkingsbestand heeft geen bron", "Zeg wie het publiceerde, en wanneer"),
    },
    "population-missing": {
        "en": ("the population of {value} is not in the file", "Add a row for it"),
        "nl": ("de bevolking van {value} staat niet in het bestand", "Voeg er een regel voor toe"),
    },
    "not-a-count": {
        "en": ("'{value}' is no count for '{name}': it must be a whole number of {least} or more", "Correct it"),
        "nl": (
            "'{value}' is geen telling bij '{name}': het moet een geheel getal van {least} of meer zijn",
            "Verbeter het",
        ),
    },
    "line": {
        "en": ("{problem}", "Correct that line"),
        "nl": ("{problem}", "Verbeter die regel"),
    },
    "level": {
        "en": ("'{value}' is no confidence level", "Give a number between 0 and 1, such as 0.95"),
        "nl": ("'{value}' is geen betrouwbaarheid", "Geef een getal tussen 0 en 1, zoals 0,95"),
    },
    "too-few-years": {
        "en": ("{count} years are too few for a trend", "Give at least {least}"),
        "nl": ("{count} jaren zijn te weinig voor een trend", "Geef er minstens {least}"),
    },
    "same-edition": {
        "en": ("edition '{name}' stands there already with other figures", "Give a new edition its own name"),
        "nl": ("editie '{name}' staat er al met andere cijfers", "Geef een nieuwe editie een eigen naam"),
    },
    "no-factsheet": {
        "en": ("no factsheet of {year} was published that stands here", "Ask for {known}, or give a release (--data)"),
        "nl": (
            "van {year} is geen factsheet gepubliceerd die hier staat",
            "Vraag {known}, of geef een uitgave (--data)",
        ),
    },
    "no-address": {
        "en": ("'{value}' is no address under which files can stand", "Give one such as https://example.org/data"),
        "nl": ("'{value}' is geen adres waaronder bestanden kunnen staan", "Geef er een als https://example.org/data"),
    },
    "no-publication": {
        "en": ("'{name}' is no publication that can be shown: {problem}", "Look at the list of publications"),
        "nl": ("'{name}' is geen publicatie die getoond kan worden: {problem}", "Kijk in de lijst van publicaties"),
    },
    "no-name": {
        "en": (
            "'{value}' cannot be the address of a publication",
            "Use lower-case letters, figures and hyphens, such as figures-2024",
        ),
        "nl": (
            "'{value}' kan niet het adres van een publicatie zijn",
            "Gebruik kleine letters, cijfers en streepjes, zoals cijfers-2024",
        ),
    },
    "identity": {
        "en": ("the column '{name}' says who somebody is", "Take it out: a release needs no identity"),
        "nl": ("de kolom '{name}' zegt wie iemand is", "Haal hem eruit: een publicatie heeft geen identiteit nodig"),
    },
    "no-editions": {
        "en": (
            "'{name}' is no file of editions and no folder of publications",
            "Make one with --add, or name the folder in which releases were published",
        ),
        "nl": (
            "'{name}' is geen bestand met edities en geen map met publicaties",
            "Maak er een met --add, of noem de map waarin is gepubliceerd",
        ),
    },
    "no-tables": {
        "en": ("the folder '{name}' holds no {problem}", "Give one made by schakel simulate"),
        "nl": ("de map '{name}' bevat geen {problem}", "Geef er een die schakel simulate maakte"),
    },
    "unreadable": {
        "en": ("'{name}' cannot be read as a table ({problem})", "Give a Parquet or CSV file"),
        "nl": ("'{name}' is niet als tabel te lezen ({problem})", "Geef een Parquet- of CSV-bestand"),
    },
}


def refusal(message: str, where: str = "", **words: object) -> BadInput:
    """A `BadInput` of this room, from the list above."""
    return refused(REFUSALS[message]["en"], REFUSALS[message]["nl"], where, **words)
