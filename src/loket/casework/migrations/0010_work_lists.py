# ruff: noqa: RUF012  (as Django writes it)

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("casework", "0009_mail_on_its_way")]

    operations = [
        migrations.RemoveIndex(model_name="task", name="casework_work_list"),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["organisation", "state", "due", "-urgent", "made_on", "id", "strength", "extended"],
                name="casework_work_list",
            ),
        ),
        migrations.AddIndex(
            model_name="task",
            index=models.Index(
                fields=["registry", "organisation", "state", "-urgent", "made_on", "id", "strength"],
                name="casework_to_place",
            ),
        ),
    ]
