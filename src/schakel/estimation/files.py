"""The only module of this room that touches files: capture tables in CSV, and what a long run has done so far."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from schakel.estimation.histories import Histories
from schakel.estimation.parsing import parse_table
from schakel.estimation.reading import histories
from schakel.estimation.refusals import refusal
from schakel.vocabulary.extras import needing

if TYPE_CHECKING:
    import pandas as pd


def read_histories(path: str | Path, lists: list[str] | None = None, *, strata: tuple[str, ...] = (),
                   add_up: bool = False) -> Histories:  # fmt: skip
    """The capture histories of a CSV file (see `reading.histories`); `BadInput` names the file and the line."""
    return histories(read_table(path), lists, strata=strata, add_up=add_up, name=Path(path).name)


def read_table(path: str | Path) -> dict[str, list[str]]:
    """The columns of a CSV file, as words."""
    try:
        return parse_table(Path(path).read_bytes(), Path(path).name)
    except (OSError, ValueError) as error:
        raise refusal("no-file", name=Path(path).name) from error


def read_frame(path: str | Path) -> pd.DataFrame:
    """A table that passes between rooms, from CSV or Parquet, as a DataFrame."""
    with needing("estimate"):
        import pandas as pd
    if Path(path).suffix != ".parquet":
        return pd.DataFrame(read_table(path)).apply(_numbers)
    with needing("link"):
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    try:
        table: pd.DataFrame = parquet.read_table(path).to_pandas()
    except (OSError, arrow.ArrowException) as error:
        raise refusal("no-file", name=Path(path).name) from error
    return table


def _numbers(column: pd.Series[str]) -> pd.Series[int] | pd.Series[str]:
    """A column of whole numbers as such; any other as words, an empty one missing."""
    words = column.where(column != "")
    return column.astype("int64") if len(column) and column.str.fullmatch(r"-?\d{1,18}").all() else words


class Checkpoint:
    """A file that keeps the blocks of a long run: a first line that says whose run it is, then a line a block.

    Written line by line, so that a run that is killed loses the block it was at and nothing else. Refuses the file of
    another run (`run` differs): another table, number of resamples or seed. Several methods keep their blocks in one
    file, each under its own name (`part`).
    """

    def __init__(self, path: str | Path, run: str) -> None:
        self.path = Path(path)
        self.name = self.path.name or str(path)
        self._first = json.dumps({"run": run})
        self._done: dict[str, dict[int, list[float]]] = {}
        lines = self._lines()
        if lines and lines[0] != self._first:
            raise refusal("other-run", name=self.name)
        whole = [line for line in lines[1:] if self._take(line)]
        self._begin([self._first, *whole], lines)

    def part(self, name: str) -> Part:
        """The keeper of one method."""
        return Part(self, name)

    def kept(self, part: str) -> Mapping[int, list[float]]:
        return self._done.get(part, {})

    def keep(self, part: str, first: int, values: list[float]) -> None:
        self._done.setdefault(part, {})[first] = values
        line = json.dumps({"part": part, "first": first, "values": values}) + "\n"
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(line)
        except OSError as error:
            raise refusal("no-write", name=self.name) from error

    def _lines(self) -> list[str]:
        try:
            if not self.path.exists():
                return []
            if not self.path.is_file():  # a folder, or a device without an end
                raise refusal("no-write", name=self.name)
            return self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise refusal("no-file", name=self.name) from error

    def _take(self, line: str) -> bool:
        """Take up one block; a line that was cut off by a stop is no block."""
        try:
            block = json.loads(line)
            values = [float(value) for value in block["values"]]
            self._done.setdefault(str(block["part"]), {})[int(block["first"])] = values
        except (ValueError, KeyError, TypeError):
            return False
        return True

    def _begin(self, lines: list[str], before: list[str]) -> None:
        """Begin the file, or begin it again without a line that was cut off."""
        if lines == before:
            return
        try:
            self.path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        except OSError as error:
            raise refusal("no-write", name=self.name) from error


class Part:
    """The blocks of one method in a checkpoint: a `running.Keeper`."""

    def __init__(self, checkpoint: Checkpoint, name: str) -> None:
        self._checkpoint, self._name = checkpoint, name

    def kept(self) -> Mapping[int, list[float]]:
        return self._checkpoint.kept(self._name)

    def keep(self, first: int, values: list[float]) -> None:
        self._checkpoint.keep(self._name, first, values)
