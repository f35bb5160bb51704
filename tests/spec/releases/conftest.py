"""Releases of the small country of the monitor's own tests."""

from __future__ import annotations

from tests.unit.schakel.monitor.conftest import country, extract, figures  # noqa: F401
