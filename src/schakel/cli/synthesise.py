"""Make synthetic records of DATA, in which every combination of values has at least k real holders."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from schakel.cli.streams import write_json
from schakel.vocabulary.extras import needing
from schakel.vocabulary.output import free

if TYPE_CHECKING:
    from schakel.disclosure.records import GivenOut

HELP = "make synthetic records that may be given out"
WORDS = {
    "written": {
        "nl": "Geschreven: {name} ({records} records), met {note}",
        "en": "Written: {name} ({records} records), with {note}",
    },
    "proved": {
        "nl": "Bewezen: elke combinatie van waarden, hoe lang ook, heeft {k} of meer echte dragers.",
        "en": "Proved: every combination of values, however long, has {k} or more real holders.",
    },
    "dp": {
        "nl": "Differentieel privé (epsilon {epsilon}): combinaties zijn erbij verzonnen, en geen k is bewezen.",
        "en": "Differentially private (epsilon {epsilon}): combinations were invented, and no k is proved.",
    },
    "not-dp": {
        "nl": "Niet differentieel privé; geef één keer een bestand over dezelfde mensen, niet vaker.",
        "en": "Not differentially private; give out one file about the same people, not more.",
    },
    "single": {"nl": "LET OP: records van één jaar, op verzoek.", "en": "NOTE: records of a single year, as asked."},
    "head": {
        "nl": "lengte  fout  weggelaten  verzonnen  gelekt",
        "en": "length  error  suppressed  fabricated  leaked",
    },
    "member": {
        "nl": "Aanval 'zat deze persoon erin': AUC {auc} (kans: 0.5 ± {error})",
        "en": "Attack 'was this person in it': AUC {auc} (chance: 0.5 ± {error})",
    },
    "single-out": {
        "nl": "Aanval 'precies één mens heeft dit': {combinations} van {guesses} raak; met lege velden als 'niets' "
        "gelezen {with_blanks}; op de gok {by_chance}",
        "en": "Attack 'exactly one person has this': {combinations} of {guesses} right; reading blanks as 'none' "
        "{with_blanks}; by chance {by_chance}",
    },
}  # fmt: skip


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("data", metavar="DATA", type=Path, help="one row a person; CSV or Parquet")
    parser.add_argument("--out", metavar="FILE", type=Path, required=True, help="the CSV to make")
    parser.add_argument("--k", type=int, help="least number of real holders (default: the policy's, 10)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same records (default: 7)")
    parser.add_argument("--year", metavar="COLUMN", help="the column that tells the year")
    parser.add_argument("--single-year", action="store_true", help="let records of one year through; the note tells it")
    parser.add_argument("--dp", type=float, metavar="EPSILON", help="differentially private instead (extra dp)")
    parser.add_argument("--json", action="store_true", help="the note as JSON")


def run(arguments: argparse.Namespace) -> int:
    with needing("release"):
        from schakel.disclosure.files import read_data, smallest_group, write_records
        from schakel.disclosure.records import check_numbers, give_out, note

    free(arguments.out)
    k = smallest_group() if arguments.k is None else arguments.k
    check_numbers(k, arguments.seed, arguments.dp)
    made = give_out(
        read_data(arguments.data), k=k, seed=arguments.seed, year=arguments.year, single_year=arguments.single_year,
        epsilon=arguments.dp,
    )  # fmt: skip
    write_records(made.table, lambda checksum: note(made, checksum), arguments.out)
    if arguments.json:
        write_json(note(made, ""))
    else:
        print("\n".join(_told(made, arguments.out.name, arguments.lang)))
    return 0


def _told(made: GivenOut, name: str, lang: str) -> list[str]:
    def say(word: str, **words: object) -> str:
        return WORDS[word][lang].format(**words)

    lines = [say("written", name=name, records=len(made.table), note=f"{name}.audit.json")]
    lines += [say("proved", k=made.k), say("not-dp")] if made.epsilon is None else [say("dp", epsilon=made.epsilon)]
    lines += [say("single")] if made.years.single else []
    head = say("head")
    lines += ["", head]
    for each in made.errors:
        cells = (each.length, f"{each.relative:.1%}", f"{each.suppressed:.1%}", each.fabricated, each.leaked)
        lines.append("  ".join(f"{cell!s:>{len(word)}}" for cell, word in zip(cells, head.split(), strict=True)))
    lines.append("")
    if made.membership:
        lines.append(say("member", auc=f"{made.membership.auc:.2f}", error=f"{made.membership.error:.2f}"))
    out = made.singling_out
    return [*lines, say("single-out", combinations=out.combinations, guesses=out.guesses, with_blanks=out.with_blanks,
                        by_chance=out.by_chance)]  # fmt: skip
