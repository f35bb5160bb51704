"""The rings hold what they say: the first is quick, and a journey never looks at a page that is on its way out."""

from __future__ import annotations

import ast
from pathlib import Path

TESTS = Path(__file__).parents[1]
# Other programs belong in the second ring. These two start none of ours as a command.
MAY_START = {
    "unit/schakel/monitor/test_publishing.py",  # asks a fresh interpreter what reading loads
    "unit/test_deploy.py",  # shows the units to systemd-analyze
}
PROGRAMS = {"subprocess", "playwright", "multiprocessing"}


def trees(folder: str) -> dict[str, ast.Module]:
    """The test files of a folder, by their name under tests/."""
    paths = sorted((TESTS / folder).rglob("test_*.py"))
    return {path.relative_to(TESTS).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def imported(tree: ast.Module) -> set[str]:
    """The first names of all that is imported, inside functions too."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    return found


def bare_clicks(tree: ast.Module) -> list[int]:
    """The lines on which something is clicked without saying whether that leads to another page."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "click"
        if not node.args or "page" in ast.unparse(node.func.value).split(".")
    ]


def test_a_unit_test_starts_no_other_program():
    found = {name for name, tree in trees("unit").items() if imported(tree) & PROGRAMS}
    assert found <= MAY_START, "whole commands, servers and browsers go to tests/spec or tests/journeys"


def test_every_click_in_a_journey_says_whether_it_leads_on():
    found = {name: lines for name, tree in trees("journeys").items() if (lines := bare_clicks(tree))}
    assert found == {}, "use follow or stay of tests/journeys/conftest.py, or Visit.click and Visit.open"


def test_the_looks_can_fail():
    assert imported(ast.parse("def f():\n    from subprocess import run")) == {"subprocess"}
    assert bare_clicks(ast.parse("page.get_by_role('link').click()\nvisit.page.click('#a')\nvisit.click(x)")) == [1, 2]
