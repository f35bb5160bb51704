"""Who imports whom, read from the source: nothing is run, and an import hidden in a function counts like any other.

A *module* is a dotted name (`schakel.rules.load`), a *room* the first folder under its package (`schakel.rules`), the
*face* what stands in a package's own `__init__` (`schakel`). An import of a name that no file carries (`from
schakel.rules import load_content`) is an import of the package that offers it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

PACKAGES = ("schakel", "loket")

# From the ground up. Arrows run down only, and never along a floor. `content` is data: it knows nobody.
FLOORS: Mapping[str, int] = {
    "schakel.content": 0,
    "schakel.vocabulary": 1,
    "schakel.rules": 2,
    "schakel.press": 2,
    "schakel.mechanism": 3,
    "schakel.networks": 3,
    "schakel.municipal": 3,
    "schakel.emerging": 3,
    "schakel.linkage": 3,
    "schakel.estimation": 3,
    "schakel.disclosure": 3,
    "schakel.simulation": 3,
    "schakel.casework": 4,
    "schakel.monitor": 4,
    "schakel.cli": 5,
    "schakel": 5,  # the face, for researchers; the house itself never looks at it
    "loket.theme": 6,
    "loket.site": 7,
    "loket.vault": 8,  # keys, ciphers and blind indexes; the frame does not know it
    "loket.audit": 9,  # who did, read or was refused what: all rooms that keep something write in it
    "loket.wegwijzer": 10,  # stands on the frame of the site, which finds its rooms by name
    "loket.accounts": 10,  # organisations, people, keys, who may do what
    "loket.casework": 11,
    "loket.monitor": 11,
    "loket.api": 12,
    "loket.manage": 13,
    "loket": 13,
}
LAST_OF_SCHAKEL = 4  # the highest floor that loket may use: neither the command line nor the face


@dataclass(frozen=True)
class Module:
    """One source file: its dotted name, where it lies, and its parsed text."""

    name: str
    path: Path
    tree: ast.Module

    @cached_property
    def package(self) -> str:
        """The package that relative imports start from."""
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """Everything in it; each rule looks again."""
        return list(ast.walk(self.tree))

    @cached_property
    def aliases(self) -> dict[str, str]:
        """What each imported name stands for: `dt` → `datetime`, `now` → `time.time`."""
        found: dict[str, str] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                for alias in node.names:
                    found[alias.asname or alias.name.partition(".")[0]] = (
                        alias.name if alias.asname else alias.name.partition(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom):
                origin = absolute(self, node)
                found |= {alias.asname or alias.name: f"{origin}.{alias.name}" for alias in node.names}
        return found


@dataclass(frozen=True)
class Arrow:
    """One import: from which module, to which dotted name, on which line."""

    source: str
    target: str
    line: int

    def __str__(self) -> str:
        return f"{self.source} (line {self.line}) → {self.target}"


def read(src: Path, packages: Iterable[str] = PACKAGES) -> dict[str, Module]:
    """Every Python file of the packages under src, by dotted name."""
    modules = {}
    for package in packages:
        for path in sorted((src / package).rglob("*.py")):
            parts = path.relative_to(src).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            modules[name] = Module(name, path, ast.parse(path.read_text(encoding="utf-8"), filename=str(path)))
    return modules


def absolute(module: Module, node: ast.ImportFrom) -> str:
    """The package that `from … import` names, with leading dots resolved."""
    if not node.level:
        return node.module or ""
    parts = module.package.split(".")
    base = parts[: len(parts) - node.level + 1]
    return ".".join([*base, node.module] if node.module else base)


def named(module: Module) -> Iterator[tuple[str, int]]:
    """Each dotted name that a module imports, wherever the import stands, and each that it names to `import_module`."""
    for node in module.nodes:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = absolute(module, node)
            yield from ((f"{origin}.{alias.name}", node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            function = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if function in ("import_module", "__import__") and isinstance(node.args[0].value, str):
                yield node.args[0].value, node.lineno


def owner(name: str, modules: Mapping[str, Module]) -> str | None:
    """The module that carries a dotted name: itself, or the nearest one above it; None if it is not ours."""
    while name and name not in modules:
        name = name.rpartition(".")[0]
    return name or None


def arrows(modules: Mapping[str, Module]) -> list[Arrow]:
    """Every import from one module of the house to another."""
    found = []
    for module in modules.values():
        for name, line in named(module):
            target = owner(name, modules)
            if target is not None and target != module.name:
                found.append(Arrow(module.name, target, line))
    return found


def outside(modules: Mapping[str, Module]) -> list[Arrow]:
    """Every import of something that is not ours, by its first name."""
    ours = {name.partition(".")[0] for name in modules} | set(PACKAGES)
    return [
        Arrow(module.name, first, line)
        for module in modules.values()
        for name, line in named(module)
        if (first := name.partition(".")[0]) not in ours
    ]


def room(module: str) -> str:
    """The room that a module stands in; a package's own `__init__` is its face."""
    return ".".join(module.split(".")[:2])


def rooms(modules: Mapping[str, Module]) -> list[str]:
    """The rooms that exist."""
    return sorted({room(name) for name in modules})


def circle(edges: Iterable[tuple[str, str]]) -> list[str]:
    """A shortest circle among the edges, its first member repeated at the end; empty if there is none."""
    ways: dict[str, set[str]] = {}
    for source, target in edges:
        ways.setdefault(source, set()).add(target)
    found = [path for start in sorted(ways) if (path := _way_back(start, ways))]
    return min(found, key=len, default=[])


def _way_back(start: str, ways: Mapping[str, set[str]]) -> list[str]:
    """The shortest way from a module back to itself; empty if there is none."""
    seen, waiting = {start}, [[start]]
    for path in waiting:
        for target in sorted(ways.get(path[-1], ())):
            if target == start:
                return [*path, start]
            if target not in seen:
                seen.add(target)
                waiting.append([*path, target])
    return []
