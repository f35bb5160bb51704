# ruff: noqa: RUF012  (as Django writes it)

from django.db import migrations, models


class Migration(migrations.Migration):
    """What stalls at one organisation is counted by duty, from the index of its work alone."""

    dependencies = [("casework", "0011_covered_indexes")]

    operations = [
        migrations.RemoveIndex(model_name="task", name="casework_work_list"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["organisation", "state", "due", "-urgent", "made_on", "id", "strength", "extended", "duty"],
                name="casework_work_list",
            ),
        ),
    ]
