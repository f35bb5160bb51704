"""What is done on the server, on both databases: keys renewed, a back-up made and put back, the first way in."""

from __future__ import annotations

import re
import stat
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.db import connection

from loket.accounts import actions, backups, queries
from loket.accounts.models import OpenedGlass, Organisation
from loket.audit import queries as log
from loket.audit.models import Entry
from loket.vault import actions as vault
from loket.vault import boxes, cipher
from loket.vault.models import BlindIndex, Subject
from loket.vault.words import Word
from tests.counter import Someone

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HERE = cipher.place("test")


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_new_keys_seal_people_and_texts_again_and_the_old_key_is_gone(
    database: Any, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelter = Someone("shelter", "Opvang")
    actions.open_glass(by=shelter.member, reason="acute_danger", note="iemand loopt nu gevaar")
    person = vault.new_subject(at=NOW)
    sealed = boxes.seal_for(person, "worker 1", HERE)
    before = (keys / "keys.txt").read_text()
    call_command("keys", "rotate")
    assert "Sealed again: 1 people, 2 texts. Old keys removed: 1." in said(capsys)
    after = (keys / "keys.txt").read_text()
    assert before.count("seal ") == after.count("seal ") == 1
    assert before.split("seal ")[1] not in after
    assert boxes.open_for(Subject.objects.get(), sealed, HERE) == "worker 1"
    assert OpenedGlass.objects.get().note == "iemand loopt nu gevaar"
    assert TOTP(shelter.user.authenticator_set.get()).validate_code(shelter.code)
    call_command("keys", "status")
    assert said(capsys) == "1 keys that seal; 0 sealed with an older one.\n"
    assert Entry.objects.order_by("number").last().event == "keys.rotate"  # type: ignore[union-attr]


def test_the_key_file_is_never_overwritten(database: Any, keys: Path) -> None:
    call_command("keys", "new")
    with pytest.raises(CommandError, match="never overwritten") as error:
        call_command("keys", "new")
    assert error.value.returncode == 2


def test_a_back_up_comes_back_and_who_was_erased_since_is_erased_again(
    database: Any, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shelter = Someone("shelter", "Opvang")
    stays, goes = vault.new_subject(at=NOW), vault.new_subject(at=NOW)
    vault.index(subject=goes, words=[Word("name", "worker 1")])
    sealed = boxes.seal_for(stays, "worker 2", HERE)
    file = tmp_path / "backup"
    call_command("backup", str(file))
    head = re.search(r"Head of the log: (\d+:\w{64})", said(capsys))
    assert head
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [name for name in (b"worker 1", b"worker 2") if name in file.read_bytes()]

    vault.erase(subject=goes, at=NOW)
    Organisation.objects.create(name="Later", kind="shelter", admitted_at=NOW)
    with pytest.raises(CommandError, match="add --yes"):
        call_command("restore", str(file))
    call_command("restore", str(file), "--yes")
    assert "Erased again: 1." in said(capsys)
    assert not Organisation.objects.filter(name="Later").exists()
    assert boxes.open_for(Subject.objects.get(pk=stays.pk), sealed, HERE) == "worker 2"
    assert Subject.objects.get(pk=goes.pk).wrapped is None
    assert not BlindIndex.objects.exists()
    assert queries.memberships(shelter.user)[0].name == "shelter 1"
    call_command("audit", "verify", "--head", head[1])
    # The log still only grows after it was put back.
    with connection.cursor() as cursor, pytest.raises(Exception, match="the log only grows"):
        cursor.execute("DELETE FROM audit_entry")


def test_a_back_up_never_overwrites_and_what_is_none_is_not_put_back(database: Any, tmp_path: Path) -> None:
    file = tmp_path / "no-backup"
    file.write_text("no back-up")
    Organisation.objects.create(name="Here", kind="shelter", admitted_at=NOW)
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", str(file))
    for nowhere in (tmp_path / "nowhere" / "file", file / "file"):
        with pytest.raises(CommandError, match="is no folder that this user can write in"):
            call_command("backup", str(nowhere))
    with pytest.raises(CommandError, match=r"is no (whole )?back-up") as error:
        call_command("restore", str(file), "--yes")
    assert error.value.returncode == 2
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "nowhere"), "--yes")
    assert Organisation.objects.get().name == "Here"


