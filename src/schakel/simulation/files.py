"""The only module of this room that touches files: the municipalities of the content, and the tables it writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pandas as pd

from schakel.simulation.refusals import refused
from schakel.simulation.simulated import Simulated
from schakel.simulation.summary import TABLES, summary
from schakel.vocabulary.extras import needing

PARQUET, CSV = "parquet", "csv"
MUNICIPALITIES: Final = Path(__file__).parent.parent / "content" / "places" / "municipalities.csv"


def municipalities() -> pd.DataFrame:
    """Code, safety region and police unit of every municipality of the content, in order of code."""
    table = pd.read_csv(MUNICIPALITIES, usecols=["code", "safety_region", "police_unit"], dtype="str")
    return table.sort_values("code", ignore_index=True)


def write(made: Simulated, folder: Path, form: str = PARQUET) -> list[Path]:
    """Write the tables, the parameters and a summary of a synthetic country to an empty folder; the files by name.

    Every file says in its name that it is synthetic; a Parquet file says so in its metadata, with the seed. `form` is
    `parquet` (needs the extra `link`) or `csv`. The same country and seed give the same bytes. Raises `BadInput` where
    the folder holds anything, or cannot be written in: nothing is overwritten.
    """
    prepare(folder)
    files = [_table(getattr(made, name), folder / f"synthetic-{name}.{form}", made.seed) for name in TABLES]
    parameters = folder / "synthetic-parameters.csv"
    pd.DataFrame(made.parameters.rows, columns=list(made.parameters.columns)).to_csv(
        parameters, index=False, lineterminator="\n"
    )
    about = folder / "synthetic-country.json"
    about.write_text(json.dumps(summary(made), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return [*files, parameters, about]


def prepare(folder: Path) -> None:
    """Make the folder; refuse one that holds anything, or that cannot be written in."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = any(folder.iterdir())
    except (OSError, ValueError) as error:
        raise refused("no-folder", "", name=folder.name) from error
    if held:
        raise refused("not-empty", "", name=folder.name)


def _table(table: pd.DataFrame, path: Path, seed: int) -> Path:
    if path.suffix == ".csv":
        table.to_csv(path, index=False, lineterminator="\n", date_format="%Y-%m-%d")
        return path
    with needing("link"):
        import pyarrow as arrow
        from pyarrow import parquet
    rows = arrow.Table.from_pandas(table, preserve_index=False)
    said = {**(rows.schema.metadata or {}), b"synthetic": b"true", b"seed": str(seed).encode()}
    parquet.write_table(rows.replace_schema_metadata(said), path, compression="zstd")
    return path
