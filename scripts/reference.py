"""Write docs/reference/cli.md from the parsers and facts.md from the content, so that neither can age."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from schakel.cli import parser
from schakel.mechanism.content import Content, load
from schakel.vocabulary.facts import Fact

PAGES = Path(__file__).resolve().parent.parent / "docs" / "reference"
DEFAULTS = {"lang": "that of the environment, Dutch otherwise"}  # these differ from one machine to the next
KINDS = {"choice": "one of these", "many": "any number of these", "date": "a day, as 2023-05-19", "place": "a place"}
ABOUT_FACTS = (
    "The closed list of what can be told of a situation, in the order in which it is asked when nothing else decides.\n"
    "*Weet ik niet* (unknown) is always an answer. Ethnicity is no fact."
)
MADE = "<!-- Made by scripts/reference.py: change the source, then run it. -->"


def cli_page() -> str:
    """The page of the command line: every command with its arguments."""
    (commands,) = (one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))
    return "\n".join([*cli_head(), *(line for name in commands.choices for line in command(commands.choices[name]))])


def cli_head() -> list[str]:
    return [
        "# The command line", MADE, "",
        "`schakel` stands for `.venv/bin/schakel`, which is there after `make demo` or `make test`.", "",
        "| exit code | meaning |", "|---|---|", "| 0 | done |",
        "| 1 | the answer is no: something is refuted, a scenario fails, a receipt gives other outcomes |",
        "| 2 | bad input: one sentence on standard error says what, where and what next |", "",
        "`--json` prints data. Its form is published as a JSON Schema in [schema/](schema/) where there is one.", "",
    ]  # fmt: skip


def command(one: argparse.ArgumentParser) -> Iterator[str]:
    """One command: what it does, how to call it, what each argument means."""
    arguments = [action for action in one._actions if action.dest != "help"]
    yield from (f"## {one.prog}", "", one.description or "", "")
    yield from ("```", " ".join([one.prog, *map(usage, arguments)]), "```", "")
    yield from ("| argument | meaning |", "|---|---|")
    yield from (f"| {cell(f'`{spelled(action)}`')} | {cell(meaning(action))} |" for action in arguments)
    yield ""


def usage(action: argparse.Action) -> str:
    return f"[{spelled(action)}]" if action.option_strings else spelled(action)


def spelled(action: argparse.Action) -> str:
    """An argument as it is typed."""
    word = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    if not action.option_strings:
        return str(word)
    return action.option_strings[0] if action.nargs == 0 else f"{action.option_strings[0]} {word}"


def meaning(action: argparse.Action) -> str:
    return (action.help or "") % {"default": DEFAULTS.get(action.dest, action.default)}


def cell(words: str) -> str:
    """Words as a cell of a table, in which a bar would begin the next cell."""
    return words.replace("|", "\\|")


def facts_page(content: Content) -> str:
    """The page of the facts: everything that can be told of a situation, in English and Dutch."""
    lines = (line for fact in content.facts.facts for line in fact_lines(fact))
    return "\n".join(["# The facts", MADE, "", ABOUT_FACTS, "", signatures(content), "", *lines])


def signatures(content: Content) -> str:
    """Who signed the files of facts, by name; or that nobody did."""
    signed = {document.name: document.data["checked_by"] for document in content.documents("facts")}
    unsigned = [name for name, names in signed.items() if not names]
    told = [f"{name}: checked by {', '.join(names)}" for name, names in signed.items() if names]
    return " ".join([*told, f"**Unsigned: nobody has checked {', '.join(unsigned)}.**" if unsigned else ""]).strip()


def fact_lines(fact: Fact) -> Iterator[str]:
    yield from (f"## `{fact.id}`", "", f"{fact.question('en')} · *{fact.question('nl')}*", "")
    yield from (f"{'; '.join(particulars(fact))}.", "")
    if fact.asking.warning:
        yield from (f"> {fact.asking.warning('en')} · *{fact.asking.warning('nl')}*", "")
    if fact.values:
        yield from ("| value | English | Nederlands |", "|---|---|---|")
        yield from (f"| `{value.id}` | {cell(value.text('en'))} | {cell(value.text('nl'))} |" for value in fact.values)
        yield ""


def particulars(fact: Fact) -> Iterator[str]:
    yield f"Answer: {KINDS[fact.kind]}"
    yield {"encounter": "told once, for everybody who was found"}.get(fact.scope, "told of each person")
    yield f"may be asked by {', '.join(sorted(fact.asking.by))}; of: {fact.asking.of}"
    if fact.judged_by:
        yield f"judged by {', '.join(sorted(fact.judged_by))} only"
    if fact.recorded_only:
        yield "recorded only: no duty hangs on it"


def pages() -> dict[Path, str]:
    """Every generated page with its text."""
    made = {PAGES / "cli.md": cli_page(), PAGES / "facts.md": facts_page(load())}
    return {path: text.rstrip() + "\n" for path, text in made.items()}


def main() -> None:
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        print(f"docs/reference/{path.name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main()
