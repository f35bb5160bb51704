"""The statements that make the database itself refuse to change or remove an entry, for both databases."""

from __future__ import annotations

from typing import Any

REFUSAL = "the log only grows: an entry is never changed or removed"
SQLITE = [
    f"CREATE TRIGGER audit_never_{what.lower()} BEFORE {what} ON audit_entry "
    f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for what in ("UPDATE", "DELETE")
]
ROWS = "FOR EACH ROW EXECUTE FUNCTION audit_never()"
POSTGRESQL = [
    f"CREATE FUNCTION audit_never() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    f"CREATE TRIGGER audit_never_change BEFORE UPDATE OR DELETE ON audit_entry {ROWS}",
    "CREATE TRIGGER audit_never_empty BEFORE TRUNCATE ON audit_entry FOR EACH STATEMENT EXECUTE FUNCTION audit_never()",
]


def make(apps: Any, schema_editor: Any) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove(apps: Any, schema_editor: Any) -> None:
    """Only to undo the migration on an empty, new installation."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION audit_never() CASCADE")
        return
    for what in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER audit_never_{what}")
