"""The shared fixtures of figures."""

from __future__ import annotations

from tests.figures import files, folder, made, published, strict  # noqa: F401
