"""The seam with Splink: its linker for one backend, quiet, with the settings that the neutral model gives."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from schakel.linkage.dialects import settings
from schakel.linkage.model import Model
from schakel.vocabulary.extras import needing


@contextmanager
def quiet() -> Iterator[None]:
    """Splink tells much on its own logger; what matters is told by us, in words."""
    logger = logging.getLogger("splink")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(before)


def on_duckdb(connection: Any, table: str, model: Model, **more: Any) -> tuple[Any, Any]:
    """A Splink linker over one table of the embedded database, and the door by which it takes further tables."""
    with needing("link"):
        from splink import DuckDBAPI, Linker
    api = DuckDBAPI(connection=connection)
    return Linker(api.register(table), settings(model, "duckdb", **more), log_level=None, validate_settings=False), api
