"""From lists to the number that nobody registered, as a researcher goes: link, count, estimate with the doubt of links.

Each step takes what the step before it wrote; nothing is handed over by hand.
"""

from __future__ import annotations

import io
import json
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from schakel.cli import main
from schakel.estimation.files import parse_table
from schakel.estimation.histories import Histories
from schakel.estimation.linkage_error import propagate
from schakel.estimation.linked import from_clusters
from schakel.estimation.methods import estimate
from schakel.estimation.reading import histories
from schakel.linkage.quality import truth_of

DRAWS = 6
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "link-lists.md"


def said(*words: str) -> str:
    """What a command prints; it must succeed."""
    printed = io.StringIO()
    with redirect_stdout(printed):
        assert main([*words, "--lang", "en"]) == 0
    return printed.getvalue()


@dataclass(frozen=True)
class Journey:
    """Where everything lies, what linking told, and the counts of every draw as they were printed."""

    folder: Path
    told: dict[str, Any]
    counts: str

    def draw(self, number: int) -> Histories:
        return histories(parse_table(self.counts.encode(), "counts.csv"), draw=number)

    def truth(self) -> Histories:
        """The histories that a linkage without errors would give, of the registrations that can be linked."""
        linked = pd.read_parquet(self.folder / "linked" / "clusters.parquet")
        best = linked[linked["draw"] == 0].reset_index(drop=True)
        known = truth_of(best, pd.read_csv(self.folder / "country" / "synthetic-truth.csv"))
        right = best.assign(person=known.to_numpy())
        return from_clusters(right, pd.read_parquet(self.folder / "linked" / "registrations.parquet"))


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    folder = tmp_path_factory.mktemp("journey")
    country, linked = folder / "country", folder / "linked"
    said("simulate", "--out", str(country), "--people", "16000", "--format", "csv", "--seed", "7")
    lists = str(country / "synthetic-registrations.csv")
    told = json.loads(said("link", lists, "--out", str(linked), "--draws", str(DRAWS), "--json"))
    tables = ("--clusters", str(linked / "clusters.parquet"), "--registrations", str(linked / "registrations.parquet"))
    return Journey(folder, told, said("histories", *tables, "--draw", "all"))


def test_every_person_that_was_linked_is_counted_once_in_every_draw(journey: Journey) -> None:
    persons = [journey.told["persons"], *journey.told["draws"]["persons"]]
    assert [journey.draw(number).observed for number in range(DRAWS + 1)] == persons
    assert len(set(persons)) > 1


def test_the_best_draw_is_what_an_estimate_is_made_of(journey: Journey) -> None:
    (journey.folder / "counts.csv").write_text(journey.counts, encoding="utf-8")
    told = json.loads(said("estimate", str(journey.folder / "counts.csv"), "--resamples", "50", "--json"))
    assert told["observed"] == journey.told["persons"]
    assert told["interval"]["low"] < told["population"] < told["interval"]["high"]


def test_the_doubt_of_the_links_takes_away_some_of_what_missed_links_add(journey: Journey) -> None:
    """Missed links make the estimate too high. Draws keep doubtful links by their chance, so they bring it down."""
    method = partial(estimate, method="main", interval="profile")
    both = propagate([journey.draw(number) for number in range(DRAWS + 1)], method)
    right = method(journey.truth()).population
    assert right is not None
    assert both.without.population is not None
    assert both.with_error.population is not None
    assert right < both.with_error.population < both.without.population


def test_the_program_of_the_page_runs_on_the_counts(
    journey: Journey, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (journey.folder / "counts.csv").write_text(journey.counts, encoding="utf-8")
    monkeypatch.chdir(journey.folder)
    [program] = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert "range(21)" in program
    exec(compile(program.replace("range(21)", f"range({DRAWS + 1})").replace("100", "20"), str(PAGE), "exec"), {})
    assert "links" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--draw", "last"], "there is no draw last"), (["--draw", "all"], "FILE.csv and --draw all do not go together")],
)
def test_a_draw_that_cannot_be_counted_is_one_sentence(
    words: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "counts.csv").write_text("A,B,count\n1,0,3\n0,1,4\n1,1,2\n", encoding="utf-8")
    assert main(["histories", str(tmp_path / "counts.csv"), *words, "--lang", "en"]) == 2
    assert told in capsys.readouterr().err
