"""The documentation is true: links lead somewhere, generated pages are those of today."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from schakel.cli import COMMANDS
from schakel.mechanism.content import load
from scripts import reference

ROOT = Path(__file__).parents[2]
DOCS = sorted((ROOT / "docs").rglob("*.md"))
CODE = re.compile(r"^ *```.*?^ *```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
PATHS = re.compile(r"`((?:src|tests|docs|scripts|examples|benchmarks)/[\w./-]+)`")
KINDS = sorted(path.stem for path in (ROOT / "src" / "schakel" / "content" / "schema").glob("*.json"))


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", DOCS, ids=named)
def test_every_link_of_the_docs_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", CODE.sub("", page.read_text(encoding="utf-8")))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", DOCS, ids=named)
def test_every_file_that_the_docs_name_is_there(page: Path) -> None:
    named_files = PATHS.findall(page.read_text(encoding="utf-8"))
    assert [name for name in named_files if not (ROOT / name).exists()] == []


def test_every_page_is_reached_from_the_index() -> None:
    index = text("docs/README.md")
    assert [named(page) for page in DOCS if f"]({page.relative_to(ROOT / 'docs').as_posix()})" not in index] == [
        "docs/README.md"
    ]


@pytest.mark.parametrize(("path", "made"), reference.pages().items(), ids=lambda part: getattr(part, "name", ""))
def test_generated_pages_are_up_to_date(path: Path, made: str) -> None:
    assert path.read_text(encoding="utf-8") == made, "run: .venv/bin/python scripts/reference.py"


def test_every_command_stands_in_the_reference() -> None:
    page = text("docs/reference/cli.md")
    assert [name for name in COMMANDS if f"\n## schakel {name}\n" not in page] == []


def test_every_fact_stands_in_the_reference() -> None:
    page = text("docs/reference/facts.md")
    assert [name for name in load().facts if f"\n## `{name}`\n" not in page] == []
    assert ("Unsigned" in page) is any(not document.data["checked_by"] for document in load().documents("facts"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_content_stands_in_the_reference(kind: str) -> None:
    rows = re.findall(r"^\| ([a-z, -]+) \|", text("docs/reference/content.md"), re.MULTILINE)
    assert kind in {word.strip() for row in rows for word in row.split(",")}


def test_every_task_and_stage_stands_in_the_glossary() -> None:
    duties = load().duties.values()
    words = {duty.task for duty in duties} | {duty.stage for duty in duties}
    assert sorted(word for word in words if f"| `{word}` |" not in text("GLOSSARY.md")) == []


def test_the_facts_files_in_the_tutorials_are_the_examples() -> None:
    for name, page in (("farm", "the-farm"), ("girls", "the-two-girls")):
        block = re.search(r"```yaml\n(.*?)```", text(f"docs/tutorials/{page}.md"), re.DOTALL)
        assert block
        assert plain(block[1]) == plain(text(f"examples/{name}.yaml"))


def plain(facts: str) -> list[str]:
    """The lines of a facts file without comments."""
    lines = (line.partition("#")[0].rstrip() for line in facts.splitlines())
    return [line for line in lines if line]


def test_the_schemas_of_output_are_json_schemas() -> None:
    schemas = sorted((ROOT / "docs" / "reference" / "schema").glob("*.json"))
    assert schemas
    assert all(json.loads(path.read_text("utf-8"))["$schema"].startswith("https://json-schema.org") for path in schemas)
