"""What must lie beside the code when it is published: a whole licence, readable metadata, READMEs that agree."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_licence_is_whole():
    licence = text("LICENSE")
    assert re.findall(r"^## (\d+)\.", licence, re.MULTILINE) == [str(article) for article in range(1, 16)]
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in licence
    assert licence.rstrip().endswith("EUPL version.")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_metadata_describes_it_in_dutch_and_english(language):
    described = yaml.safe_load(text("publiccode.yml"))["description"][language]
    assert len(described["shortDescription"]) <= 150
    assert 150 <= len(described["longDescription"]) <= 10_000
    assert described["features"]


def test_licence_and_version_are_the_same_everywhere():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    metadata = yaml.safe_load(text("publiccode.yml"))
    assert metadata["legal"]["license"] == project["license"] == "EUPL-1.2"
    assert metadata["softwareVersion"] == project["version"]
    assert f"## {project['version']}" in text("CHANGELOG.md")


@pytest.mark.parametrize("name", ["README.md", "README.nl.md"])
def test_the_readme_names_both_commands_and_says_that_nobody_checked(name):
    readme = text(name)
    assert "make demo" in readme
    assert "make test" in readme
    assert "checked_by: []" in readme
    for part in ("farm", "girls", "gaps"):
        assert readme.count(f"<!-- {part}:start -->") == readme.count(f"<!-- {part}:end -->") == 1


@pytest.mark.parametrize("name", sorted(path.name for path in ROOT.glob("*.md")))
def test_each_link_leads_to_a_file(name):
    links = re.findall(r"\]\(([^)#:]+)\)", text(name))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_review_holds_fourteen_hazards():
    assert re.findall(r"^### (\d+)\.", text("REVIEW.md"), re.MULTILINE) == [str(number) for number in range(1, 15)]
