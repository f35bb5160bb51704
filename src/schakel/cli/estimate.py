"""Estimate from FILE.csv how many people are on no list: lists as columns of 0 and 1, and how many people per row."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import Any

from schakel.cli.streams import read_file, write_json
from schakel.estimation.refusals import refusal
from schakel.vocabulary.extras import needing

HELP = "how many people are on no list"
METHODS = ("main", "pairs", "stepwise", "bic", "threshold", "average", "latent", "all")
STOPPED = {
    "nl": "Gestopt. Wat klaar is, staat in {name}: dezelfde opdracht gaat daarmee verder.",
    "en": "Stopped. What was done stands in {name}: the same command goes on from it.",
}
INTERVALS = ("bca", "percentile", "profile", "none")
KEPT = 1 << 22  # bytes
ACTIVE = "LIST:COL=VALUE,..."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.csv", help="a column of 0 and 1 for each list, and perhaps `count`; or -")
    parser.add_argument("--method", choices=METHODS, help="(default: stepwise); all compares them, with a verdict")
    parser.add_argument("--model", metavar="[12,13,4]", help="one model instead: lists by number (ten is 0) or name")
    parser.add_argument("--strata", metavar="COL,...", help="columns that are strata: one model with them, by group")
    parser.add_argument(
        "--lists", metavar="COL,...", help="the columns that are lists (default: all that are no strata)"
    )
    parser.add_argument("--active", action="append", default=[], metavar=ACTIVE,
                        help="with strata: a list that was there for these values only (may be repeated)")  # fmt: skip
    parser.add_argument(
        "--interval", choices=INTERVALS, help="(default: bca; profile for a fixed model, percentile with bic or strata)"
    )
    parser.add_argument("--resamples", type=int, metavar="N", help="of the bootstrap (default: 1000, with strata 200)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same answer (default: 7)")
    parser.add_argument("--order", type=int, metavar="N", help="with bic: the largest term, in lists")
    parser.add_argument("--add-up", action="store_true", help="add up a history that stands twice with counts")
    parser.add_argument("--resume", metavar="FILE", help="keep what was done here, and go on from it")
    parser.add_argument(
        "--json", action="store_true", help="everything as JSON; internal, for it rests on small counts"
    )


def run(arguments: argparse.Namespace) -> int:
    with needing("estimate"):
        from schakel.estimation.parsing import parse_table
        from schakel.estimation.reading import histories
    _check(arguments)
    _keep_memory()
    name = "standard input" if arguments.file == "-" else os.path.basename(arguments.file)
    table = parse_table(read_file(arguments.file), name)
    try:
        if arguments.strata is not None:
            answer = _by_strata(table, name, arguments)
        else:
            made = histories(table, words(arguments.lists), add_up=arguments.add_up, name=name)
            answer = _all(made, arguments) if arguments.method == "all" else _one(made, arguments)
    except KeyboardInterrupt:
        if arguments.resume:
            print(STOPPED[arguments.lang].format(name=os.path.basename(arguments.resume)), file=sys.stderr)
        raise
    if arguments.json:
        write_json(answer.as_data())
    else:
        print(answer.summary(arguments.lang), end="")
    return _code(answer)


def _keep_memory() -> None:
    """Have the C library keep what is freed, for the next step of the computation.

    It gives memory back, and asks for it anew page by page, beyond twice the largest piece that was ever freed (GNU C
    library, mallopt(3): M_TRIM_THRESHOLD follows M_MMAP_THRESHOLD); that took a tenth of the time of the fits. So one
    large piece is asked for, not touched, and freed.
    """
    import numpy as np

    np.empty(KEPT, dtype=np.uint8)


def words(typed: str | None) -> list[str] | None:
    """A list of names as typed with commas."""
    return None if typed is None else [word.strip() for word in typed.split(",")]


def _check(arguments: argparse.Namespace) -> None:
    """Refuse arguments that do not go together."""
    together = [
        ("--model", "--method", arguments.model and arguments.method),
        ("--strata", "--method", arguments.strata is not None and arguments.method),
        ("--method all", "--interval", arguments.method == "all" and arguments.interval),
        (
            "--order",
            "--method " + (arguments.method or "stepwise"),
            arguments.order is not None and arguments.method != "bic",
        ),
    ]
    for one, other, both in together:
        if both:
            raise refusal("not-together", one=one, other=other)
    if arguments.active and arguments.strata is None:
        raise refusal("active-alone")


def _one(made: Any, arguments: argparse.Namespace) -> Any:
    """One method, or one given model."""
    from schakel.estimation.methods import RESAMPLES, estimate

    resamples = RESAMPLES if arguments.resamples is None else arguments.resamples
    keeper = None
    if arguments.resume:
        from schakel.estimation.files import Checkpoint

        keeper = Checkpoint(arguments.resume, _run(made, resamples, arguments)).part(arguments.method or "stepwise")
    more = {} if arguments.order is None else {"order": arguments.order}
    return estimate(made, arguments.method or "stepwise", model=arguments.model, interval=arguments.interval,
                    resamples=resamples, seed=arguments.seed, progress=progress(), keeper=keeper, **more)  # fmt: skip


def _all(made: Any, arguments: argparse.Namespace) -> Any:
    """All methods and their verdict."""
    from schakel.estimation.files import Checkpoint
    from schakel.estimation.methods import RESAMPLES, estimate_all

    resamples = RESAMPLES if arguments.resamples is None else arguments.resamples
    keep = Checkpoint(arguments.resume, _run(made, resamples, arguments)).part if arguments.resume else None
    return estimate_all(made, resamples=resamples, seed=arguments.seed, progress=progress(), keep=keep,
                        begins=begins(arguments.lang))  # fmt: skip


def _by_strata(table: Any, name: str, arguments: argparse.Namespace) -> Any:
    """One model of lists and strata, with the answer by group."""
    with needing("estimate"):
        from schakel.estimation.files import Checkpoint
        from schakel.estimation.reading import told_in
        from schakel.estimation.strata import estimate_strata, fingerprint
        from schakel.estimation.strata_bootstrap import INTERVALS as POSSIBLE
        from schakel.estimation.stratified import read_stratified
    strata = words(arguments.strata) or []
    asked = {"interval": arguments.interval, "resamples": arguments.resamples}
    given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    if arguments.interval not in (None, *POSSIBLE):
        raise refusal("interval", value=arguments.interval, name="--strata", columns=", ".join(POSSIBLE))
    where = active(arguments.active)
    with told_in(name):
        made = read_stratified(table, strata, words(arguments.lists), active=where, add_up=arguments.add_up, name=name)
        if arguments.resume:
            run = f"{fingerprint(made)} {sorted(given.items())} {arguments.seed} {arguments.model}"
            given["keeper"] = Checkpoint(arguments.resume, run).part("covariates")
        return estimate_strata(made, model=arguments.model, by=strata, seed=arguments.seed, progress=progress(),
                               **given)  # fmt: skip


def active(typed: list[str]) -> dict[str, dict[str, list[str]]]:
    """Where lists were active, as typed: `LIST:COL=VALUE,VALUE`, each for one list and one column."""
    found: dict[str, dict[str, list[str]]] = {}
    for one in typed:
        name, colon, rest = one.partition(":")
        column, equals, values = rest.partition("=")
        if not (colon and equals and all((name.strip(), column.strip(), values.strip()))):
            raise refusal("active", value=one)
        found.setdefault(name.strip(), {}).setdefault(column.strip(), []).extend(words(values) or [])
    return found


def _run(made: Any, resamples: int, arguments: argparse.Namespace) -> str:
    """Whose run a checkpoint is: what is in the table and what was asked."""
    return f"{made.fingerprint} {resamples} {arguments.seed} {arguments.model} {arguments.order}"


def progress() -> Callable[[int, int], None] | None:
    """A line that tells how far the work is, where a person is looking."""
    if not sys.stderr.isatty():
        return None

    def told(done: int, total: int) -> None:
        end = "\r\033[K" if done >= total else ""
        print(f"\r{done} / {total}{end}", end="", file=sys.stderr, flush=True)

    return told


def begins(lang: str) -> Callable[[str], None] | None:
    """A line with the name of the method that is at work, where a person is looking."""
    if not sys.stderr.isatty():
        return None
    from schakel.estimation.sentences import METHODS as TITLES

    return lambda name: print(f"{TITLES[name](lang)} ...", file=sys.stderr, flush=True)


def _code(answer: Any) -> int:
    """1 where the answer is no: there is no estimate, or it must not be reported."""
    verdict = answer.verdict.word if answer.verdict else ""
    return 1 if verdict == "do-not-report" or getattr(answer, "population", 0) is None else 0
