"""The author's desk: hand over, see the attack, mend, sign, publish, withdraw; by the Rapporteur's researcher only."""

from __future__ import annotations

import io
import json
import uuid
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from schakel.casework.lifecycles import lifecycles
from schakel.disclosure.spec import Policy, TableSpec, VariableSpec
from schakel.disclosure.spec_text import spec_text
from schakel.mechanism.content import load
from tests.figures import asked, few, persons, researcher

DESK = "/nl/loket/publicaties/"
FORM = {"release_name": "cijfers-1", "title_nl": "SYNTHETISCH: cijfers", "title_en": "SYNTHETIC: figures"}
UNSAFE = Policy(mode="suppression", marks="two")


def upload(count: int = 60, policy: Policy | None = None, small: bool = False) -> dict[str, Any]:
    """The form with its two files."""
    data = io.BytesIO(persons(count).to_csv(index=False).encode())
    spec = io.BytesIO(spec_text(few(policy) if policy and small else asked("cijfers-1", policy)).encode())
    data.name, spec.name = "extract.csv", "spec.yaml"
    return {**FORM, "data": data, "spec": spec}


def at(client: Client, someone: Any) -> Client:
    signed_in: Client = someone.at(client)
    return signed_in


def handed_over(client: Client, **how: Any) -> str:
    response = client.post(f"{DESK}nieuw/", upload(**how))
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def step(client: Client, page: str, name: str, **more: Any) -> Any:
    """A step on the version that the page shows now."""
    return client.post(f"{page}{name}/", {"version": draft(page).version, **more})


def draft(page: str) -> Any:
    from loket.monitor.desk.models import Draft

    return Draft.objects.select_related("key").get(pk=page.rstrip("/").rpartition("/")[2])


def events() -> list[tuple[str, str]]:
    from loket.audit.models import Entry

    rows = Entry.objects.filter(event__startswith="desk.").order_by("number")
    return list(rows.values_list("event", "outcome"))


def seen(client: Client, page: str) -> str:
    response = client.get(page)
    assert response.status_code == 200
    return response.content.decode()


def test_from_hand_over_to_withdrawal(author: Any, strict: Client, folder: Path, database: dict[str, Any]) -> None:
    me = at(strict, author)
    page = handed_over(me)
    assert "concept" in seen(me, page)
    assert step(me, page, "make").status_code == 302
    assert "Beveiligd en veilig bevonden" in seen(me, page)
    assert "Mogelijke slachtoffers naar geslacht en leeftijd" in seen(me, f"{page}tabellen/")
    assert step(me, page, "ondertekenen").status_code == 400  # nobody signs what they do not say they looked at
    assert step(me, page, "ondertekenen", looked_at="on").status_code == 302
    assert step(me, page, "publiceren").status_code == 302
    public = Client().get("/nl/cijfers/cijfers-1/").content.decode()
    assert f"Ondertekend door {author.user.name}, Rapporteur" in public
    assert Client().get("/nl/cijfers/cijfers-1/by-sex/").status_code == 200
    row = draft(page)
    assert (row.counts, row.report, row.key.wrapped) == (None, None, None)
    assert step(me, page, "intrekken", reason_nl="fout", reason_en="no").status_code == 400
    why = {"reason_nl": "Er zat een fout in.", "reason_en": "There was an error."}
    assert step(me, page, "intrekken", **why).status_code == 302
    gone = Client().get("/en/cijfers/cijfers-1/")
    assert gone.status_code == 410
    assert "There was an error." in gone.content.decode()
    assert [name for name, _ in events() if name != "desk.look"] == [
        "desk.hand_over", "desk.make", "desk.succeed", "desk.sign", "desk.destroyed", "desk.publish", "desk.withdraw",
    ]  # fmt: skip


def test_each_look_before_publication_is_in_the_log_and_none_after(author: Any, strict: Client) -> None:
    me = at(strict, author)
    page = handed_over(me)
    step(me, page, "make")
    for _ in range(2):
        seen(me, page)
    seen(me, f"{page}tabellen/")
    assert events().count(("desk.look", "done")) == 3
    step(me, page, "ondertekenen", looked_at="on")
    step(me, page, "publiceren")
    seen(me, page)
    assert events().count(("desk.look", "done")) == 3


