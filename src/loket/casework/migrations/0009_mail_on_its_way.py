# ruff: noqa: RUF012  (as Django writes it)

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0008_lists")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(fields=["membership", "state"], name="casework_outbox_to"),
        ),
    ]
