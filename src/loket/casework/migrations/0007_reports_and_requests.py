# ruff: noqa: RUF012  (written by Django)
import uuid

import django.db.models.deletion
from django.db import migrations, models

import loket.vault.fields


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_identity"),
        ("casework", "0006_tables"),
        ("vault", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="place",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AddField(
            model_name="correction",
            name="value",
            field=loket.vault.fields.EncryptedText(key="subject", null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="channel",
            field=models.CharField(blank=True, max_length=12),
        ),
        migrations.AddField(
            model_name="report",
            name="taken_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="teller",
            field=loket.vault.fields.EncryptedText(key="subject", null=True),
        ),
        migrations.AddField(
            model_name="report",
            name="words",
            field=loket.vault.fields.EncryptedText(key="subject", null=True),
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("state", models.CharField(default="asked", max_length=12)),
                ("reason", models.CharField(max_length=20)),
                ("words", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("asked_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasures", to="casework.person"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.subject"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "asked_at"], name="casework_erasure_open")],
            },
        ),
    ]
