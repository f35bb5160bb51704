"""The frame as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "loket.site"
    label = "loket_site"

    def ready(self) -> None:
        from django.conf import settings

        from loket.site import checks  # noqa: F401  (registers the checks)

        if settings.DATABASES:
            from django.db.backends.signals import connection_created

            from loket.site import database_checks  # noqa: F401
            from loket.site.databases import keep_prepared

            connection_created.connect(keep_prepared)
