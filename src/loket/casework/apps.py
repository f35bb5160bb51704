"""The work on cases as a Django app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate

from loket.site.databases import count_anew


class CaseworkConfig(AppConfig):
    name = "loket.casework"
    label = "casework"

    def ready(self) -> None:
        from loket.casework import hearing, hearing_exchange  # noqa: F401  (hear who leaves, and what moves)

        post_migrate.connect(counted, sender=self)


def counted(plan: Any, using: str, **_: Any) -> None:
    """New indexes are counted at once: of one that was never counted SQLite thinks too well."""
    if plan:
        count_anew(connections[using])
