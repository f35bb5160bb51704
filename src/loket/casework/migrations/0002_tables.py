# ruff: noqa: RUF012  (written by Django)
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import loket.vault.fields


class Migration(migrations.Migration):
    dependencies = [("casework", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CorrectionStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("event", models.CharField(max_length=20)),
                ("to", models.CharField(max_length=12)),
                ("words", loket.vault.fields.EncryptedText(key="subject", null=True)),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="casework.correction"
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
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Encounter",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("found_on", models.DateField()),
                ("who", models.CharField(blank=True, max_length=40)),
                ("shared", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("made_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.membership",
                    ),
                ),
                (
                    "subject",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.subject"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="IdempotentAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64)),
                ("request", models.CharField(max_length=64)),
                ("status", models.PositiveSmallIntegerField(default=0)),
                ("answer", loket.vault.fields.EncryptedText(key=None, null=True)),
                ("made_at", models.DateTimeField()),
                (
                    "client",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="casework.apiclient"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Intake",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("form", models.CharField(max_length=10)),
                ("purposes", models.JSONField(default=list)),
                ("ground", models.CharField(max_length=40)),
                ("state", models.CharField(default="planned", max_length=10)),
                ("rows", loket.vault.fields.EncryptedText(key=None, null=True)),
                ("mapping", loket.vault.fields.EncryptedText(key=None, null=True)),
                ("errors", loket.vault.fields.EncryptedText(key=None, null=True)),
                ("summary", models.JSONField(default=dict)),
                ("total", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("destroy_at", models.DateTimeField()),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.membership"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Kept",
            fields=[
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="kept",
                        serialize=False,
                        to="casework.person",
                    ),
                ),
                ("form", models.CharField(max_length=10)),
                ("cells", loket.vault.fields.EncryptedText(key="subject", null=True)),
            ],
        ),
        migrations.AddField(
            model_name="person",
            name="encounter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="persons", to="casework.encounter"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="subject",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.subject"
            ),
        ),
        migrations.CreateModel(
            name="Ground",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("purpose", models.CharField(max_length=40)),
                ("receiver_kind", models.CharField(blank=True, max_length=60)),
                ("ground", models.CharField(max_length=40)),
                ("state", models.CharField(max_length=12)),
                ("given_by", models.CharField(blank=True, max_length=60)),
                ("told", models.CharField(blank=True, max_length=60)),
                ("note", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("ended_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.subject"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="grounds", to="casework.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EmergencyLook",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("verdict", models.CharField(blank=True, max_length=20)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("told_on", models.DateField(null=True)),
                (
                    "glass",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="looks", to="accounts.openedglass"
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="emergency_looks",
                        to="casework.person",
                    ),
                ),
            ],
        ),
    ]
