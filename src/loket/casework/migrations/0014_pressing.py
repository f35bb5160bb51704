# ruff: noqa: RUF012  (as Django writes it)

from django.db import migrations, models


class Migration(migrations.Migration):
    """The few registrations on which an urgent task waits are found at once, however long the list is."""

    dependencies = [("casework", "0013_handed_on")]

    operations = [
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                condition=models.Q(("handed_on", False), ("urgent", True)),
                fields=["person", "state", "organisation", "strength"],
                name="casework_pressing",
            ),
        ),
    ]
