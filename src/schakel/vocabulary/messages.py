"""What is said of bad input, by language: what is wrong, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Pair = tuple[str, str]

MESSAGES: Final[dict[str, dict[str, Pair]]] = {
    "too-large": {
        "en": ("the file is larger than {limit} kB", "Give one situation a file"),
        "nl": ("het bestand is groter dan {limit} kB", "Zet één situatie in een bestand"),
    },
    "too-deep": {
        "en": ("the file is nested too deeply or has too many parts", "Use plain lists and mappings"),
        "nl": ("het bestand is te diep genest of heeft te veel delen", "Gebruik gewone lijsten en regels"),
    },
    "not-utf8": {
        "en": ("the file is not UTF-8 text", "Save it as UTF-8"),
        "nl": ("het bestand is geen UTF-8-tekst", "Bewaar het als UTF-8"),
    },
    "not-yaml": {
        "en": ("this is not valid YAML: {problem}", "Look at indentation, colons and quotes near that line"),
        "nl": ("dit is geen geldige YAML: {problem}", "Kijk naar inspringen, dubbele punten en aanhalingstekens"),
    },
    "control-characters": {
        "en": ("this is not valid YAML: it holds a character that may not be used", "Remove control characters"),
        "nl": ("dit is geen geldige YAML: er staat een teken in dat niet mag", "Haal stuurtekens weg"),
    },
    "two-documents": {
        "en": ("there is more than one document", "Keep one document a file"),
        "nl": ("er staat meer dan één document in", "Zet één document in een bestand"),
    },
    "key-no-word": {
        "en": ("a key is not a word", "Write 'key: value'"),
        "nl": ("een sleutel is geen woord", "Schrijf 'sleutel: waarde'"),
    },
    "twice": {
        "en": ("'{name}' stands twice", "Keep one of the two"),
        "nl": ("'{name}' staat er twee keer", "Laat er één staan"),
    },
    "anchor": {
        "en": ("anchors and aliases (& and *) are not read", "Write the value out"),
        "nl": ("ankers en verwijzingen (& en *) worden niet gelezen", "Schrijf de waarde uit"),
    },
    "tag": {
        "en": ("tags (!) are not read", "Write a plain value"),
        "nl": ("tags (!) worden niet gelezen", "Schrijf een gewone waarde"),
    },
    "no-fact": {
        "en": ("there is no fact '{name}'", "{near}"),
        "nl": ("er is geen feit '{name}'", "{near}"),
    },
    "no-place": {
        "en": ("there is no municipality '{name}'", "{near}"),
        "nl": ("er is geen gemeente '{name}'", "{near}"),
    },
    "not-a-day": {
        "en": ("'{value}' is not a day", "Write it as 2023-05-19"),
        "nl": ("'{value}' is geen dag", "Schrijf hem als 2023-05-19"),
    },
    "day-outside": {
        "en": ("{day} lies outside what the content covers", "Give a day from {first} to {last}"),
        "nl": ("{day} ligt buiten wat de inhoud dekt", "Geef een dag van {first} tot en met {last}"),
    },
    "day-after-on": {
        "en": ("the day of '{fact}' lies after the day asked for ({on})", "Change that day, or 'on'"),
        "nl": ("de dag van '{fact}' ligt na de gevraagde dag ({on})", "Verander die dag, of 'on'"),
    },
    "not-a-mapping": {
        "en": ("here 'key: value' lines are expected", "Use {keys}"),
        "nl": ("hier worden regels 'sleutel: waarde' verwacht", "Gebruik {keys}"),
    },
    "unknown-key": {
        "en": ("'{name}' is not known here", "Use {keys}"),
        "nl": ("'{name}' is hier niet bekend", "Gebruik {keys}"),
    },
    "persons-list": {
        "en": ("'persons' wants a list", "Write '- id: ...' for each person"),
        "nl": ("'persons' moet een lijst zijn", "Schrijf '- id: ...' voor elke persoon"),
    },
    "too-many-persons": {
        "en": ("there are more than {limit} persons", "Split the encounter"),
        "nl": ("er zijn meer dan {limit} personen", "Splits de situatie"),
    },
    "same-person": {
        "en": ("two persons have the same id", "Give each an id of its own"),
        "nl": ("twee personen hebben dezelfde id", "Geef elk een eigen id"),
    },
    "no-person": {
        "en": ("there is no person '{name}'", "Use an id from 'persons'"),
        "nl": ("er is geen persoon '{name}'", "Gebruik een id uit 'persons'"),
    },
    "no-indicator": {
        "en": ("there is no indicator '{name}'", "`schakel facts --signals` lists them"),
        "nl": ("er is geen signaal '{name}'", "`schakel facts --signals` noemt ze"),
    },
    "finder-is-who": {
        "en": ("who asks is told once, not among the facts", "Write 'who: ...' at the top"),
        "nl": ("wie vraagt staat één keer, niet tussen de feiten", "Schrijf 'who: ...' bovenaan"),
    },
    "overrides-circle": {
        "en": ("overrides go in a circle: {names}", "Remove one of them"),
        "nl": ("uitzonderingen gaan in een kring: {names}", "Haal er één weg"),
    },
    "facts-as-lines": {
        "en": ("facts are given as 'fact: answer'", "Write one fact a line"),
        "nl": ("feiten staan er als 'feit: antwoord'", "Schrijf één feit op een regel"),
    },
    "no-certainty": {
        "en": ("'{value}' is no certainty of a fact", "Use {allowed}"),
        "nl": ("'{value}' is geen zekerheid van een feit", "Gebruik {allowed}"),
    },
    "no-value": {
        "en": ("'{value}' is no value of '{fact}'", "Choose from {allowed}, or unknown"),
        "nl": ("'{value}' is geen waarde van '{fact}'", "Kies uit {allowed}, of unknown"),
    },
    "contradiction": {
        "en": ("what is told of person '{person}' cannot be together: {reasons}", "Correct {facts}, or leave it out"),
        "nl": ("wat over persoon '{person}' is verteld kan niet samen: {reasons}", "Verbeter {facts}, of laat het weg"),
    },
    "no-duty": {
        "en": ("there is no duty '{name}'", "{near}"),
        "nl": ("er is geen plicht '{name}'", "{near}"),
    },
    "already-there": {
        "en": ("'{name}' exists already", "Name a new place: nothing is overwritten"),
        "nl": ("'{name}' bestaat al", "Noem een nieuwe plaats: er wordt niets overschreven"),
    },
    "not-made-there": {
        "en": ("'{name}' cannot be made there", "Name a place in a folder that you may write in"),
        "nl": ("'{name}' kan daar niet worden gemaakt", "Noem een plaats in een map waarin u mag schrijven"),
    },
    "no-room": {
        "en": ("there is no room left to write in", "Make room on the disk, or write somewhere else"),
        "nl": ("er is geen ruimte meer om in te schrijven", "Maak ruimte op de schijf, of schrijf ergens anders"),
    },
    "no-file": {
        "en": ("there is no file '{name}'", "Check the name and the folder"),
        "nl": ("er is geen bestand '{name}'", "Controleer de naam en de map"),
    },
    "no-content": {
        "en": ("this folder holds no content", "Name a folder with facts/ and duties/ in it"),
        "nl": ("in deze map staat geen inhoud", "Noem een map met facts/ en duties/ erin"),
    },
    "missing-extra": {
        "en": ("this needs the extra '{extra}'", "Install it with: pip install schakel[{extra}]"),
        "nl": ("hiervoor is de extra '{extra}' nodig", "Installeer die met: pip install schakel[{extra}]"),
    },
    "table-column": {
        "en": ("the table has no column '{name}'", "Add it, or name the column that holds it"),
        "nl": ("de tabel heeft geen kolom '{name}'", "Voeg die toe, of noem de kolom waar het in staat"),
    },
    "table-kind": {
        "en": ("column '{name}' does not hold {kind}", "Correct the values of that column"),
        "nl": ("kolom '{name}' bevat iets anders dan {kind}", "Verbeter de waarden van die kolom"),
    },
    "table-empty": {
        "en": ("column '{name}' misses {count} values", "Fill them in, or leave those rows out"),
        "nl": ("in kolom '{name}' ontbreken {count} waarden", "Vul ze in, of laat die rijen weg"),
    },
    "table-unknown": {
        "en": ("'{name}' is not a column of this table", "Remove it"),
        "nl": ("'{name}' is geen kolom van deze tabel", "Haal die weg"),
    },
    "table-key": {
        "en": ("{count} rows have the same {name} as another row", "Keep one row for each"),
        "nl": ("{count} rijen hebben dezelfde {name} als een andere rij", "Houd er steeds één"),
    },
    "other-receipt": {
        "en": ("the receipt was made with another {what} ({value})", "Replay it with that {what}"),
        "nl": ("het bewijs is met een andere {what} gemaakt ({value})", "Speel het af met die {what}"),
    },
    "no-facts-in-receipt": {
        "en": ("the receipt holds no facts", "Make the plan with --receipt-facts"),
        "nl": ("in het bewijs staan geen feiten", "Maak het plan met --receipt-facts"),
    },
}  # fmt: skip


def near(found: list[str], otherwise: str) -> Mapping[str, str]:
    """'Did you mean a or b' by language, or where to look when nothing is near."""
    if not found:
        return {"en": f"Look in {otherwise}", "nl": f"Kijk in {otherwise}"}
    return {"en": f"Did you mean {' or '.join(found)}", "nl": f"Bedoelt u {' of '.join(found)}"}