def test_true_counts_are_nowhere_in_the_open(
    author: Any, strict: Client, folder: Path, database: dict[str, Any], keys: Path
) -> None:
    """Not the table that came in, and not a count in it: a category with a name of its own would be found on disk."""
    from django.db import connection

    me = at(strict, author)
    page = handed_over(me)
    step(me, page, "make")
    with connection.cursor() as cursor:
        cursor.execute("SELECT spec, counts, report, made FROM desk_draft")
        spec, *sealed = cursor.fetchone()
    assert "woman" in spec  # the categories that were asked for are no count
    for value in sealed:
        assert value is not None
        assert b"woman" not in bytes(value)
    for path in [*folder.rglob("*"), *keys.rglob("*")]:
        assert not path.is_file() or b"counted" not in path.read_bytes()


def test_the_author_sees_the_leak_and_mends_it(author: Any, strict: Client) -> None:
    me = at(strict, author)
    page = handed_over(me, count=40, policy=UNSAFE)
    step(me, page, "make")
    found = seen(me, page)
    assert draft(page).state == "unsafe"
    assert "Alleen voor de maker" in found
    assert draft(page).made is None
    assert step(me, page, "publiceren").status_code == 409
    assert step(me, page, "verbeteren", way="rounding").status_code == 302
    assert draft(page).state == "draft"
    step(me, page, "make")
    assert draft(page).state == "made"


def test_a_merge_that_is_proposed_can_be_taken(author: Any, strict: Client) -> None:
    me = at(strict, author)
    page = handed_over(me, count=8, policy=Policy(mode="suppression"), small=True)
    step(me, page, "make")
    assert draft(page).state == "unsafe"
    found = seen(me, page)
    assert "Wat het veilig maakt" in found
    assert "jaar van registratie 202" in found  # the cells and the advice in words, in the language of the page
    assert "year of registration 202" in seen(me, page.replace("/nl/", "/en/"))
    assert "year=" not in found
    for _ in range(10):
        if draft(page).state != "unsafe":
            break
        assert step(me, page, "verbeteren", merge="0").status_code == 302
        step(me, page, "make")
    assert draft(page).state == "made"
    assert step(me, page, "verbeteren", merge="7").status_code == 404


def test_merges_are_proposed_beside_an_earlier_publication_too(author: Any, strict: Client) -> None:
    """What the earlier one printed apart stays known, and the merges that are taken make the new one possible."""
    me = at(strict, author)
    ages = VariableSpec("age_group", ("0-17", "18-22", "23+"))
    by_age = replace(
        few(Policy()), tables=(TableSpec("by-age", ("age_group",)),), variables={"age_group": ages}
    )  # fmt: skip
    page = me.post(f"{DESK}nieuw/", {**upload(8), "spec": named(spec_text(by_age).encode(), "spec.yaml")})["Location"]
    for name, more in (("make", {}), ("ondertekenen", {"looked_at": "on"}), ("publiceren", {})):
        step(me, page, name, **more)
    form = {**upload(8, Policy(mode="suppression"), small=True), "release_name": "cijfers-2", "earlier": ["cijfers-1"]}
    second = me.post(f"{DESK}nieuw/", form)["Location"]
    step(me, second, "make")
    assert draft(second).state == "unsafe"
    for _ in range(10):
        if draft(second).state != "unsafe":
            break
        assert "Wat het veilig maakt" in seen(me, second)
        assert step(me, second, "verbeteren", merge="0").status_code == 302
        step(me, second, "make")
    assert draft(second).state == "made"
    assert draft(second).earlier == ["cijfers-1"]


