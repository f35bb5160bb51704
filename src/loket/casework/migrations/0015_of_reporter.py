# ruff: noqa: RUF012  (as Django writes it)

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def of_encounter(apps, schema_editor):
    """Every registration has the reporter of its encounter."""
    person = apps.get_model("casework", "Person").objects.filter(pk=OuterRef("person"))
    reporter = Subquery(person.values("encounter__reporter")[:1])
    apps.get_model("casework", "Registration").objects.update(reporter=reporter)


class Migration(migrations.Migration):
    """What waits for whoever reported (a draft, a question) is found at once among all that they ever reported."""

    dependencies = [("casework", "0014_pressing"), ("accounts", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="reporter",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.membership",
            ),
        ),
        migrations.AddIndex(
            model_name="registration", index=models.Index(fields=["reporter", "state"], name="casework_of_reporter")
        ),
        migrations.RunPython(of_encounter, migrations.RunPython.noop, elidable=True),
    ]
