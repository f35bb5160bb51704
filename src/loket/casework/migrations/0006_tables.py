# ruff: noqa: RUF012  (written by Django)
import uuid

import django.db.models.deletion
from django.db import migrations, models

import loket.vault.fields


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_tables")]

    operations = [
        migrations.CreateModel(
            name="Whereabouts",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("address", loket.vault.fields.EncryptedText(key="subject", null=True)),
                ("told_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="whereabouts", to="casework.person"
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
        migrations.AddIndex(
            model_name="encounter",
            index=models.Index(fields=["reporter", "-made_at"], name="casework_by_reporter"),
        ),
        migrations.AddConstraint(
            model_name="idempotentanswer",
            constraint=models.UniqueConstraint(fields=("client", "key"), name="casework_answer_once"),
        ),
        migrations.AddIndex(
            model_name="intake",
            index=models.Index(fields=["state", "destroy_at"], name="casework_intake_ends"),
        ),
        migrations.AddField(
            model_name="kept",
            name="subject",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="vault.subject"),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.UniqueConstraint(fields=("encounter", "number"), name="casework_person_once"),
        ),
        migrations.AddIndex(
            model_name="ground",
            index=models.Index(fields=["person", "purpose"], name="casework_ground_of_person"),
        ),
        migrations.AddConstraint(
            model_name="emergencylook",
            constraint=models.UniqueConstraint(fields=("glass", "person"), name="casework_looked_once"),
        ),
        migrations.AddIndex(
            model_name="correction",
            index=models.Index(fields=["state", "asked_on"], name="casework_correction_open"),
        ),
        migrations.AddIndex(
            model_name="alert",
            index=models.Index(fields=["police", "state"], name="casework_searched_by"),
        ),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "closed"), _negated=True), fields=("person",), name="casework_missing_once"
            ),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["shelter", "state"], name="casework_placement_shelter"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["sender", "state"], name="casework_placement_sender"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["receiver", "state"], name="casework_referral_receiver"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["sender", "state"], name="casework_referral_sender"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["state", "answer_by"], name="casework_referral_clock"),
        ),
        migrations.AddIndex(
            model_name="referralstep",
            index=models.Index(fields=["referral", "at"], name="casework_step_of_referral"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["registry", "state", "submitted_at"], name="casework_at_registry"),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(fields=["state", "destroy_on"], name="casework_to_destroy"),
        ),
        migrations.AddConstraint(
            model_name="notthesame",
            constraint=models.UniqueConstraint(fields=("one", "other"), name="casework_apart_once"),
        ),
        migrations.AddConstraint(
            model_name="merge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_on__isnull", True)), fields=("merged",), name="casework_merged_once"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["organisation", "state", "due"], name="casework_my_work"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["registry", "state", "due"], name="casework_stalled"),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(fields=("person", "duty"), name="casework_duty_once"),
        ),
        migrations.AddIndex(
            model_name="taskchange",
            index=models.Index(fields=["at"], name="casework_changes_at"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["state", "due_at"], name="casework_outbox_due"),
        ),
    ]
