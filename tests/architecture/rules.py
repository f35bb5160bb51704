"""The arrow rules of the house as functions: each takes modules and returns sentences, one for each offence."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping

from tests.architecture.graph import FLOORS, LAST_OF_SCHAKEL, Module, arrows, circle, outside, room, rooms

# What each package may take from elsewhere. The extras (site, proof, book) may be absent: they are imported where they
# are used, so that a missing one is a sentence and not a crash at start.
BASE = {"yaml", "jsonschema", "referencing"}
EXTRAS = {
    "pysat", "typst", "duckdb", "splink", "pyspark", "pyarrow", "openpyxl", "altair", "vl_convert", "highspy",
    "sqlglot", "pysdmx", "gptables", "pacsynth", "cryptography",
}  # fmt: skip
# Rooms that are about numbers load the numbers libraries where they stand, but for a room's own `__init__`: it loads
# nothing, so that the one who comes in can still be told in a sentence which extra is missing.
NUMBERS = {"numpy", "scipy", "pandas"}
NUMBER_ROOMS = tuple(f"schakel.{name}" for name in ("linkage", "estimation", "disclosure", "simulation", "monitor"))

# Time, chance and surroundings: what makes the same call give another answer. They come in as arguments.
HIDDEN_INPUT = re.compile(
    r"""datetime\.(datetime\.(now|utcnow|today)|date\.today)
      | time\.(time|time_ns|localtime|gmtime|ctime|monotonic|monotonic_ns|perf_counter|perf_counter_ns|process_time)
      | random\.(?!Random$)\w+ | numpy\.random\.(?!default_rng$|Generator$|SeedSequence$)\w+
      | secrets\.\w+ | uuid\.uuid[14] | os\.(urandom|environ|getenv|getcwd) | pathlib\.Path\.(cwd|home)
    """,
    re.VERBOSE,
)
UNSEEDED = {"random.Random", "numpy.random.default_rng"}  # fine with a seed
FILES = {"open", "io.open", "os.listdir", "os.walk", "os.scandir", "importlib.resources.files", "pkgutil.get_data"}
FILE_METHODS = {"read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "glob", "rglob", "mkdir", "unlink"}
# Who may touch files. `rules` reads and checks content, which is files, and one module of the mechanism knows the
# folder that it lies in; `press` puts results on paper; the command line is where a person's own files come in. A room
# whose work is on whole files has one module `files` for it. All others are handed what was read.
MAY_TOUCH_FILES = (
    "schakel.rules", "schakel.press", "schakel.cli", "schakel.mechanism.content",
    *(f"{room}.files" for room in NUMBER_ROOMS),
)  # fmt: skip
# The command line knows the day; Spark takes the name of this machine from the environment and from nowhere else.
MAY_LOOK_AT_THE_CLOCK = ("schakel.cli", "schakel.vocabulary.spark")

# In loket: views call actions and queries, those call models. What may not import what, by a module's own name.
LAYERS = {
    "views": {"models"},
    "queries": {"actions", "views"},
    "actions": {"views"},
    "models": {"actions", "queries", "views"},
}


def foreign(modules: Mapping[str, Module]) -> list[str]:
    """Rule 1: schakel imports neither Django nor loket."""
    ours = [arrow for arrow in arrows(modules) if arrow.target.startswith("loket")]
    return [
        f"{arrow}: schakel stands without the site"
        for arrow in [*ours, *outside(modules)]
        if _within(arrow.source, ("schakel",)) and arrow.target.partition(".")[0] in ("loket", "django", "ninja")
    ]


def unknown_rooms(modules: Mapping[str, Module]) -> list[str]:
    """A room without a floor has no rules: it must be given one."""
    return [
        f"{name} has no floor: name it in tests/architecture/graph.py" for name in rooms(modules) if name not in FLOORS
    ]


def upward(modules: Mapping[str, Module]) -> list[str]:
    """Rules 2 and 3: arrows run down only, never along a floor; loket uses no command line and no face of schakel."""
    offences = []
    for arrow in arrows(modules):
        source, target = room(arrow.source), room(arrow.target)
        if source == target or not {source, target} <= FLOORS.keys():
            continue
        highest = FLOORS[source] - 1
        if source.startswith("loket") and target.startswith("schakel"):
            highest = LAST_OF_SCHAKEL
        if FLOORS[target] > highest:
            offences.append(
                f"{arrow}: {target} is on floor {FLOORS[target]}, and {source} may reach floor {highest} at most"
            )
    return offences


def circles(modules: Mapping[str, Module]) -> list[str]:
    """Rule 4: no module imports itself by way of others, inside functions and under TYPE_CHECKING included."""
    path = circle((arrow.source, arrow.target) for arrow in arrows(modules))
    return [" → ".join(path)] if path else []


def hidden_input(modules: Mapping[str, Module]) -> list[str]:
    """Rule 5: the clock, chance and the surroundings come in as arguments (schakel only)."""
    return [
        f"{module.name} (line {line}) uses {name}: take it as an argument"
        for module in _schakel_but(modules, MAY_LOOK_AT_THE_CLOCK)
        for name, line in _used(module)
        if HIDDEN_INPUT.fullmatch(name)
    ] + [
        f"{module.name} (line {call.lineno}) uses {name}() without a seed"
        for module in _schakel_but(modules, MAY_LOOK_AT_THE_CLOCK)
        for name, call in _calls(module)
        if name in UNSEEDED and not (call.args or call.keywords)
    ]


def files(modules: Mapping[str, Module], allowed: tuple[str, ...] = MAY_TOUCH_FILES) -> list[str]:
    """Rule 5: files come in as arguments, but for the rooms whose work they are (schakel only)."""
    return [
        f"{module.name} (line {line}) uses {name}: let {' or '.join(allowed)} do it, and take what was read"
        for module in _schakel_but(modules, allowed)
        for name, line in _used(module)
        if name in FILES or ("." in name and name.rpartition(".")[2] in FILE_METHODS)
    ]


def layers(modules: Mapping[str, Module]) -> list[str]:
    """Rule 6: in loket views call actions and queries, and only those call models."""
    return [
        f"{arrow}: {kind} never import {other}"
        for arrow in arrows(modules)
        if arrow.source.startswith("loket.")
        for kind, others in LAYERS.items()
        if kind in arrow.source.split(".")
        for other in others
        if other in arrow.target.split(".") and kind not in arrow.target.split(".")
    ]


def dependencies(modules: Mapping[str, Module]) -> list[str]:
    """The base install needs a YAML reader and JSON Schema only: anything more is imported inside a function."""
    return [
        f"{arrow}: not in the base install; an extra is imported inside the function that needs it"
        for arrow in outside(modules)
        if _within(arrow.source, ("schakel",))
        and arrow.target not in sys.stdlib_module_names | BASE
        and not (arrow.target in EXTRAS | NUMBERS and not _at_load(modules[arrow.source], arrow.line))
        and not (arrow.target in NUMBERS and _within(arrow.source, NUMBER_ROOMS) and arrow.source not in NUMBER_ROOMS)
    ]


def scores(modules: Mapping[str, Module]) -> list[str]:
    """Hazard 5: neither the mechanism nor the site knows the ILO score, under any name that holds those words."""
    return [
        f"{module.name} (line {line}) names {name!r}: the ILO score exists in research output only"
        for module in modules.values()
        if _within(module.name, ("schakel.rules", "schakel.mechanism", "schakel.casework", "schakel.cli", "loket"))
        for name, line in _words(module)
        if re.search(r"ilo[\s_.-]?score", name, re.IGNORECASE)
    ]


def _within(name: str, prefixes: Iterable[str]) -> bool:
    return any(name == prefix or name.startswith(f"{prefix}.") for prefix in prefixes)


def _schakel_but(modules: Mapping[str, Module], allowed: tuple[str, ...]) -> Iterator[Module]:
    return (module for name, module in modules.items() if _within(name, ("schakel",)) and not _within(name, allowed))


def _dotted(node: ast.expr, aliases: Mapping[str, str]) -> str | None:
    """The dotted name behind an expression, aliases resolved; `?.name` for an attribute of something computed."""
    if isinstance(node, ast.Name):
        return aliases.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value, aliases) or '?'}.{node.attr}"
    return None


def _used(module: Module) -> Iterator[tuple[str, int]]:
    """Every name and attribute that is read (not only called: a default factory counts), as a dotted name."""
    for node in module.nodes:
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            name = _dotted(node, module.aliases)
            if name is not None:
                yield name, node.lineno


def _calls(module: Module) -> Iterator[tuple[str, ast.Call]]:
    for node in module.nodes:
        if isinstance(node, ast.Call):
            yield _dotted(node.func, module.aliases) or "?", node


def _words(module: Module) -> Iterator[tuple[str, int]]:
    """Every identifier, imported name and piece of text in a module."""
    for node in module.nodes:
        line = getattr(node, "lineno", 1)
        for _, value in ast.iter_fields(node):
            if isinstance(value, str):
                yield value, line


def _at_load(module: Module, line: int) -> bool:
    """Whether a line is carried out when the module is loaded: in no function, not under TYPE_CHECKING."""
    for node in module.nodes:
        later = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or (
            isinstance(node, ast.If) and (_dotted(node.test, module.aliases) or "").endswith("TYPE_CHECKING")
        )
        if later and node.lineno <= line <= (node.end_lineno or node.lineno):
            return False
    return True