def test_a_back_up_of_an_older_version_is_brought_to_this_one(
    database: Any, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The database of today has a table and a function that the back-up knows nothing of, and it leans on an older."""
    Organisation.objects.create(name="Here", kind="shelter", admitted_at=NOW)
    try:
        with connection.cursor() as cursor:  # as it was before there were sessions
            cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
            cursor.execute("DROP TABLE django_session")
        call_command("backup", str(tmp_path / "older"))
        with connection.cursor() as cursor:
            key = "REFERENCES accounts_organisation (id)"
            kind = "uuid" if connection.vendor == "postgresql" else "char(32)"
            cursor.execute(f"CREATE TABLE later_one (id integer PRIMARY KEY, organisation {kind} {key})")
            if connection.vendor == "postgresql":
                cursor.execute("CREATE FUNCTION later() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
        call_command("restore", str(tmp_path / "older"), "--yes")
        assert "older version: its tables were brought to this one" in said(capsys)
        names = connection.introspection.table_names()
        assert ("later_one" in names, "django_session" in names) == (False, True)
        assert Organisation.objects.get().name == "Here"
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'later'")
                assert cursor.fetchone() == (0,)
        call_command("restore", str(tmp_path / "older"), "--yes")  # and once more
    finally:
        call_command("migrate", verbosity=0, interactive=False)


def test_a_back_up_that_breaks_off_changes_nothing_and_says_why(
    database: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call_command("backup", str(tmp_path / "whole"))
    Organisation.objects.create(name="Here", kind="shelter", admitted_at=NOW)
    whole = (tmp_path / "whole").read_bytes()
    for length in (len(whole) - 200, len(whole) // 2, 200):
        (tmp_path / "half").write_bytes(whole[:length])
        with pytest.raises(CommandError) as error:
            call_command("restore", str(tmp_path / "half"), "--yes")
        assert error.value.returncode == 2
        assert "error: " in str(error.value) or connection.vendor == "sqlite"
        assert Organisation.objects.get().name == "Here"
    if connection.vendor == "postgresql":  # what the database itself refuses is told too
        monkeypatch.setattr(backups, "EMPTY", "")
        with pytest.raises(CommandError, match=r"psql stopped, and everything is as it was: .*ERROR: .*already exists"):
            call_command("restore", str(tmp_path / "whole"), "--yes")
        assert Organisation.objects.get().name == "Here"
        with monkeypatch.context() as elsewhere:
            elsewhere.setitem(connection.settings_dict, "HOST", "/nowhere")
            with pytest.raises(CommandError, match=r"psql stopped.* error: connection"):
                backups.put_back(tmp_path / "whole")


def test_the_programs_of_postgresql_hear_how_the_settings_connect(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {**connection.settings_dict["OPTIONS"], "sslmode": "verify-full"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    assert backups._environment()["PGSSLMODE"] == "verify-full"


def test_after_a_restore_it_is_said_which_keys_are_wanted_and_with_them_all_is_sealed_again(
    database: Any, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    person, path = vault.new_subject(at=NOW), keys / "keys.txt"
    shelter = Someone("shelter", "Opvang")
    sealed = boxes.seal_for(person, "worker 1", HERE)
    call_command("backup", str(tmp_path / "older"))
    old = [line for line in path.read_text().splitlines() if line.startswith("seal ")]
    call_command("keys", "rotate")
    said(capsys)
    call_command("restore", str(tmp_path / "older"), "--yes")
    told = said(capsys)
    assert "1 keys that seal; 2 sealed with an older one." in told
    assert f"2 cannot be opened: the key that sealed them is not in {path}. Find the key file of that time" in told
    before = path.read_text()
    with pytest.raises(CommandError, match="2 cannot be opened") as error:
        call_command("keys", "rotate")
    assert error.value.returncode == 2
    assert path.read_text() == before  # no key was added for nothing

    lines = before.splitlines()
    path.write_text("\n".join([*lines[:-1], *old, lines[-1]]) + "\n")
    call_command("keys", "status")
    assert said(capsys) == (
        "2 keys that seal; 2 sealed with an older one.\nTo seal all with the newest: `loket keys rotate`.\n"
    )
    call_command("keys", "rotate")
    assert "Sealed again: 1 people, 1 texts. Old keys removed: 1." in said(capsys)
    assert boxes.open_for(Subject.objects.get(), sealed, HERE) == "worker 1"
    assert TOTP(shelter.user.authenticator_set.get()).validate_code(shelter.code)


def test_the_first_link_can_be_made_again_until_somebody_came_in(
    database: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def first(name: str) -> str:
        call_command("accounts", "first", "--organisation", name, "--kind", "comensha", "--email", "a@b.example")
        found = re.search(r"/nl/loket/uitnodiging/(\S+)/", said(capsys))
        assert found
        return found[1]

    lost, link = first("Medpunt"), first("Meldpunt")
    assert queries.invited(lost) is None
    assert queries.invited(link) == queries.Invited("Meldpunt", "key_keeper", False)
    assert [one.name for one in queries.organisations()] == ["Meldpunt"]
    with pytest.raises(CommandError):  # what is refused undoes nothing that was
        call_command("accounts", "first", "--organisation", "X", "--kind", "comensha", "--email", "nobody")
    assert queries.invited(link) is not None
    actions.accept_invitation(secret=link, name="Keeper 1", password=Someone.PASSWORD)
    with pytest.raises(CommandError, match="Somebody came in already") as error:
        first("Meldpunt")
    assert error.value.returncode == 2
    assert log.verdict().holds


def test_the_first_way_in_is_a_link_for_one_person(database: Any, capsys: pytest.CaptureFixture[str]) -> None:
    how = ["--organisation", "Meldpunt", "--kind", "comensha", "--email", "a@b.example"]
    with pytest.raises(CommandError, match="knows no kind"):
        call_command("accounts", "first", *how[:3], "king", *how[4:])
    with pytest.raises(CommandError, match="no role"):
        call_command("accounts", "first", *how, "--role", "king")
    call_command("accounts", "first", *how)
    link = re.search(r"/nl/loket/uitnodiging/(\S+)/", said(capsys))
    assert link
    assert queries.invited(link[1]) == queries.Invited("Meldpunt", "key_keeper", False)
    assert log.verdict().holds
