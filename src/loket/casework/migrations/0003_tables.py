# ruff: noqa: RUF012  (written by Django)
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import loket.vault.fields


class Migration(migrations.Migration):
    dependencies = [("casework", "0002_tables")]

    operations = [
        migrations.AddField(
            model_name="correction",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="casework.person"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="casework.person"
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="alerts", to="casework.person"
            ),
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("shelter_kind", models.CharField(max_length=60)),
                ("municipality", models.CharField(blank=True, max_length=8)),
                ("state", models.CharField(default="waiting", max_length=12)),
                ("asked_on", models.DateField()),
                ("ended_on", models.DateField(null=True)),
                ("intake", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("message", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("slice", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="casework.person"
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "shelter",
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
            name="PlacementAnswer",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("on", models.DateField()),
                ("event", models.CharField(max_length=20)),
                ("to", models.CharField(max_length=12)),
                ("reason", models.CharField(blank=True, max_length=30)),
                ("words", loket.vault.fields.EncryptedText(key="subject", null=True)),
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
                    "placement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="casework.placement"
                    ),
                ),
                (
                    "shelter",
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
            name="Places",
            fields=[
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="places",
                        serialize=False,
                        to="accounts.organisation",
                    ),
                ),
                ("groups", models.CharField(blank=True, max_length=120)),
                ("free", models.PositiveIntegerField(null=True)),
                ("told_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Referral",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("receiver_kind", models.CharField(max_length=60)),
                ("kind", models.CharField(max_length=10)),
                ("purpose", models.CharField(max_length=40)),
                ("state", models.CharField(default="requested", max_length=12)),
                ("asked_on", models.DateField()),
                ("answer_by", models.DateField(null=True)),
                ("changed_on", models.DateField(null=True)),
                ("message", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("reason", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("outcome", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("slice", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="referrals", to="casework.person"
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "sender",
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
            ],
        ),
    ]
