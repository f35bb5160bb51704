"""What is said of a stratified table, a covariate model or a check that cannot be used, and what to do next."""

from __future__ import annotations

from typing import Final

from schakel.vocabulary.errors import BadInput, refused

Pair = tuple[str, str]

REFUSALS: Final[dict[str, tuple[Pair, Pair]]] = {
    "table-shape": (
        ("the counts do not fit the lists and levels", "Give {strata} rows (strata) of {cells} columns (histories)"),
        ("de aantallen passen niet bij de lijsten en niveaus", "Geef {strata} rijen (strata) van {cells} kolommen"),
    ),
    "negative-count": (
        ("a count is negative", "Counts are numbers of people: correct the table"),
        ("een aantal is negatief", "Aantallen zijn aantallen mensen: verbeter de tabel"),
    ),
    "on-no-list": (
        ("there are people on no list at all", "Leave them out: they are what is to be estimated"),
        ("er zijn mensen die op geen enkele lijst staan", "Laat ze weg: zij zijn juist wat geschat wordt"),
    ),
    "nobody": (
        ("there is nobody in the table", "Give at least one history with a count above zero"),
        ("er staat niemand in de tabel", "Geef ten minste één geschiedenis met een aantal boven nul"),
    ),
    "not-active": (
        (
            "in the stratum '{stratum}' people stand on a list that is not active there",
            "Say that the list is active there, or correct the people",
        ),
        (
            "in het stratum '{stratum}' staan mensen op een lijst die daar niet actief is",
            "Geef aan dat de lijst daar actief is, of verbeter de tabel",
        ),
    ),
    "no-covariate": (
        ("there is no covariate '{name}'", "Choose one of: {names}"),
        ("er is geen kenmerk '{name}'", "Kies een van: {names}"),
    ),
    "no-level": (
        ("'{name}' has no level '{level}'", "Choose one of: {levels}"),
        ("'{name}' heeft geen niveau '{level}'", "Kies een van: {levels}"),
    ),
    "lists": (
        ("there are {count} lists", "Give two to {most} lists"),
        ("er zijn {count} lijsten", "Geef twee tot {most} lijsten"),
    ),
    "name-twice": (
        ("a name stands twice: {name}", "Give every list and covariate a name of its own"),
        ("een naam komt twee keer voor: {name}", "Geef elke lijst en elk kenmerk een eigen naam"),
    ),
    "name-signs": (
        ("the name '{name}' is empty or holds one of [ ] , *", "Rename the column: these signs write a model"),
        ("de naam '{name}' is leeg of bevat een van [ ] , *", "Hernoem de kolom: die tekens schrijven een model"),
    ),
    "levels": (
        ("'{name}' has no levels, or one that stands twice", "Give each level once"),
        ("'{name}' heeft geen niveaus, of een dat er twee keer staat", "Geef elk niveau één keer"),
    ),
    "many-strata": (
        ("there are {strata} strata of {lists} lists, more than {most}", "Give fewer covariates, or wider levels"),
        ("er zijn {strata} strata van {lists} lijsten, meer dan {most}", "Geef minder kenmerken of ruimere niveaus"),
    ),
    "no-column": (
        ("there is no column '{name}'", "The columns are: {names}"),
        ("er is geen kolom '{name}'", "De kolommen zijn: {names}"),
    ),
    "list-values": (
        ("the list column '{name}' holds something else than 0 and 1", "Write 1 for on the list and 0 for not"),
        ("de lijstkolom '{name}' bevat iets anders dan 0 en 1", "Schrijf 1 voor op de lijst en 0 voor niet"),
    ),
    "count-values": (
        ("a count is empty or no whole number", "Give a whole number of people on every row"),
        ("een aantal is leeg of geen geheel getal", "Geef op elke rij een geheel aantal mensen"),
    ),
    "missing-level": (
        (
            "'{name}' is empty on {count} rows",
            "Fill it in, or use the estimate for missing covariates (schakel.estimation.missing)",
        ),
        (
            "'{name}' is leeg op {count} rijen",
            "Vul het in, of gebruik de schatting voor ontbrekende kenmerken (schakel.estimation.missing)",
        ),
    ),
    "model": (
        ("'{name}' is no model", "Write terms in brackets, such as [LA*NG,GP*sex]; the factors are: {names}"),
        ("'{name}' is geen model", "Schrijf termen tussen haken, zoals [LA*NG,GP*sex]; de factoren zijn: {names}"),
    ),
    "all-lists": (
        ("the model lets all lists depend on each other at once", "Leave out the term of all lists"),
        ("het model laat alle lijsten tegelijk van elkaar afhangen", "Laat de term met alle lijsten weg"),
    ),
    "one-organisation": (
        (
            "'{name}' divides by organisation or community, or a group was seen by one list only",
            "Take wider groups: no estimate is made for one organisation or one community",
        ),
        (
            "'{name}' deelt in naar organisatie of gemeenschap, of een groep is maar door één lijst gezien",
            "Neem ruimere groepen: er komt geen schatting voor één organisatie of één gemeenschap",
        ),
    ),
    "two-lists": (
        ("this estimator needs exactly two lists, here are {count}", "Merge lists, or use a model for more lists"),
        ("deze schatter vraagt precies twee lijsten, hier zijn er {count}", "Voeg lijsten samen, of kies een model"),
    ),
    "rate": (
        ("the rate '{name}' is {value}", "Give a number from 0 up to, but not including, 1"),
        ("de kans '{name}' is {value}", "Geef een getal van 0 tot 1 (1 zelf niet)"),
    ),
    "too-much-error": (
        ("with these error rates no overlap is left", "Look at the rates: they say that all links may be false"),
        ("met deze foutkansen blijft geen overlap over", "Kijk naar de kansen: alle koppelingen zouden vals zijn"),
    ),
    "no-draws": (
        ("there is no draw of the links", "Give at least two draws, the best one first"),
        ("er is geen trekking van de koppelingen", "Geef ten minste twee trekkingen, de beste eerst"),
    ),
    "no-verdict": (
        ("the estimate has no verdict", "Judge it first: run several methods and the checks"),
        ("de schatting heeft geen oordeel", "Beoordeel haar eerst: draai meer methoden en de controles"),
    ),
    "not-protected": (
        ("the release is not protected", "Give a release that schakel.disclosure made"),
        ("de uitgave is niet beveiligd", "Geef een uitgave die schakel.disclosure heeft gemaakt"),
    ),
    "no-results": (
        ("there is no result to judge", "Run at least one method"),
        ("er is geen uitkomst om te beoordelen", "Draai ten minste één methode"),
    ),
}  # fmt: skip


def refusal(message: str, where: str = "", **words: object) -> BadInput:
    """A `BadInput` of this room, from the list above."""
    english, dutch = REFUSALS[message]
    return refused(english, dutch, where, **words)