@pytest.mark.parametrize(
    ("organisation", "kind", "role"),
    [("Ministerie", "ministry-justice-security", "researcher"), ("Rapporteur", "national-rapporteur", "registrar"),
     ("Meldpunt", "comensha", "key_keeper"), ("Rapporteur", "national-rapporteur", "auditor")],
)  # fmt: skip
def test_nobody_else_makes_sees_signs_or_publishes(
    author: Any, strict: Client, organisation: str, kind: str, role: str
) -> None:
    page = handed_over(at(Client(), author))
    other = at(strict, researcher(organisation, kind, role))
    for path in (DESK, f"{DESK}nieuw/", page, f"{page}tabellen/"):
        assert other.get(path).status_code == 403
    for name in ("make", "stop", "discard", "verbeteren", "publiceren", "unsign"):
        assert other.post(f"{page}{name}/", {"version": 1, "way": "rounding"}).status_code == 403
    assert other.post(f"{page}ondertekenen/", {"version": 1, "looked_at": "on"}).status_code == 403
    assert other.post(f"{DESK}nieuw/", upload()).status_code == 403
    assert draft(page).state == "draft"
    assert sum(outcome == "refused" for _, outcome in events()) == 12


def test_a_colleague_elsewhere_does_not_find_it(author: Any, strict: Client) -> None:
    page = handed_over(at(Client(), author))
    other = at(strict, researcher("Rapporteur van elders", "national-rapporteur"))
    assert other.get(page).status_code == 404
    assert other.post(f"{page}make/", {"version": 1}).status_code == 404


def test_no_state_is_an_approval_and_nobody_but_the_researcher_moves_it() -> None:
    cycle = lifecycles(load())["publication"]
    assert {who for row in cycle.transitions for who in row.who} == {"researcher", "server"}
    assert not [name for name in cycle.states if "approv" in name or "review" in name]


def test_over_a_colleague_nothing_is_done(author: Any, strict: Client) -> None:
    me = at(strict, author)
    page = handed_over(me)
    step(me, page, "make")
    for name, more in (("ondertekenen", {"looked_at": "on"}), ("discard", {}), ("verbeteren", {"way": "coarser"})):
        response = me.post(f"{page}{name}/", {"version": 1, **more})
        assert response.status_code == 409
        assert "Een collega heeft dit intussen gewijzigd" in response.content.decode()
    assert draft(page).state == "made"


@pytest.mark.parametrize("name", ["stop", "unsign", "publiceren"])
def test_a_step_that_the_state_does_not_allow_is_told_with_what_to_do(author: Any, strict: Client, name: str) -> None:
    me = at(strict, author)
    page = handed_over(me)
    response = step(me, page, name)
    assert response.status_code == 409
    assert "Laat de cijfers eerst beveiligen" in response.content.decode()


