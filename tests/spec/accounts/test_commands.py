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

from loket.accounts import actions, queries
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
    with pytest.raises(CommandError, match=r"is no (whole )?back-up") as error:
        call_command("restore", str(file), "--yes")
    assert error.value.returncode == 2
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(tmp_path / "nowhere"), "--yes")
    assert Organisation.objects.get().name == "Here"


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
    with pytest.raises(CommandError, match="already") as error:
        call_command("accounts", "first", *how)
    assert error.value.returncode == 2
    assert log.verdict().holds
