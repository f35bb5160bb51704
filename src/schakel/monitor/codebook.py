"""The codebook, generated from the definitions: of one release for its readers, of all figures for the docs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from schakel.disclosure.protected import ProtectedRelease
from schakel.monitor.definitions import OVERLAPPING, PERSONS, REPORTS, Definition, Notion, Stated, definitions
from schakel.monitor.observations import STATUS_TEXT, Coded
from schakel.monitor.series import breaks, traps
from schakel.vocabulary.sources import CERTAINTY
from schakel.vocabulary.texts import Text

FILE: Final = "codebook-{lang}.md"
WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {
        "title": "Codeboek: {title}", "definitions": "Begrippen van de cijfers", "counts": "Wie wordt geteld",
        "figures": "De cijfers", "what": "Wat het telt", "not": "Wat het niet is", "by": "Uitgesplitst naar",
        "unit": "Eenheid", "source": "Bron", "variables": "De variabelen", "code": "code", "name": "naam",
        "status": "Status van een waarde", "protected": "Hoe het is beveiligd", "notions": "Begrippen",
        "not-given": "Wat wij niet weten", "breaks": "Breuken in de reeksen", "traps": "Valkuilen",
        "only": "Alleen waar", "empty": "Een lege waarde is weggelaten, en is niet nul.",
        "generated": "Gemaakt door scripts/definitions.py uit de inhoud. **Niemand heeft deze inhoud nog nagekeken.**",
        "sdmx": "Codes van status: A en F gewoon, Q weggelaten, C vertrouwelijk, D weggelaten ter bescherming van een "
        "ander. `_T` is het totaal, `_Z` niet uitgesplitst.",
        "none": "Deze tabel staat niet in de begrippen van Schakel.",
    },
    "en": {
        "title": "Codebook: {title}", "definitions": "Definitions of the figures", "counts": "Who is counted",
        "figures": "The figures", "what": "What it counts", "not": "What it is not", "by": "Divided by",
        "unit": "Unit", "source": "Source", "variables": "The variables", "code": "code", "name": "name",
        "status": "Status of a value", "protected": "How it is protected", "notions": "Notions",
        "not-given": "What we do not know", "breaks": "Breaks in the series", "traps": "Traps",
        "only": "Only where", "empty": "An empty value is withheld, and is not nought.",
        "generated": "Made by scripts/definitions.py from the content. **Nobody has checked this content yet.**",
        "sdmx": "Codes of status: A and F normal, Q withheld, C confidential, D withheld to protect another. `_T` is "
        "the total, `_Z` not divided.",
        "none": "This table is not in the definitions of Schakel.",
    },
}  # fmt: skip
UNITS: Final[Mapping[str, Mapping[str, str]]] = {
    PERSONS: {"nl": "personen per jaar van registratie", "en": "persons by year of registration"},
    REPORTS: {"nl": "meldingen; geen personen", "en": "reports; no persons"},
    OVERLAPPING: {"nl": "personen per melder; niet op te tellen", "en": "persons by reporter; not to be added up"},
}


def codebook(
    release: ProtectedRelease, variables: Sequence[Coded], figures: Mapping[str, Text], lang: str
) -> str:  # fmt: skip
    """The codebook of one release in Markdown."""
    words, known = WORDS[lang], definitions().figures
    parts: list[str] = [
        f"# {words['title'].format(title=release.spec.title(lang))}",
        f"## {words['counts']}", release.spec.people(lang),
        f"## {words['protected']}", str(release.claims["text"][lang]),
        f"## {words['figures']}",
    ]  # fmt: skip
    for name in release.tables:
        one = known.get(name)
        parts += _figure(one, lang) if one else [f"### {figures[name](lang)} (`{name}`)", words["none"]]
    parts += [f"## {words['notions']}", *_notions(definitions().notions, lang), f"## {words['variables']}"]
    for variable in variables:
        parts += [f"### {variable.title(lang)} (`{variable.name}`)", _codes(variable.names, lang)]
    parts += [f"## {words['status']}", _codes(STATUS_TEXT, lang), words["sdmx"], words["empty"]]
    return "\n\n".join([*parts, *_warnings(lang)]) + "\n"


def definitions_page() -> str:
    """The page of the documentation: all definitions in English, then in Dutch, in Markdown."""
    return f"{_definitions('en')}\n---\n\n{_definitions('nl')}"


def _definitions(lang: str) -> str:
    words, all_ = WORDS[lang], definitions()
    parts = [f"# {words['definitions']}", words["generated"], f"## {words['notions']}", *_notions(all_.notions, lang)]
    parts.append(f"## {words['figures']}")
    for one in all_.figures.values():
        parts += _figure(one, lang)
    parts += [f"## {words['not-given']}", _listed(what(lang) for what in all_.not_given)]
    return "\n\n".join([*parts, *_warnings(lang)]) + "\n"


def _figure(one: Definition, lang: str) -> list[str]:
    words = WORDS[lang]
    titles = {each.id: each.title(lang) for each in one.lists}
    by = ", ".join(titles.get(name, "jaar" if lang == "nl" else "year") for name in one.by)
    lines = [
        f"- {words['what']}: {one.what(lang)}",
        f"- {words['not']}: {one.is_not(lang)}",
        f"- {words['unit']}: {UNITS[one.unit][lang]}",
        f"- {words['by']}: {by}",
        *(f"- {words['only']}: {name} = {', '.join(codes)}" for name, codes in one.where.items()),
        *_sources(one.sources, lang),
    ]
    return [f"### {one.title(lang)} (`{one.id}`)", "\n".join(lines)]


def _notions(notions: Iterable[Notion], lang: str) -> Iterator[str]:
    words = WORDS[lang]
    for one in notions:
        lines = [f"- {words['what']}: {one.what(lang)}", f"- {words['not']}: {one.is_not(lang)}"]
        yield f"### {one.title(lang)}"
        yield "\n".join([*lines, *_sources(one.sources, lang)])


def _warnings(lang: str) -> Iterator[str]:
    words = WORDS[lang]
    yield f"## {words['traps']}"
    yield _listed(f"{one.text(lang)} ({_said(one.sources, lang)})" for one in traps())
    yield f"## {words['breaks']}"
    yield _listed(f"{one.year}, {one.title(lang)}: {one.cause(lang)} ({_said(one.sources, lang)})" for one in breaks())


def _sources(sources: Iterable[Stated], lang: str) -> list[str]:
    return [f"- {WORDS[lang]['source']}: {one.source} ({one.certainty}: {CERTAINTY[one.certainty](lang)})"
            for one in sources]  # fmt: skip


def _said(sources: Iterable[Stated], lang: str) -> str:
    return "; ".join(f"{one.source}, {one.certainty}" for one in sources)


def _codes(names: Mapping[str, Text], lang: str) -> str:
    words = WORDS[lang]
    rows = [f"| `{code}` | {name(lang)} |" for code, name in names.items()]
    return "\n".join([f"| {words['code']} | {words['name']} |", "|---|---|", *rows])


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
