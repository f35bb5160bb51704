"""What a database is not to begin with: an index that leads to very many rows.

SQLite looks at a sample of each index only, and takes one that leads to tens of thousands of rows for as good as one
that leads to a hundred: which it takes then hangs on chance. What is asked of a column by its value and not by its
index is looked at after the rows were found by another.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Field
from django.db.models.functions import Coalesce


def unindexed(column: str, kind: Field[Any, Any]) -> Coalesce:
    """The value of a column (that is never empty where it matters), and no column of an index."""
    return Coalesce(column, column, output_field=kind)
