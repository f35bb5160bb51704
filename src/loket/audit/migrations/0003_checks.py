# ruff: noqa: RUF012  (written by Django)
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_triggers")]

    operations = [
        migrations.CreateModel(
            name="Check",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chain", models.CharField(default="house", max_length=40)),
                ("at", models.DateTimeField()),
                ("client", models.CharField(max_length=10)),
                ("entries", models.PositiveBigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("broken_at", models.PositiveBigIntegerField(null=True)),
                ("why", models.CharField(blank=True, max_length=200)),
            ],
        ),
    ]
