"""The house stands as `floors` says, and each rule is shown able to fail on a small house that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.architecture import rules
from tests.architecture.graph import circle, read

SRC = Path(__file__).parents[2] / "src"
RULES = [
    rules.unknown_rooms,
    rules.foreign,
    rules.upward,
    rules.circles,
    rules.hidden_input,
    rules.files,
    rules.layers,
    rules.dependencies,
    rules.scores,
]


@pytest.fixture(scope="module")
def house():
    return read(SRC)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(house, rule):
    offences = rule(house)
    assert not offences, "\n" + "\n".join(offences)


# For each rule a house of a few files that breaks it, and a part of the sentence that must say so.
BROKEN = [
    (rules.unknown_rooms, {"schakel/attic/box.py": ""}, "schakel.attic has no floor"),
    (rules.foreign, {"schakel/rules/a.py": "def f():\n    import django.http"}, "schakel.rules.a (line 2) → django"),
    (rules.foreign, {"schakel/rules/a.py": "from loket.site import x", "loket/site/__init__.py": ""}, "→ loket.site"),
    (rules.upward, {"schakel/vocabulary/a.py": "from schakel.rules import b", "schakel/rules/b.py": ""}, "floor 2"),
    (rules.upward, {"schakel/rules/a.py": "from ..press import b", "schakel/press/b.py": ""}, "→ schakel.press.b"),
    (rules.upward, {"schakel/casework/a.py": "import schakel.monitor.b", "schakel/monitor/b.py": ""}, "floor 4"),
    (rules.upward, {"schakel/rules/a.py": "from schakel import plan", "schakel/__init__.py": ""}, "→ schakel:"),
    (
        rules.upward,
        {"loket/accounts/a.py": "from loket.wegwijzer.b import c", "loket/wegwijzer/b.py": ""},
        "wegwijzer.b",
    ),
    (rules.upward, {"loket/api/a.py": "import schakel.cli", "schakel/cli/__init__.py": ""}, "→ schakel.cli"),
    (
        rules.upward,
        {
            "schakel/rules/a.py": "from importlib import import_module\nimport_module('schakel.cli.b')",
            "schakel/cli/b.py": "",
        },
        "(line 2) → schakel.cli.b",
    ),
    (
        rules.circles,
        {
            "schakel/rules/a.py": "from schakel.rules import b",
            "schakel/rules/b.py": "def f():\n    from schakel.rules.c import x",
            "schakel/rules/c.py": "import typing\nif typing.TYPE_CHECKING:\n    from schakel.rules.a import y",
        },
        "schakel.rules.a → schakel.rules.b → schakel.rules.c → schakel.rules.a",
    ),
    (
        rules.circles,
        {"schakel/rules/__init__.py": "from .a import f", "schakel/rules/a.py": "from . import g"},
        "rules.a",
    ),
    (rules.hidden_input, {"schakel/rules/a.py": "import datetime as dt\ndt.datetime.now()"}, "datetime.datetime.now"),
    (rules.hidden_input, {"schakel/rules/a.py": "from datetime import date\nx = [date.today]"}, "datetime.date.today"),
    (rules.hidden_input, {"schakel/rules/a.py": "from time import time as t\nt()"}, "time.time"),
    (rules.hidden_input, {"schakel/rules/a.py": "import random\nrandom.choice([1])"}, "random.choice"),
    (rules.hidden_input, {"schakel/rules/a.py": "import random\nrandom.Random()"}, "without a seed"),
    (rules.hidden_input, {"schakel/rules/a.py": "import os\nos.environ['X']"}, "os.environ"),
    (
        rules.files,
        {"schakel/mechanism/a.py": "def f(p):\n    return open(p)"},
        "schakel.mechanism.a (line 2) uses open",
    ),
    (rules.files, {"schakel/vocabulary/a.py": "def f(p):\n    return p.read_text()"}, "p.read_text"),
    (rules.files, {"schakel/mechanism/a.py": "from importlib.resources import files\nfiles('x')"}, "resources.files"),
    (
        rules.layers,
        {"loket/site/views.py": "from . import models", "loket/site/models.py": ""},
        "views never import models",
    ),
    (
        rules.layers,
        {"loket/site/queries.py": "from . import actions", "loket/site/actions.py": ""},
        "queries never import",
    ),
    (rules.dependencies, {"schakel/rules/a.py": "import numpy"}, "→ numpy"),
    (rules.dependencies, {"schakel/mechanism/a.py": "import pysat.solvers"}, "→ pysat"),
    (rules.dependencies, {"schakel/estimation/a.py": "import duckdb"}, "→ duckdb"),
    (rules.dependencies, {"schakel/estimation/__init__.py": "import numpy"}, "→ numpy"),
    (rules.dependencies, {"schakel/press/a.py": "import pandas"}, "→ pandas"),
    (rules.files, {"schakel/linkage/a.py": "def f(p):\n    return p.read_bytes()"}, "schakel.linkage.a (line 2)"),
    (rules.scores, {"schakel/mechanism/a.py": "from x import ilo_score"}, "'ilo_score'"),
    (rules.scores, {"loket/wegwijzer/a.py": "def f(iloScore): ..."}, "'iloScore'"),
]


def build(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("rule", "files", "sentence"), BROKEN)
def test_the_rule_can_fail(tmp_path, rule, files, sentence):
    offences = rule(read(build(tmp_path, files)))
    assert any(sentence in offence for offence in offences), offences


def test_each_rule_is_shown_able_to_fail():
    assert {rule for rule, *_ in BROKEN} == set(RULES)


SOUND = {
    "schakel/__init__.py": "",
    "schakel/vocabulary/words.py": "from datetime import date\n\ndef f(on: date, rng):\n    return rng.choice([on])",
    "schakel/rules/__init__.py": "from schakel.rules.load import read",
    "schakel/rules/load.py": "import yaml\n\ndef read(path):\n    return yaml.safe_load(path.read_text())",
    "schakel/mechanism/proof.py": "from schakel.rules import read\n\ndef prove():\n    import pysat.solvers",
    "schakel/mechanism/draw.py": "import random\n\ndef draw(seed):\n    return random.Random(seed).random()",
    "schakel/cli/__init__.py": "from datetime import date\nfrom schakel.mechanism import proof\ndate.today()",
    "loket/wegwijzer/views.py": "import django.http\nfrom schakel.mechanism import proof\nfrom . import queries",
    "loket/wegwijzer/queries.py": "from loket.wegwijzer import models",
    "loket/wegwijzer/models.py": "import django.db",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_sound_house_offends_no_rule(tmp_path, rule):
    assert rule(read(build(tmp_path, SOUND))) == []


def test_the_shortest_circle_is_the_one_shown():
    assert circle([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "c")]) == ["c", "d", "c"]
    assert circle([("a", "b"), ("b", "c")]) == []
