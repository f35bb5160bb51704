"""The extras of the distribution: a library that is not installed is one sentence that names the extra to install."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from schakel.vocabulary.errors import bad_input

OURS = ("schakel", "loket")


@contextmanager
def needing(extra: str) -> Iterator[None]:
    """Around an import of what `extra` brings: a missing library becomes a `BadInput` that names the extra.

    A module of the house that is missing is a fault of ours, not of the installation: it stays what it is.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in OURS:
            raise
        raise bad_input("missing-extra", extra=extra) from error
