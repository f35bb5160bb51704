"""What linkage refuses, in words: what is wrong and what to do next, in English and Dutch."""

from __future__ import annotations

from typing import Final

from schakel.vocabulary.errors import BadInput, refused

_WORDS: Final[dict[str, tuple[str, str, str, str]]] = {
    "no-model": (
        "this is not a linkage model of this version",
        "Use a model.json that `schakel link` wrote, or leave --model out to train one",
        "dit is geen koppelmodel van deze versie",
        "Gebruik een model.json die `schakel link` schreef, of laat --model weg om er een te trainen",
    ),
    "model-columns": (
        "the model compares '{name}', which these lists do not have",
        "Name the column in the mapping, or train a model on these lists",
        "het model vergelijkt '{name}', en dat staat niet in deze lijsten",
        "Noem de kolom in de koppeling van kolommen, of train een model op deze lijsten",
    ),
    "too-few": (
        "there are {count} usable registrations",
        "Linking needs at least two",
        "er zijn {count} bruikbare registraties",
        "Koppelen kan vanaf twee",
    ),
    "no-pairs": (
        "no two registrations agree on enough to be compared",
        "Check that names and birth dates stand in the columns that the mapping names",
        "geen twee registraties komen genoeg overeen om te vergelijken",
        "Controleer of namen en geboortedata in de kolommen staan die de koppeling van kolommen noemt",
    ),
    "crowded": (
        "too many registrations are alike to compare them all: {count} share {columns}, and no smaller group agrees",
        "Leave out rows that stand twice, or give more columns that tell people apart (number; --mapping exact, text)",
        (
            "te veel registraties zijn gelijk om ze allemaal te vergelijken: {count} delen {columns}, en er is geen "
            "kleinere groep die overeenkomt"
        ),
        "Laat dubbele rijen weg, of geef meer kolommen die mensen onderscheiden (number; --mapping exact, text)",
    ),
    "seed": (
        "the seed '{value}' cannot be used",
        "Take a whole number from 0 to 9223372036854775807, such as 7",
        "de beginwaarde '{value}' kan niet",
        "Neem een heel getal van 0 tot en met 9223372036854775807, bijvoorbeeld 7",
    ),
    "review-size": (
        "'{value}' is no number of pairs to judge",
        "Give a whole number of 1 or more, such as 200",
        "'{value}' is geen aantal paren om te beoordelen",
        "Geef een geheel getal vanaf 1, bijvoorbeeld 200",
    ),
    "threshold": (
        "a threshold is a probability between 0 and 1, and '{value}' is not",
        "Write it as 0.95",
        "een drempel is een kans tussen 0 en 1, en '{value}' is dat niet",
        "Schrijf hem als 0.95",
    ),
    "draws": (
        "'{value}' is no number of draws",
        "Give a whole number from 0 to 10000",
        "'{value}' is geen aantal trekkingen",
        "Geef een geheel getal van 0 tot en met 10000",
    ),
    "no-list": (
        "there is no list '{name}'",
        "The lists are: {lists}",
        "er is geen lijst '{name}'",
        "De lijsten zijn: {lists}",
    ),
    "no-record": (
        "there is no registration {name}",
        "Use a number from the column 'record'",
        "er is geen registratie {name}",
        "Gebruik een nummer uit de kolom 'record'",
    ),
    "no-form": (
        "'{name}' is no CSV, Parquet or Excel file",
        "Save it as .csv, .parquet or .xlsx",
        "'{name}' is geen CSV-, Parquet- of Excelbestand",
        "Bewaar het als .csv, .parquet of .xlsx",
    ),
    "broken-file": (
        "the file cannot be read as {kind}",
        "Save it anew, or export it as CSV in UTF-8",
        "het bestand is niet te lezen als {kind}",
        "Bewaar het opnieuw, of exporteer het als CSV in UTF-8",
    ),
    "encoding": (
        "the characters are neither UTF-8 nor Windows-1252",
        "Save the file as UTF-8",
        "de tekens zijn geen UTF-8 en geen Windows-1252",
        "Bewaar het bestand als UTF-8",
    ),
    "mixed-encoding": (
        "some lines are UTF-8 and others Windows-1252",
        "Save the whole file as UTF-8; the letters of those lines would be read wrongly",
        "sommige regels zijn UTF-8 en andere Windows-1252",
        "Bewaar het hele bestand als UTF-8; de letters van die regels zouden verkeerd worden gelezen",
    ),
    "empty-file": (
        "the file holds no rows",
        "Give a file with a header and at least one row",
        "er staan geen rijen in het bestand",
        "Geef een bestand met een kopregel en ten minste één rij",
    ),
    "too-wide": (
        "there are {count} columns, more than a list of people has",
        "Keep the columns that linking needs ({limit} at most)",
        "er zijn {count} kolommen, meer dan een lijst met mensen heeft",
        "Houd de kolommen die koppelen nodig heeft (ten hoogste {limit})",
    ),
    "column-twice": (
        "column '{name}' stands twice in the header",
        "Give each column a name of its own",
        "kolom '{name}' staat twee keer in de kopregel",
        "Geef elke kolom een eigen naam",
    ),
    "no-column": (
        "there is no column '{name}' for {what}",
        "The columns are: {columns}. Name the right one in the mapping",
        "er is geen kolom '{name}' voor {what}",
        "De kolommen zijn: {columns}. Noem de juiste in de koppeling van kolommen",
    ),
    "no-names": (
        "there is no column with a name or a birth date",
        "Say with --mapping which columns hold given_names, surname and birth_date",
        "er is geen kolom met een naam of een geboortedatum",
        "Zeg met --mapping in welke kolommen given_names, surname en birth_date staan",
    ),
    "mapping-key": (
        "'{name}' is not known in a mapping",
        "Use {keys}",
        "'{name}' is niet bekend in een koppeling van kolommen",
        "Gebruik {keys}",
    ),
    "mapping-form": (
        "the mapping is not of the form 'ours: theirs'",
        "Write lines such as 'surname: Achternaam'",
        "de koppeling van kolommen heeft niet de vorm 'ons: hun'",
        "Schrijf regels als 'surname: Achternaam'",
    ),
    "records-twice": (
        "registration {name} has the number of another one",
        "Give each registration a number of its own over all lists, or leave the column out",
        "registratie {name} heeft hetzelfde nummer als een andere",
        "Geef elke registratie over alle lijsten een eigen nummer, of laat de kolom weg",
    ),
    "record-number": (
        "column 'record' holds '{value}', which is no whole number of at most 18 digits ({count} such rows)",
        "Give each registration its own whole number over all lists; or rename the column, and they get new ones",
        "in kolom 'record' staat '{value}', en dat is geen geheel getal van hoogstens 18 cijfers ({count} zulke)",
        "Geef elke registratie een geheel getal, eigen over alle lijsten; of hernoem de kolom, dan krijgen ze nieuwe",
    ),
    "record-missing": (
        "{count} registrations have no number in a column 'record', and others have; the first is on list '{name}'",
        "Number all of them, over all lists, or none",
        "{count} registraties hebben geen nummer in een kolom 'record', en andere wel; de eerste staat op '{name}'",
        "Nummer ze allemaal, over alle lijsten, of geen",
    ),
    "not-empty": (
        "the folder '{name}' holds other files",
        "Name an empty folder, or one that `schakel link` made",
        "in de map '{name}' staan andere bestanden",
        "Noem een lege map, of een die `schakel link` heeft gemaakt",
    ),
    "no-java": (
        "Spark does not start: there is no Java",
        "Install Java 17, or score with --backend duckdb",
        "Spark start niet: er is geen Java",
        "Installeer Java 17, of reken met --backend duckdb",
    ),
    "spark-fails": (
        "Spark does not start at '{value}'",
        "Check the address of the cluster, or score with --backend duckdb",
        "Spark start niet op '{value}'",
        "Controleer het adres van het cluster, of reken met --backend duckdb",
    ),
    "no-answers": (
        "the review holds no answers",
        "Fill the column 'same' with yes, no or unsure",
        "er staan geen antwoorden in de beoordeling",
        "Vul de kolom 'same' met yes, no of unsure",
    ),
    "answer": (
        "'{value}' is no answer",
        "Write yes, no or unsure",
        "'{value}' is geen antwoord",
        "Schrijf yes, no of unsure",
    ),
    "no-question": (
        "question {value} was not asked in this review",
        "Give the answers to the review.csv that this folder holds the key of",
        "vraag {value} is in deze beoordeling niet gesteld",
        "Geef de antwoorden op de review.csv waarvan de sleutel in deze map staat",
    ),
    "answered-twice": (
        "question {value} has two different answers",
        "Keep the answer that was agreed on; where two people judge, measure each of their files on its own",
        "vraag {value} heeft twee verschillende antwoorden",
        "Houd het antwoord waarover overeenstemming is; oordelen er twee mensen, meet dan elk van hun bestanden apart",
    ),
    "no-links": (
        "no pair of this review was linked, so that there is no precision to measure",
        "Link at a lower --threshold, and ask for the review again",
        "geen paar van deze beoordeling is gekoppeld, zodat er geen precisie te meten valt",
        "Koppel met een lagere --threshold, en vraag de beoordeling opnieuw",
    ),
    "truth-missing": (
        "the truth does not say who {count} of the registrations are",
        "Give a truth file with a row (record, person) for each registration",
        "de waarheid zegt van {count} registraties niet wie het is",
        "Geef een waarheidsbestand met een rij (record, person) voor elke registratie",
    ),
}  # fmt: skip


def refusal(message: str, where: str = "", **words: object) -> BadInput:
    """A `BadInput` of this room, from the list above."""
    what, remedy, wat, raad = _WORDS[message]
    return refused((what, remedy), (wat, raad), where, **words)
