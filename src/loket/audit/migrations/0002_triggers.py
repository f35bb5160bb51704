# ruff: noqa: RUF012  (written by Django)
"""The database itself refuses to change or remove an entry. A later change of the table must make these again."""

from __future__ import annotations

from django.db import migrations

from loket.audit import triggers


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(triggers.make, triggers.remove)]
