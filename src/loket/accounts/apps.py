"""Organisations and people as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "loket.accounts"
    label = "accounts"

    def ready(self) -> None:
        from loket.accounts import checks, signing  # noqa: F401  (registers the checks, hears who signs in)