def test_work_can_be_stopped_and_what_it_found_is_not_taken_in(
    author: Any, strict: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loket.monitor.desk import actions, work

    me = at(strict, author)
    page = handed_over(me)
    begun: list[Any] = []
    monkeypatch.setattr(work, "at_once", lambda *run: begun.append(run))
    step(me, page, "make")
    assert "Het werk loopt" in seen(me, page)
    assert step(me, page, "stop").status_code == 302
    identifier, run = begun[0]
    assert actions.alive(draft=identifier, run=run) is False
    work.make(identifier, run)
    assert actions.settle(draft=identifier, run=run, event="succeed", report={}, made="{}") is False
    assert (draft(page).state, draft(page).made) == ("draft", None)


def test_work_that_died_is_told_and_can_begin_again(
    author: Any, strict: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loket.monitor.desk import work
    from loket.monitor.desk.models import Draft

    me = at(strict, author)
    page = handed_over(me)
    with monkeypatch.context() as patched:
        patched.setattr(work, "at_once", lambda *run: None)
        step(me, page, "make")
    Draft.objects.update(sign_of_life=timezone.now() - timedelta(minutes=2))
    assert "Het werk is stilgevallen" in seen(me, page)
    step(me, page, "stop")
    step(me, page, "make")
    assert draft(page).state == "made"


def test_a_fault_in_the_work_is_told_without_a_trace(
    author: Any, strict: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from loket.monitor.desk import work

    me = at(strict, author)
    page = handed_over(me)

    def breaks(*args: Any, **more: Any) -> None:
        raise RuntimeError("secret 17")

    monkeypatch.setattr(work, "protect", breaks)
    step(me, page, "make")
    found = seen(me, page)
    assert "brak af door een fout bij ons" in found
    assert "secret" not in found


def test_another_byte_and_there_is_no_signature(author: Any, strict: Client, folder: Path) -> None:
    from loket.monitor.desk.models import Draft

    me = at(strict, author)
    page = handed_over(me)
    step(me, page, "make")
    step(me, page, "ondertekenen", looked_at="on")
    row = draft(page)
    texts = json.loads(str(row.made))
    texts["cells.csv"] = texts["cells.csv"].replace(",rounded", ",printed", 1)
    row.made = json.dumps(texts)
    row.save(update_fields=["made"])
    assert step(me, page, "publiceren").status_code == 400
    assert list(folder.iterdir()) == []
    assert Draft.objects.get(pk=row.pk).state == "signed"


def test_what_is_due_is_destroyed(author: Any, strict: Client) -> None:
    from django.core.management import call_command

    from loket.monitor.desk.models import Draft

    me = at(strict, author)
    page = handed_over(me)
    Draft.objects.update(destroy_on=timezone.localdate())
    out = io.StringIO()
    call_command("publications", tidy=True, stdout=out)
    assert out.getvalue() == "1 destroyed\n"
    assert (draft(page).counts, draft(page).key.wrapped) == (None, None)
    assert "vernietigd" in seen(me, page)
    response = step(me, page, "make")
    assert response.status_code == 403
    assert "Lever het opnieuw in" in response.content.decode()


def test_thrown_away_is_gone_and_its_name_is_free(author: Any, strict: Client) -> None:
    me = at(strict, author)
    page = handed_over(me)
    assert me.post(f"{DESK}nieuw/", upload()).status_code == 400  # taken
    assert step(me, page, "discard").status_code == 302
    assert me.get(page).status_code == 404
    assert draft(page).key.wrapped is None
    handed_over(me)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda form: form | {"data": named(b"naam,sex\nx,man\n", "x.csv")}, "zegt wie iemand is"),
        (lambda form: form | {"data": named(b"sex,age_group\nman,23+\n", "x.csv")}, "geen variabele"),
        (lambda form: form | {"data": named(b"year,sex,age_group\n2021,man,99\n", "x.csv")}, "geen categorie"),
        (lambda form: form | {"data": named(b"\xff\xfe", "x.parquet")}, "niet als tabel te lezen"),
        (lambda form: form | {"data": named(b"x", "x.exe")}, "geen CSV en geen Parquet"),
        (lambda form: form | {"data": named(b"x", "x.csv.gz")}, "Pak het eerst uit"),
        (lambda form: {**form, "data": ""}, "geen bestand ingeleverd"),
        (lambda form: form | {"spec": named(b"tables: 3", "spec.yaml")}, "ontbreekt"),
        (lambda form: form | {"spec": named(b"a: [", "spec.yaml")}, "spec.yaml"),
        (lambda form: form | {"release_name": "../x"}, ""),
        (lambda form: form | {"years": "later"}, ""),
    ],
)  # fmt: skip
def test_bad_input_is_a_sentence_and_nothing_is_kept(author: Any, strict: Client, change: Any, said: str) -> None:
    from loket.monitor.desk.models import Draft

    response = at(strict, author).post(f"{DESK}nieuw/", change(upload()))
    assert response.status_code == 400
    assert said in response.content.decode()
    assert FORM["title_nl"] in response.content.decode()  # what was typed is still there
    assert not Draft.objects.exists()


def named(data: bytes, name: str) -> io.BytesIO:
    file = io.BytesIO(data)
    file.name = name
    return file


def test_an_earlier_publication_is_attacked_along(author: Any, strict: Client) -> None:
    me = at(strict, author)
    page = handed_over(me)
    for name, more in (("make", {}), ("ondertekenen", {"looked_at": "on"}), ("publiceren", {})):
        step(me, page, name, **more)
    assert "cijfers-1" in seen(me, f"{DESK}nieuw/")
    form = {**upload(), "release_name": "cijfers-2", "earlier": ["cijfers-1"]}
    second = me.post(f"{DESK}nieuw/", form)["Location"]
    step(me, second, "make")
    row = draft(second)
    assert (row.state, row.earlier) == ("made", ["cijfers-1"])
    assert '"name": "cijfers-1"' in str(row.made).replace("\\", "")


