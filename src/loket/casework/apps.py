"""The work on cases as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "loket.casework"
    label = "casework"

    def ready(self) -> None:
        from loket.casework import hearing, hearing_exchange  # noqa: F401  (hear who leaves, and what moves)
