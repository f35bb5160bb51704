"""Reading YAML from anyone: no anchors, no tags, no bombs, and the line of everything.

Only plain scalars, lists and mappings exist. `yes` and `no` stay words; whole numbers, `true`,
`false` and `null` are read as such. Size, depth and number of nodes are bounded, so that a hostile
file costs no more than a small one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from schakel.vocabulary.errors import bad_input

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_NODES = 50_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"[-+]?[0-9]{1,15}")
_WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """Plain data with the line of each part; `name` is how messages call the file."""

    data: Any
    lines: dict[Path, int] = field(repr=False)
    name: str = "input"

    def where(self, path: Path = ()) -> str:
        """'file, line n' of the nearest part that has a line."""
        if not self.lines:
            return self.name
        while path and path not in self.lines:
            path = path[:-1]
        return f"{self.name}, line {self.lines.get(path, 1)}"


def read(text: str | bytes, name: str = "input") -> Document:
    """Parse one YAML document; a `BadInput` names the line of what is wrong."""
    try:
        raw = text.encode() if isinstance(text, str) else text
    except UnicodeEncodeError as error:
        raise bad_input("not-utf8", name) from error
    if len(raw) > MAX_BYTES:
        raise bad_input("too-large", name, limit=MAX_BYTES // 1000)
    try:
        reader = _Reader(yaml.parse(raw.decode("utf-8-sig"), Loader=_LOADER), name)
        return Document(reader.document(), reader.lines, name)
    except UnicodeDecodeError as error:
        raise bad_input("not-utf8", name) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = str(error.problem or "it cannot be parsed").replace("\n", " ")
        raise bad_input("not-yaml", f"{name}, line {line}", problem=problem) from error
    except yaml.YAMLError as error:
        raise bad_input("control-characters", name) from error
    except RecursionError as error:
        raise bad_input("too-deep", name) from error


class _Reader:
    """Builds plain data from parser events, so that nothing but plain data can be built."""

    def __init__(self, events: Iterator[Any], name: str) -> None:
        self.events = events
        self.name = name
        self.lines: dict[Path, int] = {}
        self.nodes = 0

    def document(self) -> Any:
        data: Any = None
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self.refuse(event, "two-documents")
                seen = True
            elif isinstance(event, yaml.NodeEvent):
                data = self.node(event, ())
        return data

    def node(self, event: Any, path: Path) -> Any:
        self.check(event, path)
        self.lines[path] = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            return scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path)
        return self.mapping(path)

    def sequence(self, path: Path) -> list[Any]:
        items: list[Any] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.node(event, (*path, len(items))))
        return items

    def mapping(self, path: Path) -> dict[str, Any]:
        items: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(event, "key-no-word")
            self.check(event, path)
            key = str(event.value)
            if key in items:
                self.refuse(event, "twice", name=key)
            items[key] = self.node(next(self.events), (*path, key))
            self.lines[(*path, key)] = event.start_mark.line + 1
        return items

    def check(self, event: Any, path: Path) -> None:
        self.nodes += 1
        if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
            self.refuse(event, "anchor")
        if event.tag is not None and event.tag != "!":
            self.refuse(event, "tag")
        if len(path) > MAX_DEPTH or self.nodes > MAX_NODES:
            self.refuse(event, "too-deep")

    def refuse(self, event: Any, message: str, **words: object) -> None:
        raise bad_input(message, f"{self.name}, line {event.start_mark.line + 1}", **words)


def scalar(event: Any) -> Any:
    """A plain scalar as number, truth value, nothing or word; a quoted one always as word."""
    word = str(event.value)
    if not event.implicit[0]:
        return word
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    return int(word) if _WHOLE.fullmatch(word) else word
