"""Run the tutorials that are notebooks, and write them with what they printed: docs/tutorials/*.py to *.ipynb."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import jupytext
import nbclient
import nbformat

TUTORIALS = Path(__file__).parent.parent / "docs" / "tutorials"


def sources() -> list[Path]:
    return sorted(TUTORIALS.glob("*.py"))


def executed(source: Path) -> Any:
    """The notebook of a source, run from top to bottom; the first cell that fails is an error."""
    notebook = jupytext.read(source)
    patience = {"timeout": 600, "startup_timeout": 600}  # seconds: a machine may be busy
    nbclient.NotebookClient(notebook, **patience, kernel_name="python3", coalesce_streams=True).execute(
        cwd=str(TUTORIALS)
    )
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"  # the same on every run
        cell.metadata.pop("execution", None)
    notebook.metadata.pop("language_info", None)
    notebook.metadata.pop("jupytext", None)
    return notebook


def printed(notebook: Any) -> list[str]:
    """What each cell of a notebook printed or showed, as text."""
    return ["".join(_text(output) for output in cell.get("outputs", [])) for cell in notebook.cells]


def _text(output: Any) -> str:
    return str(output.get("text") or output.get("data", {}).get("text/plain", ""))


def main() -> int:
    for source in sources():
        nbformat.write(executed(source), source.with_suffix(".ipynb"))
        print(f"wrote {source.with_suffix('.ipynb').name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