def test_no_page_asks_the_database_more_than_fifteen_things(author: Any, strict: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    me = at(strict, author)
    page = handed_over(me)
    step(me, page, "make")
    for path in (DESK, f"{DESK}nieuw/", page, f"{page}tabellen/"):
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            seen(me, path)
        told = [
            one["sql"] for one in asked_for if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
        ]
        assert len(told) <= 15, (path, len(told))


def test_what_is_not_there_is_a_page_that_says_so(author: Any, strict: Client) -> None:
    me = at(strict, author)
    for path in (f"{DESK}{uuid.uuid4()}/", f"{DESK}nowhere/"):
        assert me.get(path).status_code == 404
    assert me.post(f"{DESK}{uuid.uuid4()}/make/", {"version": "x"}).status_code == 404


def seal_of(page: str) -> dict[str, Any]:
    """The seal of what was made."""
    found: dict[str, Any] = json.loads(json.loads(draft(page).made)["audit.json"])["seal"]
    return found


def audited(release: Path, pem: str, capsys: Any) -> str:
    """What `schakel audit` says of a folder to who has only the public key."""
    from schakel.cli import main

    key = release.parent.parent / "public.pem"
    key.write_text(pem)
    assert main(["audit", str(release), "--key", str(key), "--lang", "en"]) == 0
    return str(capsys.readouterr().out)


def test_the_seal_comes_with_the_signature_and_goes_with_it(author: Any, strict: Client) -> None:
    me = at(strict, author)
    page = handed_over(me)
    step(me, page, "make")
    assert seal_of(page)["kind"] == "sha256"  # what nobody signed is not sealed
    step(me, page, "ondertekenen", looked_at="on")
    signed = seal_of(page)
    assert signed["kind"] == "ed25519"
    assert "Ondertekend door" in seen(me, page)
    step(me, page, "unsign")
    assert seal_of(page)["kind"] == "sha256"
    step(me, page, "ondertekenen", looked_at="on")
    assert seal_of(page) == signed


def test_the_page_says_whether_the_seal_was_looked_at(
    author: Any, strict: Client, folder: Path, tmp_path: Path
) -> None:
    me = at(strict, author)
    page = handed_over(me)
    place = tmp_path / "release-key.pem"
    with override_settings(LOKET_RELEASE_KEY=str(place)):
        for name, more in (("make", {}), ("ondertekenen", {"looked_at": "on"}), ("publiceren", {})):
            step(me, page, name, **more)
        assert "Seal verified" in Client().get("/en/cijfers/cijfers-1/").content.decode()
        assert Client().get("/en/cijfers/sleutel.pem").content == place.read_bytes()
        place.write_text("no key")  # a key that cannot be read is no key, and the page says so
        assert "Checksums only" in Client().get("/en/cijfers/cijfers-1/").content.decode()
    assert "Checksums only" in Client().get("/en/cijfers/cijfers-1/").content.decode()
    assert Client().get("/en/cijfers/sleutel.pem").status_code == 404


def test_the_seals_of_all_publications_can_be_looked_at(author: Any, strict: Client, folder: Path, capsys: Any) -> None:
    from django.core.management import CommandError, call_command

    me = at(strict, author)
    page = handed_over(me)
    for name, more in (("make", {}), ("ondertekenen", {"looked_at": "on"}), ("publiceren", {})):
        step(me, page, name, **more)
    out = io.StringIO()
    call_command("publications", check=True, stdout=out)
    assert out.getvalue() == "cijfers-1: in order\n"
    assert seal_of(page)["kind"] == "ed25519"
    out = io.StringIO()
    call_command("publications", public_key=True, stdout=out)
    assert "seal verified with this key" in audited(folder / "cijfers-1" / "release", out.getvalue(), capsys)
    told = folder / "cijfers-1" / "publication.json"
    told.write_text(told.read_text().replace(author.user.name, "Iemand anders"))
    with pytest.raises(CommandError):
        call_command("publications", check=True, stdout=out)
