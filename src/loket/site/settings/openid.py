"""Reads the file with organisations' own providers. Not a setting by itself: `counter` takes it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def read(path: str) -> dict[str, Any]:
    """A table for each provider, as TOML; empty without a file. What they hold, loket.accounts.providers knows."""
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text("utf-8"))
    except (OSError, ValueError) as error:
        told = f"line and column: {error}" if isinstance(error, tomllib.TOMLDecodeError) else type(error).__name__
        raise ImproperlyConfigured(
            f"The file that LOKET_OPENID_FILE names cannot be read ({told}). Mend it, or leave the variable empty."
        ) from None
