"""Count figures from linked registrations, for the researcher only, and prepare a release of them to be protected."""

from __future__ import annotations

import argparse
from pathlib import Path

from schakel.mechanism.content import load
from schakel.vocabulary.extras import needing
from schakel.vocabulary.output import free

HELP = "count figures and prepare a release of them"
WORDS = {
    "nl": {
        "made": "INTERN: {rows} meldingen van {people} personen in de jaren {first}-{last}; niet publiceren.",
        "tables": "{count} tabellen gevraagd: {names}.",
        "next": "Nu beveiligen: schakel protect {folder}/spec.yaml {folder}/internal-data.csv --out MAP",
        "title": "Mogelijke slachtoffers, {first}-{last}", "synthetic": "SYNTHETISCH: niemand hierin bestaat.",
    },
    "en": {
        "made": "INTERNAL: {rows} reports of {people} persons in the years {first}-{last}; not to be published.",
        "tables": "{count} tables asked for: {names}.",
        "next": "Now protect: schakel protect {folder}/spec.yaml {folder}/internal-data.csv --out DIR",
        "title": "Possible victims, {first}-{last}", "synthetic": "SYNTHETIC: nobody in it exists.",
    },
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", metavar="DATA", type=Path,
                        help="a folder made by schakel simulate, or a table of registrations")  # fmt: skip
    parser.add_argument("--clusters", metavar="FILE", type=Path, help="who is the same person (schakel link)")
    parser.add_argument("--years", metavar="2016-2024", help="first and last year (default: all)")
    parser.add_argument("--figure", metavar="ID", action="append", help="a figure of the release; may be repeated")
    parser.add_argument("--name", default="release", help="name of the release (default: release)")
    parser.add_argument("--seed", type=int, default=7, help="for the pseudonyms of the extract (default: 7)")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="the folder to make; INTERNAL")


def run(arguments: argparse.Namespace) -> int:
    with needing("release"):
        from schakel.disclosure.spec_text import spec_text
        from schakel.monitor import files
        from schakel.monitor.engines import on_duckdb
        from schakel.monitor.extract import clusters_of_truth, make_extract
        from schakel.monitor.figures import chosen_years
        from schakel.monitor.release import YEARLY, release_data, release_spec
        from schakel.vocabulary.texts import LANGUAGES, text

    free(arguments.out)
    synthetic = arguments.data.is_dir()
    if synthetic:
        rows = files.read_simulated(arguments.data, "registrations")
        clusters = clusters_of_truth(files.read_simulated(arguments.data, "truth"))
    else:
        rows, clusters = files.read_registrations(arguments.data), files.read_clusters(arguments.clusters)
    extract = make_extract(rows, clusters, load().places, seed=arguments.seed)
    years = chosen_years(extract, arguments.years)
    said = {"first": years[0], "last": years[-1], "folder": arguments.out.name}
    mark = {lang: f" ({WORDS[lang]['synthetic']})" if synthetic else "" for lang in LANGUAGES}
    title = text({lang: WORDS[lang]["title"].format(**said) + mark[lang] for lang in LANGUAGES})
    spec = release_spec(arguments.figure or YEARLY, years, name=arguments.name, title=title)
    with on_duckdb() as engine:
        data = release_data(spec, engine, extract)
    kept = extract[extract["year"].isin(years)]
    files.write_folder(arguments.out, {
        "spec.yaml": spec_text(spec).encode(),
        "internal-data.csv": data.to_csv(index=False, lineterminator="\n").encode(),
        "internal-extract.parquet": files.extract_bytes(extract),
    })  # fmt: skip
    words = WORDS[arguments.lang]
    print(words["made"].format(rows=len(kept), people=kept["person"].nunique(), **said))
    print(words["tables"].format(count=len(spec.tables), names=", ".join(table.name for table in spec.tables)))
    print(words["next"].format(**said))
    return 0
