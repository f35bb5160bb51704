"""Places where something new is to be written: they must be free, and what stands there is never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schakel.vocabulary.errors import bad_input


def free(path: Path) -> None:
    """Refuse a place that is taken or has no folder to stand in, before any work is done. Raises `BadInput`."""
    with placing(path):
        if path.exists():
            raise bad_input("already-there", name=path.name)
        if not path.absolute().parent.is_dir() or "\0" in path.name:
            raise bad_input("not-made-there", name=path.name)


@contextmanager
def placing(path: Path) -> Iterator[None]:
    """Say in a sentence that something cannot be made at a place: no such folder, no leave, no room, no such name.

    Raises `BadInput` for an `OSError`.
    """
    try:
        yield
    except OSError as error:
        raise bad_input("not-made-there", name=path.name) from error
