"""Find which registrations on several lists are about one person, and write what was found in a folder.

The folder holds: clusters.parquet (record, person, draw), pairs.parquet (record, other, probability), model.json,
registrations.parquet (record, list, and what strata are made of), unreadable.csv and unlinkable.csv (what was left out
and why), and with --review and --truth the questions and the quality by group. It holds personal data: keep it safe.
"""

from __future__ import annotations

import argparse
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schakel.cli.streams import read_file, write_json
from schakel.rules.reading import read
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    from schakel.linkage.files import Lists
    from schakel.linkage.linking import Linked, LinkOptions

HELP = "find which registrations are about one person"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lists", nargs="+", type=Path, metavar="LIST", help="CSV, Parquet or Excel, one or more")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an empty folder, or one made before")
    parser.add_argument("--mapping", metavar="MAP.yaml", help="which column is which, and how the lists are read")
    parser.add_argument("--threshold", type=float, default=0.95, help="probability from which a pair is a link (0.95)")
    parser.add_argument("--one-to-one", nargs="+", default=[], metavar="LIST", help="lists that hold a person once")
    parser.add_argument("--draws", type=int, default=0, metavar="N", help="draws of the link decisions beside the best")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same answer (default: 7)")
    parser.add_argument("--backend", choices=("duckdb", "spark"), default="duckdb", help="where pairs are scored")
    parser.add_argument("--spark-master", default="local[2]", metavar="ADDRESS", help="of the cluster (local[2])")
    parser.add_argument("--model", type=Path, metavar="MODEL.json", help="one that was trained before")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="record, person: measure the quality")
    parser.add_argument("--explain", nargs=2, type=int, metavar="RECORD", help="why these two are one person, or not")
    parser.add_argument("--review", type=int, metavar="N", help="write N pairs to judge without their score")
    parser.add_argument("--answers", type=Path, metavar="FILE", help="judged pairs: measure precision and recall")
    parser.add_argument("--json", action="store_true", help="the summary as JSON")


def run(arguments: argparse.Namespace) -> int:
    with needing("link"):
        from schakel.linkage import files
        from schakel.linkage.linking import link
        from schakel.linkage.mapping import ColumnMapping, parse_mapping
        from schakel.linkage.model import from_plain
        from schakel.linkage.quality import TRUTH
        from schakel.linkage.review import ANSWERED, check_size
        from schakel.linkage.summary import explanation
    mapping = ColumnMapping()
    if arguments.mapping:
        mapping = parse_mapping(read(read_file(arguments.mapping), Path(arguments.mapping).name))
    options = _options(arguments, mapping)
    model = from_plain(files.read_json(arguments.model), arguments.model.name) if arguments.model else None
    forms = {"truth": TRUTH, "answers": ANSWERED}
    given = {name: files.read_table(path, form) for name, form in forms.items() if (path := getattr(arguments, name))}
    if arguments.review is not None:
        check_size(arguments.review)
    lists = files.read_lists(arguments.lists, mapping)
    linked = link(lists.registrations, options, seed=arguments.seed, model=model, folder=arguments.out, tell=_progress)
    if arguments.explain:
        made = linked.explain(*arguments.explain)
        if arguments.json:
            write_json(explanation(made))
        else:
            print(made.say(arguments.lang))
        return 0
    told = _written(arguments, linked, lists, given)
    if arguments.json:
        write_json(told)
    else:
        print("\n".join(_told(told, WORDS[arguments.lang], arguments.out.name)))
    return 0


def _options(arguments: argparse.Namespace, mapping: Any) -> LinkOptions:
    from schakel.linkage.linking import LinkOptions

    return LinkOptions(
        threshold=arguments.threshold,
        draws=arguments.draws,
        once=tuple(dict.fromkeys((*mapping.once, *arguments.one_to_one))),
        exact=mapping.exact,
        text=mapping.text,
        placeholders=mapping.placeholders,
        backend=arguments.backend,
        spark_master=arguments.spark_master,
    )


