"""The author's side of the figures as a Django app: only where there is a counter."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "loket.monitor.desk"
    label = "desk"
