"""Long work: the blocks make no difference, a stop loses nothing, another run's file is refused."""

from __future__ import annotations

import numpy as np
import pytest

from schakel.estimation import running
from schakel.estimation.choosing_stepwise import stepwise_pairs
from schakel.estimation.files import Checkpoint
from schakel.estimation.histories import Histories
from schakel.estimation.running import in_blocks
from schakel.vocabulary.errors import BadInput

TABLE = Histories(("A", "B", "C"), np.array([0, 140, 130, 16, 120, 15, 14, 5]))


def squares(begin: int, end: int) -> np.ndarray:
    return np.arange(begin, end, dtype=float) ** 2


def test_the_division_into_blocks_changes_nothing(monkeypatch):
    whole = in_blocks(squares, 100, 8)
    monkeypatch.setattr(running, "CELLS_AT_ONCE", 64)
    told: list[tuple[int, int]] = []
    assert np.array_equal(in_blocks(squares, 100, 8, lambda done, total: told.append((done, total))), whole)
    assert told[0] == (8, 100)
    assert told[-1] == (100, 100)


def test_a_stopped_run_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "CELLS_AT_ONCE", 64)
    path = tmp_path / "run.jsonl"
    whole = stepwise_pairs(TABLE, resamples=40, seed=7)
    done: list[int] = []

    def stop(at: int, total: int) -> None:
        if at >= 16:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stepwise_pairs(TABLE, resamples=40, seed=7, progress=stop, keeper=Checkpoint(path, "a").part("stepwise"))
    with path.open("a", encoding="utf-8") as file:
        file.write('{"part": "stepwise", "fir')  # killed while it wrote
    keeper = Checkpoint(path, "a").part("stepwise")
    assert sorted(keeper.kept()) == [0, 8]
    monkeypatch.setattr(Checkpoint, "keep", lambda self, part, first, values: done.append(first))
    again = stepwise_pairs(TABLE, resamples=40, seed=7, keeper=keeper)
    assert min(done) == 16
    assert again == whole


def test_methods_keep_their_blocks_apart_in_one_file(tmp_path):
    first = Checkpoint(tmp_path / "x", "a")
    first.part("bic").keep(0, [1.5, float("inf")])
    first.part("stepwise").keep(8, [2.0])
    second = Checkpoint(tmp_path / "x", "a")
    assert second.part("bic").kept() == {0: [1.5, float("inf")]}
    assert second.part("stepwise").kept() == {8: [2.0]}
    assert second.part("main").kept() == {}


def test_the_file_of_another_run_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "x"
    Checkpoint(path, "a").part("bic").keep(0, [1.0])
    before = path.read_text()
    with pytest.raises(BadInput, match="'x' holds another run"):
        Checkpoint(path, "b")
    assert path.read_text() == before


def test_a_file_that_is_none_of_ours_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "photo"
    path.write_bytes(b"\xff\xd8\xff")
    with pytest.raises(BadInput, match="cannot be read"):
        Checkpoint(path, "a")
    assert path.read_bytes() == b"\xff\xd8\xff"
    with pytest.raises(BadInput, match="cannot be written"):
        Checkpoint(tmp_path / "no" / "folder", "a")


def test_where_somebody_looks_on_blocks_are_small_and_grow():
    told: list[int] = []
    whole = in_blocks(squares, 1_000, 8, lambda done, total: told.append(done))
    assert np.array_equal(whole, in_blocks(squares, 1_000, 8))
    assert told == [32, 96, 224, 480, 736, 992, 1_000]


def test_what_was_kept_in_other_blocks_is_taken_up(tmp_path):
    keeper = Checkpoint(tmp_path / "run.jsonl", "a").part("x")
    keeper.keep(0, squares(0, 10).tolist())
    keeper.keep(10, squares(10, 57).tolist())
    asked: list[tuple[int, int]] = []

    def work(begin: int, end: int) -> np.ndarray:
        asked.append((begin, end))
        return squares(begin, end)

    assert np.array_equal(in_blocks(work, 100, 8, keeper=keeper), squares(0, 100))
    assert asked[0][0] == 57


@pytest.mark.parametrize("where", ["a folder", "no/folder", "/dev/zero"])
def test_where_nothing_can_be_kept_is_said(tmp_path, where):
    (tmp_path / "a folder").mkdir()
    with pytest.raises(BadInput, match="cannot be written"):
        Checkpoint(tmp_path / where, "a")


def test_a_disk_that_is_full_is_said_and_loses_nothing(tmp_path, monkeypatch):
    kept = Checkpoint(tmp_path / "x", "a")
    kept.part("bic").keep(0, [1.0])
    monkeypatch.setattr(type(kept.path), "open", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "full")))
    with pytest.raises(BadInput, match="'x' cannot be written"):
        kept.part("bic").keep(1, [2.0])
    monkeypatch.undo()
    assert Checkpoint(tmp_path / "x", "a").part("bic").kept() == {0: [1.0]}
