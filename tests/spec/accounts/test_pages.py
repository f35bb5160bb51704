"""The pages of the counter: who comes in, how far, and that nothing is shown, kept or said too much."""

from __future__ import annotations

import json
import logging
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import get_resolver, reverse

from loket.audit.models import Entry
from loket.site.log import BareLine
from tests.counter import Someone, html

LOGIN, CODE, HOME = "/nl/loket/inloggen/", "/nl/loket/twee-stappen/authenticate/", "/nl/loket/"


@pytest.fixture
def shelter(database: Any) -> Someone:
    return Someone("shelter", "Opvang", manages=True)


@pytest.fixture
def client() -> Client:
    """What goes wrong is raised here: a page that breaks is no refusal."""
    return Client()


def sign_in(client: Client, someone: Someone, password: str = Someone.PASSWORD) -> Any:
    return client.post(LOGIN, {"login": someone.user.email, "password": password})


def test_a_password_and_a_code_lead_in(client: Client, shelter: Someone) -> None:
    answer = sign_in(client, shelter)
    assert answer.headers["Location"] == CODE
    assert client.get(HOME).status_code == 302  # not yet
    answer = client.post(CODE, {"code": shelter.code})
    assert answer.headers["Location"] == HOME
    page = html(client.get(HOME))
    assert "shelter 1, medewerker opvang, Opvang" in page
    assert "Uitloggen" in page
    assert list(Entry.objects.values_list("event", "outcome")) == [("accounts.sign_in", "done")]


