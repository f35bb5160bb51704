"""The frame as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "loket.site"
    label = "loket_site"

    def ready(self) -> None:
        from loket.site import checks  # noqa: F401  (registers the checks)
