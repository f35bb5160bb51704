"""The looks as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ThemeConfig(AppConfig):
    name = "loket.theme"
    label = "loket_theme"
