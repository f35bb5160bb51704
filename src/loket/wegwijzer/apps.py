"""The wegwijzer as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class WegwijzerConfig(AppConfig):
    name = "loket.wegwijzer"
    label = "wegwijzer"
