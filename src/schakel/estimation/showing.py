"""How an estimate looks: numbers by language, rows of text, a small table in HTML, a chart of dots and bars.

Plain rows in, text out: it does not know what an estimate is, so that nothing can be shown that was not handed over.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from schakel.vocabulary.extras import needing

WIDTH, LABEL = 100, 26
BEYOND = 1e9  # more people than any country has: no number to print

PEOPLE = {"nl": "mensen", "en": "people"}

Row = tuple[str, str]


def number(value: float, lang: str) -> str:
    """A number of people in the way of the language: 11,313 or 11.313."""
    told = f"{round(value):,}"
    return told.replace(",", ".") if lang == "nl" else told


def beyond(value: float) -> bool:
    """Whether a limit is no number of people any more."""
    return not math.isfinite(value) or value >= BEYOND


def group_words(group: Mapping[str, Any], seen: str, lang: str) -> str:
    """One group of strata: `women, 2019: 310 (95%: 250 to 420), on at least one list 120`."""
    name = ", ".join(str(value) for value in group["group"].values())
    interval = group.get("interval")
    limits = ""
    if interval:
        until, high = {"nl": "tot", "en": "to"}[lang], interval["high"]
        upper = "…" if high is None or beyond(high) else number(high, lang)
        limits = f" ({interval['level']:.0%}: {number(interval['low'], lang)} {until} {upper})"
    return f"{name}: {number(group['population'], lang)}{limits}, {seen} {number(group['observed'], lang)}"


def rows_text(title: str, rows: Sequence[Row], below: Sequence[tuple[str, Sequence[str]]], label: int = LABEL) -> str:
    """Label and value under each other, then headed lists of sentences."""
    lines = [title, ""]
    for name, value in rows:
        lines += textwrap.wrap(value, WIDTH, initial_indent=f"{name:<{label}}", subsequent_indent=" " * label)
    for head, sentences in below:
        lines += ["", f"{head}:"] if sentences else []
        for sentence in sentences:
            lines += textwrap.wrap(sentence, WIDTH, initial_indent="  - ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def rows_html(title: str, rows: Sequence[Row], below: Sequence[tuple[str, Sequence[str]]], lang: str) -> str:
    """The same as one table and lists, in plain accessible HTML without style or script."""
    from html import escape  # loads a table of all characters with a name

    body = "".join(
        f'<tr><th scope="row" style="text-align:left">{escape(label)}</th>'
        f'<td style="text-align:left">{escape(value)}</td></tr>'
        for label, value in rows
    )
    lists = "".join(
        f"<p>{escape(head)}:</p><ul>{''.join(f'<li>{escape(one)}</li>' for one in sentences)}</ul>"
        for head, sentences in below
        if sentences
    )
    caption = f'<caption style="text-align:left">{escape(title)}</caption>'
    return f'<div lang="{escape(lang)}"><table>{caption}<tbody>{body}</tbody></table>{lists}</div>'


def chart(points: Sequence[dict[str, Any]], *, title: str, subtitle: Sequence[str], lang: str, seen: str) -> Any:
    """An Altair chart: for each point (`name`, `population`, `low`, `high`, `observed`) a dot, its interval as a bar,
    and a line where the people seen end. A missing value is left out, never drawn as zero.
    """
    with needing("estimate"):
        import altair as alt
    rows = alt.InlineData(values=[{**point, "seen": seen} for point in points])
    names = alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=320))
    numbers = "format(datum.value, ',')" if lang == "en" else "replace(format(datum.value, ','), /,/g, '.')"
    axis = alt.Axis(title=f"{PEOPLE[lang]}  ( | = {seen.lower()})", labelExpr=numbers)

    def along(field: str) -> Any:
        return alt.X(f"{field}:Q", axis=axis, scale=alt.Scale(zero=True))

    base = alt.Chart(rows).encode(y=names)
    bars = base.transform_filter("isValid(datum.low) && isValid(datum.high)").mark_rule(size=3, color="#31688e")
    dots = base.transform_filter("isValid(datum.population)").mark_point(
        filled=True, size=90, opacity=1, color="#1a1a1a"
    )
    lines = base.mark_tick(thickness=2, size=26, color="#b5451b")
    told = alt.TitleParams(title, subtitle=list(subtitle), anchor="start")
    return (
        alt.layer(
            bars.encode(x=along("low"), x2="high:Q"),
            dots.encode(x=along("population"), tooltip=["name:N", "population:Q", "low:Q", "high:Q"]),
            lines.encode(x=along("observed"), tooltip=["seen:N", "observed:Q"]),
        )
        .properties(title=told, width=460, height=alt.Step(34))
        .configure_view(strokeWidth=0)
    )


def wrapped(words: str, width: int = 96) -> list[str]:
    """A sentence in lines for under the title of a chart."""
    return textwrap.wrap(words, width)
