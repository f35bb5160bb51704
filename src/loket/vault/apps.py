"""The vault as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "loket.vault"
    label = "vault"

    def ready(self) -> None:
        from loket.vault import checks  # noqa: F401  (registers the checks)
