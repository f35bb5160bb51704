"""Indexes of one column go where a wider one begins with that column: each costs a writer, and nobody reads by it.

Their names are those that Django gave them. A table is not made anew for it, as Django would do on SQLite.
"""
# ruff: noqa: RUF012  (as Django writes it)

from django.db import migrations, models
from django.db.models.deletion import PROTECT

COVERED = {
    ("encounter", "reporter"): "casework_encounter_reporter_id_6fea6966",
    ("person", "encounter"): "casework_person_encounter_id_73bc569b",
    ("referral", "receiver"): "casework_referral_receiver_id_532a3f1a",
    ("referral", "sender"): "casework_referral_sender_id_3721ac4a",
    ("referralstep", "referral"): "casework_referralstep_referral_id_8b62ac3e",
    ("registration", "registry"): "casework_registration_registry_id_afec3b35",
    ("task", "organisation"): "casework_task_organisation_id_b33a1207",
    ("task", "person"): "casework_task_person_id_b1d58310",
    ("task", "registry"): "casework_task_registry_id_8c788207",
}


def _field(to: str, related: str = "+", *, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(db_index=False, null=null, on_delete=PROTECT, related_name=related, to=to)


FIELDS = {
    ("encounter", "reporter"): _field("accounts.membership", null=True),
    ("person", "encounter"): _field("casework.encounter", "persons"),
    ("referral", "receiver"): _field("accounts.organisation", null=True),
    ("referral", "sender"): _field("accounts.organisation"),
    ("referralstep", "referral"): _field("casework.referral", "steps"),
    ("registration", "registry"): _field("accounts.organisation", null=True),
    ("task", "organisation"): _field("accounts.organisation", null=True),
    ("task", "person"): _field("casework.person", "tasks"),
    ("task", "registry"): _field("accounts.organisation", null=True),
}


class Migration(migrations.Migration):
    dependencies = [("casework", "0010_work_lists")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(model_name=model, name=name, field=field)
                for (model, name), field in FIELDS.items()
            ],
            database_operations=[
                migrations.RunSQL(f'DROP INDEX IF EXISTS "{index}"', migrations.RunSQL.noop)
                for index in COVERED.values()
            ],
        )
    ]
