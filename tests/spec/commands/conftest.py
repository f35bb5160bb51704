"""The small country of the linkage's own tests, for the commands that link it."""

from __future__ import annotations

from tests.unit.schakel.linkage.conftest import country  # noqa: F401
