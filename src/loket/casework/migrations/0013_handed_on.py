# ruff: noqa: RUF012  (as Django writes it)

from django.db import migrations, models

TAKEN_UP = ("accepted", "reopened", "closed", "counted", "named")


def handed_on(apps, schema_editor):
    """The tasks of registrations that were taken up lie open to whoever has them already."""
    taken = apps.get_model("casework", "Registration").objects.filter(state__in=TAKEN_UP).values("person")
    apps.get_model("casework", "Task").objects.filter(person__in=taken).update(handed_on=True)


class Migration(migrations.Migration):
    """Which tasks were handed on to whoever has them, so that their lists and the numbers above them are the same."""

    dependencies = [("casework", "0012_stalled_of_one")]

    operations = [
        migrations.AddField("task", "handed_on", models.BooleanField(default=False, db_default=False)),
        migrations.RunPython(handed_on, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex(model_name="task", name="casework_work_list"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=[
                    "organisation", "state", "due", "-urgent", "made_on", "id", "strength", "extended", "duty",
                    "handed_on",
                ],
                name="casework_work_list",
            ),
        ),
    ]  # fmt: skip
