"""Write docs/reference/definitions.md from the definitions of the figures, so that it cannot age."""

from __future__ import annotations

from pathlib import Path

from schakel.monitor.codebook import definitions_page

PAGE = Path(__file__).resolve().parent.parent / "docs" / "reference" / "definitions.md"

if __name__ == "__main__":
    PAGE.write_text(definitions_page(), encoding="utf-8")
