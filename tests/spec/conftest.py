"""Each chapter starts in an empty country."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tiny import Country


@pytest.fixture
def country(tmp_path: Path) -> Country:
    return Country(tmp_path)