def test_a_code_leads_in_once_in_whichever_process_and_as_long_as_it_is_good(
    client: Client, shelter: Someone, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = time.time() // 30 * 30 + 5
    monkeypatch.setattr(time, "time", lambda: now)
    code = shelter.code
    sign_in(client, shelter)
    assert client.post(CODE, {"code": code}).status_code == 302
    for later in (1, 31):  # another process has another cache; a period later the code is still within the tolerance
        cache.clear()
        monkeypatch.setattr(time, "time", lambda: now + later)  # noqa: B023
        again = Client()
        sign_in(again, shelter)
        assert again.post(CODE, {"code": code}).status_code == 200
        assert again.get(HOME).status_code == 302
    assert again.post(CODE, {"code": shelter.code}).status_code == 302  # the next one is another


def test_a_wrong_code_leads_nowhere(client: Client, shelter: Someone) -> None:
    sign_in(client, shelter)
    answer = client.post(CODE, {"code": "000000"})
    assert answer.status_code == 200
    assert 'aria-invalid="true"' in html(answer)
    assert client.get(HOME).headers["Location"].startswith(LOGIN)


def test_a_password_without_a_second_factor_opens_nothing(client: Client, shelter: Someone) -> None:
    Authenticator.objects.all().delete()
    answer = sign_in(client, shelter)
    assert answer.headers["Location"] == "/nl/loket/geen-tweede-stap/"
    assert client.get(HOME).headers["Location"].startswith(LOGIN)
    assert client.get("/nl/loket/tweede-stap/").headers["Location"] == LOGIN


def test_an_unknown_name_reads_the_same_as_a_wrong_password(client: Client, shelter: Someone) -> None:
    wrong = html(client.post(LOGIN, {"login": shelter.user.email, "password": "wrong"}))
    nobody = html(client.post(LOGIN, {"login": "nobody@opvang.example", "password": "wrong"}))
    same = re.compile(r'value="[^"]*"')
    assert same.sub("", wrong) == same.sub("", nobody)
    assert list(Entry.objects.values_list("outcome", "reason")) == [("refused", "wrong_name_or_password")] * 2


def test_after_five_failures_the_door_stays_shut_and_no_name_or_address_is_kept(
    client: Client, shelter: Someone
) -> None:
    for _ in range(5):
        answer = sign_in(client, shelter, "wrong")
    assert answer.status_code == 403
    assert "Te vaak verkeerd" in html(answer)
    assert sign_in(client, shelter).status_code == 403
    kept = json.dumps(list(AccessAttempt.objects.values()), default=str)
    assert shelter.user.email not in kept
    assert "wrong" not in kept
    assert "127.0.0.1" not in kept
    # From elsewhere a colleague is not locked out by it.
    assert (
        Client(REMOTE_ADDR="192.0.2.7")
        .post(LOGIN, {"login": shelter.user.email, "password": Someone.PASSWORD})
        .headers["Location"]
        == CODE
    )


def test_an_invitation_leads_by_way_of_a_second_factor_and_no_further_before(client: Client, shelter: Someone) -> None:
    shelter.at(client)
    answer = client.post(f"/nl/loket/organisaties/{shelter.member.organisation}/uitnodigen/",
                         {"email": "new@opvang.example", "role": "shelter"})  # fmt: skip
    link = re.search(r"data-link>http://testserver(/nl/loket/uitnodiging/[^<]+)<", html(answer))
    assert link
    (sent,) = mail.outbox
    assert link[1] in sent.body
    assert not re.search(
        r"opvang|shelter|schakel|slachtoffer|handel", sent.subject + sent.body.split("http")[0], re.IGNORECASE
    )

    new = Client()
    assert "Opvang" in html(new.get(link[1]))
    weak = new.post(link[1], {"name": "Opvang 2", "new_password": "kort"})
    assert weak.status_code == 400
    assert 'href="#id_new_password"' in html(weak)
    answer = new.post(link[1], {"name": "Opvang 2", "new_password": "een zin die lang genoeg is"})
    assert answer.headers["Location"] == "/nl/loket/tweede-stap/"
    assert new.get(HOME).headers["Location"] == "/nl/loket/tweede-stap/"
    assert new.get("/nl/loket/organisaties/").headers["Location"] == "/nl/loket/tweede-stap/"
    page = html(new.get("/nl/loket/twee-stappen/totp/activate/"))
    secret = re.search(r"data-secret>([A-Z2-7]+)<", page)
    assert secret
    assert "<svg" in page
    fresh = Someone.__new__(Someone)
    fresh.secret = secret[1]
    answer = new.post("/nl/loket/twee-stappen/totp/activate/", {"code": fresh.code})
    assert answer.headers["Location"] == "/nl/loket/twee-stappen/recovery-codes/"
    codes = re.findall(r"<li>(\d{8})</li>", html(new.get("/nl/loket/twee-stappen/recovery-codes/")))
    assert len(codes) == 10
    assert "Opvang 2" in html(new.get(HOME))
    assert new.get(link[1]).status_code == 404
    # The telephone is lost: a recovery code leads in, once.
    for status in (302, 200):
        lost = Client()
        lost.post(LOGIN, {"login": "new@opvang.example", "password": "een zin die lang genoeg is"})
        assert lost.post(CODE, {"code": codes[0]}).status_code == status


def test_the_secret_of_a_second_factor_is_sealed(shelter: Someone) -> None:
    kept = json.dumps(list(Authenticator.objects.values("data")))
    assert shelter.secret not in kept


@pytest.mark.parametrize("gone", [31 * 60, 9 * 3600])
def test_who_was_away_too_long_signs_in_again(client: Client, shelter: Someone, gone: int) -> None:
    shelter.at(client)
    assert client.get(HOME).status_code == 200
    session = client.session
    session["seen" if gone < 3600 else "began"] = int(time.time()) - gone
    session.save()
    answer = client.get("/nl/loket/organisaties/", follow=True)
    assert answer.redirect_chain[0][0] == f"{LOGIN}?next=/nl/loket/organisaties/"
    assert "U was te lang weg" in html(answer)


def test_an_ended_account_is_out_at_once(client: Client, shelter: Someone) -> None:
    shelter.at(client)
    assert client.get(HOME).status_code == 200
    shelter.user.is_active = False
    shelter.user.save()
    assert client.get(HOME).status_code == 302


def test_a_session_is_sealed_in_the_database(client: Client, shelter: Someone) -> None:
    from django.contrib.sessions.models import Session

    shelter.at(client)
    kept = Session.objects.get().session_data
    assert not re.search("user|hash", bytes.fromhex(kept).decode("latin-1"))
    Session.objects.update(session_data="00" * 60)
    assert client.get(HOME).status_code == 302


def test_forms_of_the_counter_need_their_token_and_a_stale_one_is_told(shelter: Someone) -> None:
    strict = shelter.at(Client(enforce_csrf_checks=True))
    answer = strict.post("/nl/loket/noodgeval/sluiten/")
    assert answer.status_code == 403
    assert "wat u typte staat er nog" in html(answer)


def test_pages_of_the_counter_are_not_kept_and_their_cookies_are_closed(client: Client, shelter: Someone) -> None:
    sign_in(client, shelter)
    answer = client.post(CODE, {"code": shelter.code})
    assert answer.headers["Cache-Control"].count("no-store") == 1
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    page = client.get(HOME)
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"  # "no-referrer" makes a browser's forms come from "null"


def test_a_role_is_chosen_among_ones_own_only(client: Client, shelter: Someone) -> None:
    other = Someone("registrar", "Meldpunt", name="shelter 1")
    other.user = shelter.user
    from loket.accounts.models import Membership

    Membership.objects.filter(pk=other.member.membership).update(user=shelter.user)
    stranger = Someone("finder", "Politie")
    shelter.at(client)
    client.post("/nl/loket/rol/", {"membership": other.member.membership})
    assert "registrator, Meldpunt" in html(client.get(HOME))
    client.post("/nl/loket/rol/", {"membership": stranger.member.membership})
    assert "Politie" not in html(client.get(HOME))


def test_the_directory_shows_people_to_their_own_organisation_only(client: Client, shelter: Someone) -> None:
    stranger = Someone("finder", "Politie", name="rechercheur 7")
    page = html(shelter.at(client).get(f"/nl/loket/organisaties/{stranger.member.organisation}/"))
    assert "Politie" in page
    assert "rechercheur 7" not in page


def test_the_log_is_for_the_auditor_and_a_look_is_written(client: Client, shelter: Someone) -> None:
    answer = shelter.at(client).get("/nl/loket/logboek/")
    assert answer.status_code == 403
    assert "Dit hoort niet bij uw rol" in html(answer)
    assert Entry.objects.get(event="accounts.see_log").outcome == "refused"
    auditor = Someone("auditor", "Toezicht")
    assert "heeft in het logboek gekeken" in html(auditor.at(Client()).get("/nl/loket/logboek/"))


def test_an_emergency_is_told_to_the_auditor_without_a_word_about_it(client: Client, shelter: Someone) -> None:
    auditor = Someone("auditor", "Toezicht")
    shelter.at(client)
    answer = client.post("/nl/loket/noodgeval/", {"glass_reason": "acute_danger", "glass_note": "kort"})
    assert answer.status_code == 400
    client.post("/nl/loket/noodgeval/", {"glass_reason": "acute_danger", "glass_note": "iemand loopt nu gevaar"})
    assert "U ziet nu meer dan gewoonlijk" in html(client.get(HOME))
    (sent,) = mail.outbox
    assert sent.to == [auditor.user.email]
    assert "gevaar" not in sent.body
    client.post("/nl/loket/noodgeval/sluiten/")
    assert "U ziet nu meer" not in html(client.get(HOME))


def test_a_forgotten_password_is_a_mail_that_says_nothing(client: Client, shelter: Someone) -> None:
    client.post("/nl/loket/wachtwoord/vergeten/", {"email": "nobody@x.example"})
    client.post("/nl/loket/wachtwoord/vergeten/", {"email": shelter.user.email})
    (sent,) = mail.outbox
    link = re.search(r"http://testserver(\S+)", sent.body)
    assert link
    page = client.get(link[1], follow=True)
    action = page.redirect_chain[-1][0]
    client.post(action, {"password1": "een heel andere zin", "password2": "een heel andere zin"})
    assert sign_in(client, shelter, "een heel andere zin").headers["Location"] == CODE


@override_settings(LOKET_DEMO_SIGN_IN=True)
def test_the_demo_sign_in_is_for_this_machine_itself(client: Client, shelter: Someone) -> None:
    assert "shelter 1" in html(client.get("/nl/loket/demo/"))
    assert client.get("/nl/loket/demo/", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/nl/loket/demo/", headers={"x-forwarded-for": "192.0.2.7"}).status_code == 404
    client.post("/nl/loket/demo/", {"membership": shelter.member.membership})
    assert "medewerker opvang" in html(client.get(HOME))


def test_elsewhere_there_is_no_demo_sign_in(client: Client, shelter: Someone) -> None:
    assert client.get("/nl/loket/demo/").status_code == 404
    assert client.post("/nl/loket/demo/", {"membership": shelter.member.membership}).status_code == 404


def test_no_line_of_a_log_holds_a_password_a_name_or_a_code(
    client: Client, shelter: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in(client, shelter, "geheim wachtwoord")
    sign_in(client, shelter)
    code = shelter.code
    client.post(CODE, {"code": code})
    written = "\n".join(BareLine().format(record) for record in caplog.records)
    for word in ("geheim", Someone.PASSWORD, shelter.user.email, f'"{code}"', "127.0.0.1"):
        assert word not in written
    assert '"route": "account_login"' in written


def names() -> list[str]:
    """Every page of the counter that has no argument in its address."""
    counter = [group for top in get_resolver().url_patterns for group in getattr(top, "url_patterns", ())
               if str(group.pattern) == "loket/"]  # fmt: skip
    return [name for group in counter for name in walk(group, "")]


def walk(group: Any, prefix: str) -> Iterator[str]:
    for pattern in group.url_patterns:
        if pattern.pattern.regex.groups:
            continue
        if hasattr(pattern, "url_patterns"):
            yield from walk(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        else:
            yield prefix + pattern.name


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_page_is_in_our_house_style(client: Client, shelter: Someone, lang: str) -> None:
    seen = 0
    shelter.at(client)
    sign_in_again(client, shelter)
    for name in names():
        path = reverse(name).replace("/nl/", f"/{lang}/", 1)
        for visitor in (client, Client()):
            answer = visitor.get(path)
            if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
                seen += 1
                page = html(answer)
                assert "sk-gate" in page or "sk-stack" in page, name
                assert f'<html lang="{lang}"' in page, name
                assert "<style" not in page, name
                assert not re.search(r"<script(?![^>]*(src=|application/json))", page), name
    assert seen > 20


def sign_in_again(client: Client, someone: Someone) -> None:
    """So that the pages that ask who you are once more let through."""
    client.post("/nl/loket/opnieuw/", {"password": Someone.PASSWORD})


@pytest.mark.parametrize("page", ["", "organisaties/", "organisaties/{home}/", "twee-stappen/"])
def test_a_page_asks_the_database_fifteen_things_at_most(
    client: Client, shelter: Someone, page: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(2, 8):
        Someone("shelter", "Opvang", name=f"shelter {number}")
    shelter.at(client)
    path = HOME + page.format(home=shelter.member.organisation)
    client.get(path)
    with django_assert_max_num_queries(15):
        assert client.get(path).status_code == 200