def _written(arguments: argparse.Namespace, linked: Linked, lists: Lists, given: dict[str, Any]) -> dict[str, Any]:
    """Everything in its file; the summary of it."""
    from schakel.linkage import files, review, summary

    made = {
        "clusters.parquet": linked.clusters,
        "pairs.parquet": linked.pairs,
        "registrations.parquet": lists.registrations.drop(columns=[*NAMING, "aliases", "number"], errors="ignore"),
        "unreadable.csv": lists.unreadable,
        "unlinkable.csv": linked.unlinkable.assign(reason="no name and no number"),
    }
    told = summary.summary(linked, lists.unreadable)
    if "truth" in given:
        told["quality"] = summary.against_truth(linked, given["truth"])
        made["quality-by-group.csv"] = _groups(linked, given["truth"])
    if arguments.review is not None:
        asked = review.queue(
            linked.pairs,
            linked.registrations,
            threshold=arguments.threshold,
            size=arguments.review,
            seed=arguments.seed,
        )
        made |= {"review.csv": asked.questions, "review-key.csv": asked.key}
    for name, table in made.items():
        files.write_table(table, arguments.out / name)
    if "answers" in given:
        key = files.read_table(arguments.out / "review-key.csv", review.KEY)
        told["review"] = summary.measured(review.measure(given["answers"], key, seed=arguments.seed))
    return told | {"files": sorted({*made, "model.json"})}


NAMING = ("given_names", "surname", "birth_date")


def _groups(linked: Linked, truth: Any) -> Any:
    """Missed links by list, sex, age group and nationality."""
    from schakel.linkage import quality

    best = linked.clusters[linked.clusters["draw"] == 0].reset_index(drop=True)
    rows = linked.registrations.set_index("record").loc[best["record"]].reset_index()
    known = quality.truth_of(best, truth)
    return quality.by_group(best["person"], known, quality.usual_groups(rows))


def _progress(stage: str, done: int, of: int) -> None:
    """One line on standard error; pieces that were scored are kept, so that it may be stopped."""
    told = f" {done}/{of}" if of > 1 else ""
    print(f"schakel link: {stage}{told}", file=sys.stderr, flush=True)


WORDS = {
    "en": {
        "in": "{registrations} registrations on {lists} lists.",
        "left": "Left out: {unreadable_rows} rows that cannot be read, {without_identity} registrations without a name "
        "or number. {unreadable_birth_dates} birth dates are no date and count as unknown.",
        "without": "Without identity, by list: {shares}. They are in no cluster and bound an estimate: see "
        "`schakel histories`.",
        "of": "{list} {without_identity} of {registrations} ({share})",
        "links": "{links} links at a probability of {threshold} or more, from at most {compared_at_most} pairs "
        "compared.",
        "persons": "{persons} persons. The most registrations of one person: {largest_person}.",
        "expected": "By the model's own reckoning {precision} of the links are right, and {recall} of the matches "
        "among the compared pairs are linked. Pairs that were never compared are not in that.",
        "truth": "Against the truth: precision {precision}, recall {recall} (persons); there are {true_persons} "
        "persons.",
        "review": "By {answered} answers: precision {precision}, recall among the compared pairs {recall}. {unsure} "
        "answers are unsure.",
        "silent": "Of {strata_without_answer} of the {strata} strata of the score no pair has a yes or no: there "
        "anything is possible, and the interval says so.",
        "draws": "{count} draws of the links: from {low} to {high} persons.",
        "crowded": "Too common to compare all ({registrations} registrations): {columns}.",
        "files": "Written in '{folder}': {files}.",
        "safe": "Internal: the folder holds personal data.",
        "mark": ",",
    },
    "nl": {
        "in": "{registrations} registraties op {lists} lijsten.",
        "left": "Niet meegedaan: {unreadable_rows} onleesbare rijen, {without_identity} registraties zonder naam of "
        "nummer. {unreadable_birth_dates} geboortedata zijn geen datum en tellen als onbekend.",
        "without": "Zonder identiteit, per lijst: {shares}. Zij staan in geen cluster en begrenzen een schatting: zie "
        "`schakel histories`.",
        "of": "{list} {without_identity} van {registrations} ({share})",
        "links": "{links} koppelingen bij een kans van {threshold} of meer, uit ten hoogste {compared_at_most} "
        "vergeleken paren.",
        "persons": "{persons} personen. De meeste registraties van één persoon: {largest_person}.",
        "expected": "Naar de eigen berekening van het model klopt {precision} van de koppelingen, en is {recall} van "
        "de overeenkomsten onder de vergeleken paren gekoppeld. Paren die nooit vergeleken zijn tellen daarin niet "
        "mee.",
        "truth": "Naast de waarheid: precisie {precision}, recall {recall} (personen); er zijn {true_persons} "
        "personen.",
        "review": "Naar {answered} antwoorden: precisie {precision}, recall onder de vergeleken paren {recall}. "
        "{unsure} antwoorden zijn onzeker.",
        "silent": "Van {strata_without_answer} van de {strata} lagen van de kans heeft geen paar een ja of nee: daar "
        "is alles mogelijk, en het interval zegt dat.",
        "draws": "{count} trekkingen van de koppelingen: van {low} tot {high} personen.",
        "crowded": "Te algemeen om alles te vergelijken ({registrations} registraties): {columns}.",
        "files": "Geschreven in '{folder}': {files}.",
        "safe": "Intern: in de map staan persoonsgegevens.",
        "mark": ".",
    },
}


