"""A small frozen table: to look at in a notebook, to read as text, to hand on as plain rows (`list(table)`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Table:
    """Rows under named columns, with a caption that says what they are."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, object]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __repr__(self) -> str:
        cells = [self.columns, *(tuple(map(str, row)) for row in self.rows)]
        widths = [min(48, max(len(line[column]) for line in cells)) for column in range(len(self.columns))]
        lines = ("  ".join(f"{cell[:48]:<{width}}" for cell, width in zip(line, widths, strict=True)) for line in cells)
        return "\n".join([self.caption, *(line.rstrip() for line in lines)])

    def _repr_html_(self) -> str:
        head = "".join(f'<th scope="col">{escape(name)}</th>' for name in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in self.rows)
        top = f"<caption>{escape(self.caption)}</caption><thead><tr>{head}</tr></thead>"
        return f"<table>{top}<tbody>{body}</tbody></table>"
