"""The door of every chart: only a table of a protected release, or figures that somebody published, become a picture.

Alt text and table are made from the same rows as the marks, so that the three can never differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor.factsheet_words import say
from schakel.monitor.refusals import refusal
from schakel.monitor.show import number
from schakel.monitor.slices import Slice
from schakel.press.charts import Bar, Bars, Frame, Nested, draw
from schakel.press.sheet import Figure
from schakel.vocabulary.published import Published
from schakel.vocabulary.sources import CERTAINTY
from schakel.vocabulary.tables import Table
from schakel.vocabulary.texts import LANGUAGES

PERCENT = "percent"
SYNTHETIC = {"nl": "SYNTHETISCH", "en": "SYNTHETIC"}


Given = Slice | Sequence[Published]


def synthetic(release: ProtectedRelease) -> bool:
    """Whether the release says of itself that nobody in it exists."""
    return any(SYNTHETIC[lang] in release.spec.title(lang) for lang in LANGUAGES)


def quantities(given: Given, lang: str) -> tuple[Bar, ...]:
    """What a chart shows, in the order of the code list or of the source. Raises `BadInput` for anything else."""
    if isinstance(given, Slice):
        names, values = given.names(lang), given.values
        return tuple(_counted(names.get(code, code), values.get(code), lang) for code in given.order)
    if not isinstance(given, list | tuple) or not given:
        raise refusal("internal")
    return tuple(_printed(one, lang) for one in given)


def _counted(label: str, value: int | None, lang: str) -> Bar:
    return Bar(label, value, number(value, lang) if value is not None else say("withheld", lang))


def _printed(one: Published, lang: str) -> Bar:
    if not isinstance(one, Published):
        raise refusal("internal")
    percent = "%" if one.unit == PERCENT else ""
    shown = f"{number(one.value, lang)}{percent}" if one.value is not None else say("no-value", lang)
    return Bar(one.means(lang), one.value, shown)


def source_line(given: Given, lang: str) -> str:
    """Where the numbers are from and how sure that is, or how they were protected."""
    if isinstance(given, Slice):
        return say("release-source", lang, release=given.release.spec.name)
    sources = list(dict.fromkeys(source for one in given for source in one.sources))
    told = say("source", lang, source="; ".join(dict.fromkeys(one.ref for one in sources)))
    codes = dict.fromkeys(f"{CERTAINTY[one.certainty](lang)} ({one.certainty})" for one in sources)
    return f"{told} {say('certainty', lang, certainty='; '.join(codes))}"


def frame(kind: str, title: str, subtitle: str, given: Given, rows: Sequence[tuple[str, str]], lang: str,
          marked: bool = False, source: str = "") -> Frame:  # fmt: skip
    """What stands around a chart. A release that says it is synthetic is marked, whether it was asked for or not.

    `source`: where the sources are told, if they are too many to stand in the chart.
    """
    mark = say("synthetic", lang) if marked or (isinstance(given, Slice) and synthetic(given.release)) else ""
    source = source or source_line(given, lang)
    told = "; ".join(f"{label}: {shown}" for label, shown in rows)
    alt = f"{mark + '. ' if mark else ''}{say(kind, lang)}. {title}. {subtitle}. {told}. {source}"
    return Frame(title, subtitle, source, alt, mark)


def bars(given: Given, anchor: str, title: str, subtitle: str, lang: str, *, notes: tuple[str, ...] = (),
         marked: bool = False) -> Figure:  # fmt: skip
    """A bar chart with its table. What is nought is told in the table and in the text, and has no bar."""
    found = quantities(given, lang)
    rows = tuple((bar.label, bar.shown) for bar in found)
    around = frame("kind-bars", title, subtitle, given, rows, lang, marked)
    columns = (say("column-group", lang), say("column-number" if isinstance(given, Slice) else "column-value", lang))
    drawn = tuple(bar for bar in found if bar.value != 0) or found
    told = notes if len(drawn) == len(found) else (*notes, say("noughts-beside", lang))
    return Figure(anchor, draw(Bars(around, drawn)), Table(f"{title}. {subtitle}", columns, rows), told)


def nested(whole: Given, inner: Given, anchor: str, titles: tuple[str, str, str, str], lang: str, *,
           notes: tuple[str, ...] = (), marked: bool = False) -> Figure:  # fmt: skip
    """Two parts of a whole and, below, the parts of the last one: in percent of what is printed, known parts only.

    `titles` are those of the figure, below it, of the whole, and of the part that is opened.
    """
    title, subtitle, above, below = titles
    first, second = _pair(whole, lang), _pair(inner, lang)
    of = [(above, bar) for bar in first] + [(below, bar) for bar in second]
    rows = [(f"{group}: {bar.label}", bar.shown) for group, bar in of]
    around = frame("kind-nested", title, subtitle, whole, rows, lang, marked)
    counts = [*quantities(whole, lang), *quantities(inner, lang)] if isinstance(whole, Slice) else []
    columns = [say(f"column-{name}", lang) for name in ("group", "period", "value", *(["number"] if counts else []))]
    numbers: list[tuple[str, ...]] = [(bar.shown,) for bar in counts] or [()] * len(of)
    table = tuple((bar.label, group, bar.shown, *more) for (group, bar), more in zip(of, numbers, strict=True))
    picture = draw(Nested(around, above, first, below, second))
    return Figure(anchor, picture, Table(title, tuple(columns), table), notes)


def _pair(given: Given, lang: str) -> tuple[Bar, Bar]:
    """Two parts, in percent: as published, or of the two numbers that are printed."""
    first, second = quantities(given, lang)
    if not isinstance(given, Slice):
        return first, second
    if first.value is None or second.value is None or not first.value + second.value:
        none = say("withheld" if None in (first.value, second.value) else "no-value", lang)
        return Bar(first.label, None, none), Bar(second.label, None, none)
    share = round(100 * first.value / (first.value + second.value))
    return Bar(first.label, share, f"{share}%"), Bar(second.label, 100 - share, f"{100 - share}%")
