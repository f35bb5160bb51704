"""The public figures as a Django app: pages without an account and without a database."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "loket.monitor"
    label = "figures"
