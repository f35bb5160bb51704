# ruff: noqa: RUF012  (written by Django)
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import loket.vault.fields


class Migration(migrations.Migration):
    dependencies = [("casework", "0004_tables")]

    operations = [
        migrations.CreateModel(
            name="Representation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("role", models.CharField(max_length=20)),
                ("begun", models.DateField()),
                ("ended", models.DateField(null=True)),
                ("by", models.CharField(blank=True, max_length=60)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="representations",
                        to="casework.person",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("event", models.CharField(max_length=20)),
                ("to", models.CharField(max_length=20)),
                ("words", loket.vault.fields.EncryptedText(key="subject", null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="casework.registration"
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
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("duty", models.CharField(max_length=80)),
                ("kind", models.CharField(max_length=80)),
                ("holder", models.CharField(max_length=60)),
                ("strength", models.CharField(max_length=20)),
                ("state", models.CharField(default="open", max_length=20)),
                ("urgent", models.BooleanField(default=False)),
                ("protective", models.BooleanField(default=False)),
                ("uncertain", models.BooleanField(default=False)),
                ("made_on", models.DateField()),
                ("event", models.CharField(blank=True, max_length=60)),
                ("event_on", models.DateField(null=True)),
                ("due", models.DateField(null=True)),
                ("extended", models.DateField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("content", models.CharField(max_length=64)),
                ("why", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("receipt", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("ruled_out_by", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("reason", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "assigned",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="tasks", to="casework.person"
                    ),
                ),
                (
                    "registry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TaskChange",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("kind", models.CharField(max_length=20)),
                ("state", models.CharField(max_length=20)),
                ("say", loket.vault.fields.EncryptedText(key="subject", null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.subject"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="casework.task"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=300)),
                ("events", models.JSONField(default=list)),
                ("secret", loket.vault.fields.EncryptedText(key=None, null=True)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="webhooks", to="accounts.organisation"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("what", models.CharField(max_length=60)),
                ("object", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("claimed_until", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=40)),
                (
                    "membership",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="casework.webhook",
                    ),
                ),
            ],
        ),
    ]