def _told(told: dict[str, Any], words: dict[str, str], folder: str) -> list[str]:
    """The summary in words; a share with two decimals less than one hides nothing that the JSON tells."""
    whole = _whole(told, words)
    lines = [
        words["in"].format(registrations=whole["registrations"], lists=_number(len(told["lists"]), words)),
        words["left"].format(**_whole(told["left_out"], words)),
        *_without(told["without_identity"], words),
        words["links"].format(**whole | {"threshold": _point(told["threshold"], words)}),
        words["persons"].format(**whole),
    ]
    if told["links"]:  # of no links nothing can be right
        expected = {name: _share(told[f"expected_{name}"], words) for name in ("precision", "recall")}
        lines.append(words["expected"].format(**expected))
    if found := told.get("quality"):
        persons = found["persons"]
        shares = {name: _share(persons[name], words) for name in ("precision", "recall")}
        lines.append(words["truth"].format(**shares, true_persons=_number(persons["true_persons"], words)))
    if found := told.get("review"):
        shares = {name: _interval(found[key], words) for name, key in REVIEWED.items()}
        lines.append(words["review"].format(**_whole(found, words), **shares))
        if found["strata_without_answer"]:
            lines.append(words["silent"].format(**_whole(found, words)))
    if drawn := told["draws"]["persons"]:
        figures = {"count": len(drawn), "low": min(drawn), "high": max(drawn)}
        lines.append(words["draws"].format(**_whole(figures, words)))
    lines += [
        words["crowded"].format(columns=" + ".join(one["columns"]), **_whole(one, words)) for one in told["crowded"]
    ]
    lines += [words["files"].format(folder=folder, files=", ".join(told["files"])), words["safe"]]
    return [part for line in lines for part in textwrap.wrap(line, 100)]


def _without(lists: list[dict[str, Any]], words: dict[str, str]) -> list[str]:
    """The share of registrations without identity of each list that has any."""
    shares = [
        words["of"].format(list=one["list"], share=_share(one["share"], words), **_whole(one, words))
        for one in lists
        if one["without_identity"]
    ]
    return [words["without"].format(shares="; ".join(shares))] if shares else []


def _whole(figures: dict[str, Any], words: dict[str, str]) -> dict[str, str]:
    """Every whole number of the figures as the language writes it."""
    return {name: _number(value, words) for name, value in figures.items() if isinstance(value, int)}


def _number(value: int, words: dict[str, str]) -> str:
    return f"{value:,}".replace(",", words["mark"])


REVIEWED = {"precision": "precision", "recall": "recall_among_compared"}


def _point(value: float | str, words: dict[str, str]) -> str:
    """A fraction as the language writes it: a comma where the dot marks thousands."""
    return str(value).replace(".", "," if words["mark"] == "." else ".")


def _share(value: float, words: dict[str, str]) -> str:
    return f"{_point(f'{100 * value:.2f}', words)} %"


def _interval(share: dict[str, float], words: dict[str, str]) -> str:
    return "{} ({} - {})".format(*(_share(share[name], words) for name in ("value", "low", "high")))
