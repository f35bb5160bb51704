# ruff: noqa: RUF012  (written by Django)

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_identity"),
        ("casework", "0007_reports_and_requests"),
        ("vault", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="placement",
            name="casework_placement_shelter",
        ),
        migrations.RemoveIndex(
            model_name="placement",
            name="casework_placement_sender",
        ),
        migrations.RemoveIndex(
            model_name="referral",
            name="casework_referral_receiver",
        ),
        migrations.RemoveIndex(
            model_name="referral",
            name="casework_referral_sender",
        ),
        migrations.RemoveIndex(
            model_name="task",
            name="casework_my_work",
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["shelter", "state", "asked_on"], name="casework_placements_got"),
        ),
        migrations.AddIndex(
            model_name="placement",
            index=models.Index(fields=["sender", "state", "asked_on"], name="casework_placements_sent"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["receiver", "state", "asked_on"], name="casework_referrals_got"),
        ),
        migrations.AddIndex(
            model_name="referral",
            index=models.Index(fields=["sender", "state", "asked_on"], name="casework_referrals_sent"),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["organisation", "state", "due", "-urgent", "made_on"], name="casework_work_list"
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(fields=["registry", "state", "organisation", "duty"], name="casework_stalled_where"),
        ),
    ]
