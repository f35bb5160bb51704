"""What is said of capture tables and models that cannot be used: what is wrong, and what to do next."""

from __future__ import annotations

from typing import Final

from schakel.vocabulary.errors import BadInput, refused

Pair = tuple[str, str]  # what, remedy
SMALL = 1e-6  # of a prior: less is none

# By message: English, Dutch.
REFUSALS: Final[dict[str, tuple[Pair, Pair]]] = {
    "no-rows": (
        ("the table holds no rows", "Give one row for each person, or one for each history with its count"),
        ("de tabel heeft geen rijen", "Geef één rij per persoon, of één per geschiedenis met het aantal"),
    ),
    "no-lists": (
        ("no column is a list", "Give each list a column of 0 and 1"),
        ("geen kolom is een lijst", "Geef elke lijst een kolom met 0 en 1"),
    ),
    "not-a-list": (
        (
            "column '{name}' is no list: it holds '{value}'",
            ("A list holds 0 and 1 only; name the lists (--lists), or name the column as a stratum (--strata)"),
        ),
        (
            "kolom '{name}' is geen lijst: er staat '{value}' in",
            ("Een lijst bevat alleen 0 en 1; noem de lijsten (--lists), of noem de kolom als stratum (--strata)"),
        ),
    ),
    "missing-value": (
        ("column '{name}' has an empty value", "Write 0 or 1; unknown is no 0"),
        ("kolom '{name}' heeft een lege waarde", "Schrijf 0 of 1; onbekend is geen 0"),
    ),
    "no-column": (
        ("there is no column '{name}'", "The columns are: {columns}"),
        ("er is geen kolom '{name}'", "De kolommen zijn: {columns}"),
    ),
    "column-twice": (
        ("two columns have the name '{name}'", "Give each column a name of its own"),
        ("twee kolommen heten '{name}'", "Geef elke kolom een eigen naam"),
    ),
    "name-signs": (
        ("the name '{name}' holds one of [ ] * ,", "Rename the column: with these signs a model is written"),
        ("de naam '{name}' bevat een van [ ] * ,", "Hernoem de kolom: met die tekens schrijft men een model"),
    ),
    "no-name": (
        ("a list has no name", "Give each list a name in the first row"),
        ("een lijst heeft geen naam", "Geef elke lijst een naam in de eerste rij"),
    ),
    "count": (
        ("'{value}' is no count", "A count is a whole number, 0 or more; a history that nobody has may be left out"),
        (
            "'{value}' is geen aantal",
            ("Een aantal is een heel getal, 0 of meer; een geschiedenis die niemand heeft mag weg"),
        ),
    ),
    "too-many-people": (
        ("the counts add up to more than {limit}", "Check the column of counts"),
        ("de aantallen zijn samen meer dan {limit}", "Controleer de kolom met aantallen"),
    ),
    "on-no-list": (
        ("there is a row of people on no list at all", "Leave that row out: how many they are is what is estimated"),
        (
            "er is een rij met mensen op geen enkele lijst",
            ("Haal die rij weg: hoeveel het er zijn, is juist wat geschat wordt"),
        ),
    ),
    "history-twice": (
        (
            "the history {name} stands twice, each time with a count",
            ("Keep one; if both are right, have them added up (--add-up)"),
        ),
        (
            "de geschiedenis {name} staat er twee keer, elk met een aantal",
            ("Houd er één; kloppen ze allebei, laat ze dan optellen (--add-up)"),
        ),
    ),
    "one-list": (
        ("there is one list", "At least two are needed: the overlap is what tells about the rest"),
        ("er is één lijst", "Er zijn er minstens twee nodig: de overlap zegt iets over de rest"),
    ),
    "too-many-lists": (
        (
            "there are {count} lists, and at most {limit} can be used",
            ("Merge lists that belong together, or name the lists to use (--lists)"),
        ),
        (
            "er zijn {count} lijsten, en er kunnen er hoogstens {limit} mee",
            ("Voeg lijsten samen die bij elkaar horen, of noem de lijsten die mee moeten doen (--lists)"),
        ),
    ),
    "too-many-columns": (
        ("the table has more than {limit} columns", "Give the lists, the count and the strata only"),
        ("de tabel heeft meer dan {limit} kolommen", "Geef alleen de lijsten, het aantal en de strata"),
    ),
    "nobody": (
        ("nobody stands on any list", "Check the counts"),
        ("er staat niemand op een lijst", "Controleer de aantallen"),
    ),
    "empty-list": (
        ("list '{name}' holds nobody", "Leave it out"),
        ("op lijst '{name}' staat niemand", "Laat die lijst weg"),
    ),
    "no-overlap": (
        (
            "no person stands on two lists",
            ("Without overlap nothing can be said of the rest: check the linkage, or find a list that overlaps"),
        ),
        (
            "niemand staat op twee lijsten",
            ("Zonder overlap is over de rest niets te zeggen: controleer de koppeling, of zoek een lijst die overlapt"),
        ),
    ),
    "list-within": (
        (
            "everybody on list '{name}' is also on '{other}'",
            ("Such a list tells nothing of who was missed: merge the two, or leave '{name}' out"),
        ),
        (
            "iedereen op lijst '{name}' staat ook op '{other}'",
            ("Zo'n lijst zegt niets over wie gemist is: voeg ze samen, of laat '{name}' weg"),
        ),
    ),
    "ragged": (
        ("this row has {count} values, and the first row {wanted}", "Give every row as many values"),
        ("deze rij heeft {count} waarden, en de eerste rij {wanted}", "Geef elke rij evenveel waarden"),
    ),
    "not-text": (
        ("the file is not UTF-8 text, or mixes encodings", "Save it again as CSV in UTF-8"),
        ("het bestand is geen UTF-8-tekst, of mengt coderingen", "Sla het opnieuw op als CSV in UTF-8"),
    ),
    "not-csv": (
        ("this is no table with commas, semicolons or tabs", "Save it again as CSV"),
        ("dit is geen tabel met komma's, puntkomma's of tabs", "Sla het opnieuw op als CSV"),
    ),
    "no-file": (
        ("'{name}' cannot be read", "Check the name of the file"),
        ("'{name}' kan niet worden gelezen", "Controleer de naam van het bestand"),
    ),
    "no-write": (
        ("'{name}' cannot be written", "Check the folder, who may write there, and the room on the disk"),
        (
            "in '{name}' kan niet worden geschreven",
            "Controleer de map, wie daar mag schrijven, en de ruimte op de schijf",
        ),
    ),
    "no-draw": (
        ("there is no draw {value}", "The draws are: {columns}"),
        ("er is geen trekking {value}", "De trekkingen zijn: {columns}"),
    ),
    "model": (
        (
            "the model '{value}' cannot be read: {problem}",
            ("Write it as [12,13,4], or with names as [A*B,C]; the lists are {columns}"),
        ),
        (
            "het model '{value}' is niet te lezen: {problem}",
            ("Schrijf het als [12,13,4], of met namen als [A*B,C]; de lijsten zijn {columns}"),
        ),
    ),
    "not-settled": (
        ("the fit of {value} does not come to rest", "Merge lists with few people, or take a simpler model"),
        (
            "het passend maken van {value} komt niet tot rust",
            "Voeg kleine lijsten samen, of neem een eenvoudiger model",
        ),
    ),
    "saturated": (
        (
            "the model has a term of all lists at once",
            ("With all lists dependent nothing is left to estimate from: leave that term out"),
        ),
        (
            "het model heeft een term van alle lijsten tegelijk",
            ("Als alle lijsten samenhangen, is er niets meer om uit te schatten: laat die term weg"),
        ),
    ),
    "method": (
        ("there is no method '{value}'", "The methods are: {columns}"),
        ("er is geen methode '{value}'", "De methoden zijn: {columns}"),
    ),
    "interval": (
        ("the interval '{value}' cannot be made for the method '{name}'", "Possible here: {columns}"),
        ("het interval '{value}' kan bij de methode '{name}' niet", "Hier kan: {columns}"),
    ),
    "own-interval": (
        ("the method '{name}' makes its own interval", "Leave out the interval '{value}' (--interval)"),
        ("de methode '{name}' maakt haar eigen interval", "Laat het interval '{value}' weg (--interval)"),
    ),
    "active": (
        ("'{value}' does not say where a list was active", "Write LIST:COLUMN=VALUE,VALUE, such as R:year=2012,2013"),
        ("'{value}' zegt niet waar een lijst actief was", "Schrijf LIJST:KOLOM=WAARDE,WAARDE, zoals R:jaar=2012,2013"),
    ),
    "active-alone": (
        ("--active says nothing without strata", "Name the columns that are strata (--strata)"),
        ("--active zegt niets zonder strata", "Noem de kolommen die strata zijn (--strata)"),
    ),
    "resamples": (
        ("{value} resamples cannot be used", "Take between {least} and {most}; 1000 is usual"),
        ("{value} hertrekkingen kan niet", "Neem er tussen {least} en {most}; 1000 is gewoon"),
    ),
    "seed": (
        ("the seed '{value}' cannot be used", "Take a whole number of 0 or more, such as 7"),
        ("de beginwaarde '{value}' kan niet", "Neem een heel getal vanaf 0, bijvoorbeeld 7"),
    ),
    "setting": (
        ("the setting {name} cannot be {value}", "Take a number of at least {least}"),
        ("de instelling {name} kan niet {value} zijn", "Neem een getal van ten minste {least}"),
    ),
    "order": (
        ("a largest term of {value} lists cannot be", "Take 1 or more"),
        ("een grootste term van {value} lijsten kan niet", "Neem 1 of meer"),
    ),
    "no-input": (
        ("there is nothing to count", "Give FILE.csv, or both --clusters and --registrations"),
        ("er is niets om te tellen", "Geef FILE.csv, of --clusters en --registrations samen"),
    ),
    "not-together": (
        ("{one} and {other} do not go together", "Leave one of the two out"),
        ("{one} en {other} gaan niet samen", "Laat één van de twee weg"),
    ),
    "too-many-models": (
        (
            "{count} lists up to order {order} make more than {limit} models",
            ("Ask for a lower order, merge lists, or use stepwise"),
        ),
        (
            "{count} lijsten tot orde {order} geven meer dan {limit} modellen",
            ("Vraag een lagere orde, voeg lijsten samen, of gebruik stepwise"),
        ),
    ),
    "other-run": (
        ("'{name}' holds another run: of another table, method, number or seed", "Remove it, or name another file"),
        (
            "'{name}' hoort bij een andere som: andere tabel, methode, aantal of beginwaarde",
            ("Verwijder het, of noem een ander bestand"),
        ),
    ),
}


def refuse_settings(least: float, **given: float) -> None:
    """Raise `BadInput` for a setting that is no number, endless, or below `least`."""
    for name, value in given.items():
        if not least <= value < float("inf"):
            raise refusal("setting", name=name, value=value, least=least)


def refusal(message: str, where: str = "", **words: object) -> BadInput:
    """A `BadInput` of this room, from the list above."""
    english, dutch = REFUSALS[message]
    return refused(english, dutch, where, **words)
