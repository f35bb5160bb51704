"""Signing in by way of an organisation's own provider: a small real one on loopback, which signs with its own key."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from django.urls import reverse

from loket.accounts import actions, openid, providers
from loket.accounts.checks import providers_are_complete
from loket.accounts.models import Identity, User
from loket.audit.models import Entry
from loket.audit.who import Refused
from loket.site.settings.openid import read
from tests.counter import Someone, html
from tests.databases import PATIENCE

GO, BACK = "/nl/loket/via/opvang/", "/nl/loket/via/opvang/terug/"
CODE, HOME = "/nl/loket/twee-stappen/authenticate/", "/nl/loket/"
CLIENT, SECRET = "schakel: counter", "a secret: with %"


@functools.cache
def key(number: int = 0) -> rsa.RSAPrivateKey:
    """Two keys in all: to make one takes long."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class House:
    """A provider as an organisation runs one. What it says can be bent, to see that it is refused."""

    site: str = ""
    found: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    algorithm: str = "RS256"
    signed_with: Any = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    authorised: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def authorise(self, address: str) -> str:
        """What the browser does there: somebody signs in, and is sent back with a code."""
        assert address.startswith(f"{self.site}/authorise?")
        said = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert said["response_type"] == "code"
        assert said["client_id"] == CLIENT
        code = f"code-{len(self.authorised)}"
        self.authorised.append(said)
        self.codes[code] = said
        return code

    def answer(self, path: str, body: str, header: str) -> tuple[int, dict[str, Any]]:
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.site, "authorization_endpoint": f"{self.site}/authorise",
                "token_endpoint": f"{self.site}/token", "jwks_uri": f"{self.site}/keys", **self.found,
            }  # fmt: skip
        if path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key().public_key()))
            return 200, {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}
        return self.trade({name: values[0] for name, values in parse_qs(body).items()}, header)

    def trade(self, said: dict[str, str], header: str) -> tuple[int, dict[str, Any]]:
        """A code for a token, once, for the client that asked for it and holds what only it can hold."""
        if "client_secret_post" in self.found.get("token_endpoint_auth_methods_supported", ()):
            known = (said.get("client_id"), said.get("client_secret")) == (CLIENT, SECRET)
        else:
            both = base64.b64encode(b"schakel%3A%20counter:a%20secret%3A%20with%20%25").decode()
            known = header == f"Basic {both}"
        asked = self.codes.pop(said.get("code", ""), {})
        proof = base64.urlsafe_b64encode(hashlib.sha256(said["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if not known or asked.get("code_challenge") != proof or asked["redirect_uri"] != said["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.site, "aud": CLIENT, "sub": "7", "iat": now, "exp": now + 300, "nonce": asked["nonce"],
                  "email": "shelter.1@opvang.example", "email_verified": True, **self.claims}  # fmt: skip
        claims = {name: value for name, value in claims.items() if name not in self.left_out}
        signer = None if self.algorithm == "none" else self.signed_with or key()
        token = jwt.encode(claims, signer, self.algorithm, headers={"kid": "one"})
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": token}


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    cache.clear()
    monkeypatch.setattr(openid, "TIMEOUT", PATIENCE)
    told = House()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.reply()

        def do_POST(self) -> None:
            self.reply()

        def reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            status, said = told.answer(self.path, body, self.headers.get("Authorization", ""))
            data = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        told.site = f"http://127.0.0.1:{server.server_port}"
        with override_settings(LOKET_OPENID={"opvang": said_of(told.site)}):
            yield told
        server.shutdown()
        thread.join()


def said_of(site: str, **more: Any) -> dict[str, Any]:
    return {"organisation": "Opvang", "label": "Opvang", "issuer": site, "client_id": CLIENT, "client_secret": SECRET,
            **more}  # fmt: skip


@pytest.fixture
def shelter(database: Any) -> Someone:
    return Someone("shelter", "Opvang", manages=True)


def come(client: Client, house: House, **bent: str) -> Any:
    """From the link on our page to the provider and back; bent: what the way back says instead."""
    address = client.get(bent.pop("go", GO)).headers["Location"]
    said = parse_qs(urlsplit(address).query)
    return client.get(BACK, {"code": house.authorise(address), "state": said["state"][0], **bent})


def prove(house: House) -> openid.Proven:
    """The protocol by itself: to the provider and back, without pages or database."""
    one = providers.provider("opvang")
    assert one
    back = "https://counter.example" + BACK
    address, waiting = openid.begin(one, back)
    return openid.finish(one, back, waiting, {"code": house.authorise(address), "state": waiting["state"]})


def reasons() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(outcome="refused").values_list("event", "reason"))


def test_somebody_known_comes_in_and_the_second_step_is_still_asked(shelter: Someone, house: House) -> None:
    house.claims = {"acr": "two steps", "amr": ["pwd", "otp"]}
    client = Client()
    assert f'href="{GO}?next=%2Fnl%2Floket%2Forganisaties%2F"' in html(
        client.get("/nl/loket/inloggen/?next=/nl/loket/organisaties/")
    )
    answer = come(client, house, go=f"{GO}?next=/nl/loket/organisaties/")
    assert answer.headers["Location"].startswith(CODE)
    assert client.get(HOME).headers["Location"].startswith("/nl/loket/inloggen/")  # not yet
    answer = client.post(answer.headers["Location"], {"code": shelter.code})
    assert answer.headers["Location"] == "/nl/loket/organisaties/"
    assert "shelter 1, medewerker opvang, Opvang" in html(client.get(HOME))
    done = list(Entry.objects.values_list("event", "outcome", "place"))
    how = "opvang: acr two steps amr pwd+otp"
    assert done == [("accounts.openid_linked", "done", how), ("accounts.openid", "done", how),
                    ("accounts.sign_in", "done", "")]  # fmt: skip
    kept = Identity.objects.get()
    assert kept.digest != "7"
    assert kept.user_id == shelter.user.pk


def test_once_linked_only_the_identity_counts(shelter: Someone, house: House) -> None:
    come(Client(), house)
    colleague = Someone("shelter", "Opvang", name="shelter 2")
    house.claims = {"email": colleague.user.email}  # the same person there, with an address that was another's
    client = Client()
    client.post(come(client, house).headers["Location"], {"code": shelter.code})
    assert "shelter 1" in html(client.get(HOME))
    house.claims = {"sub": "8"}  # another person there, with the address of one who is linked
    answer = come(Client(), house)
    assert answer.status_code == 403
    assert "al gekoppeld aan een andere gebruiker" in html(answer)
    assert reasons() == [("accounts.openid", "openid_other")]


def test_the_link_goes_with_the_second_step(shelter: Someone, house: House) -> None:
    come(Client(), house)
    boss = Someone("shelter", "Opvang", manages=True, name="shelter 2")
    actions.reset_second_factor(by=boss.member, membership=shelter.member.membership)  # type: ignore[arg-type]
    assert not Identity.objects.exists()
    answer = come(Client(), house)  # known, but nothing opens without a second step
    assert answer.headers["Location"] == "/nl/loket/geen-tweede-stap/"


def test_an_ended_account_is_unknown(shelter: Someone, house: House) -> None:
    come(Client(), house)
    boss = Someone("shelter", "Opvang", manages=True, name="shelter 2")
    actions.end_membership(by=boss.member, membership=shelter.member.membership, hand_over_to=None)  # type: ignore[arg-type]
    assert not Identity.objects.exists()
    assert come(Client(), house).status_code == 403
    assert reasons() == [("accounts.openid", "openid_unknown")]


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@opvang.example"},
        {"email": "finder.1@politie.example"},  # a provider speaks for its own organisation only
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": ""},
        {"email": None},
    ],
)
def test_nobody_signs_up_and_nobody_is_taken_for_another(shelter: Someone, house: House, claims: Any) -> None:
    Someone("finder", "Politie")
    house.claims = claims
    client = Client()
    answer = come(client, house)
    assert answer.status_code == 403
    assert "Wij kennen u niet als medewerker" in html(answer)
    assert client.get(CODE).status_code == 302  # nothing waits for a code
    assert (User.objects.count(), Identity.objects.count()) == (2, 0)
    assert reasons() == [("accounts.openid", "openid_unknown")]


@pytest.mark.parametrize(
    "bend",
    [
        {"signed_with": "another key"},
        {"algorithm": "none"},
        {"algorithm": "HS256"},
        {"claims": {"iss": "https://elsewhere.example"}},
        {"claims": {"aud": "another client"}},
        {"claims": {"aud": [CLIENT, "another client"]}},
        {"claims": {"azp": "another client"}},
        {"claims": {"nonce": "of another sign-in"}},
        {"claims": {"exp": 1_700_000_000}},
        {"claims": {"sub": ""}},
        {"left_out": ("nonce",)},
        {"left_out": ("exp",)},
        {"left_out": ("sub",)},
    ],
    ids=str,
)
def test_a_token_that_proves_nothing_opens_nothing(house: House, bend: dict[str, Any]) -> None:
    for name, value in bend.items():
        setattr(house, name, value)
    if bend.get("signed_with"):
        house.signed_with = key(1)
    if house.algorithm == "HS256":
        house.signed_with = SECRET.ljust(32)
    with pytest.raises(Refused, match="openid_unproven"):
        prove(house)
    assert house.asked[-1] == "/keys"  # the token was there, and was looked at


def test_a_way_back_that_did_not_begin_here_is_refused_and_works_once(shelter: Someone, house: House) -> None:
    client = Client()
    address = client.get(GO).headers["Location"]
    state = parse_qs(urlsplit(address).query)["state"][0]
    code = house.authorise(address)
    assert "niet in dit venster" in html(Client().get(BACK, {"code": code, "state": state}))
    assert client.get(BACK, {"code": code, "state": "made up"}).status_code == 403
    assert client.get(BACK, {"code": code, "state": state}).status_code == 403  # what waited is gone
    assert "/token" not in house.asked
    assert come(client, house, iss="https://elsewhere.example").status_code == 403
    assert "afgebroken" in html(come(client, house, error="access_denied"))
    session = client.session
    client.get(GO)
    session = client.session
    session["openid"] = {**session["openid"], "at": int(time.time()) - 601}
    session.save()
    assert client.get(BACK, {"code": code, "state": session["openid"]["state"]}).status_code == 403
    assert [reason for _, reason in reasons()] == [
        "openid_old", "openid_old", "openid_old", "openid_unproven", "openid_stopped", "openid_old",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "found", [{"issuer": "https://elsewhere.example"}, {"token_endpoint": "http://elsewhere.example/token"}]
)
def test_a_provider_that_is_not_what_it_should_be_is_not_visited(shelter: Someone, house: House, found: Any) -> None:
    house.found = found
    answer = Client().get(GO)
    assert answer.status_code == 403
    assert "antwoordt niet" in html(answer)
    assert reasons() == [("accounts.openid", "openid_unreachable")]


def test_a_provider_that_is_away_is_told_in_a_sentence(shelter: Someone) -> None:
    with override_settings(LOKET_OPENID={"opvang": said_of("http://127.0.0.1:9")}):
        answer = Client().get(GO.replace("/nl/", "/en/"))
    assert answer.status_code == 403
    assert "does not answer" in html(answer)


@pytest.mark.parametrize(
    ("claims", "enough"),
    [
        ({"acr": "high", "amr": ["mfa"]}, True),
        ({"acr": "low", "amr": ["mfa"]}, False),
        ({"acr": "high", "amr": ["pwd"]}, False),
        ({"acr": "high", "amr": "mfa"}, False),
        ({}, False),
    ],
)
def test_what_the_settings_ask_of_a_sign_in_there_is_demanded(house: House, claims: Any, enough: bool) -> None:
    house.claims = claims
    with override_settings(LOKET_OPENID={"opvang": said_of(house.site, acr=["high"], amr=["mfa", "hwk"])}):
        if enough:
            assert prove(house).how == "acr high amr mfa"
        else:
            with pytest.raises(Refused, match="openid_weak"):
                prove(house)
    assert house.authorised[0]["acr_values"] == "high"


def test_what_a_token_says_of_a_sign_in_is_written_in_plain_characters(house: House) -> None:
    house.claims = {"acr": "<b>\n" + "x" * 200}
    assert prove(house).how == "acr ?b??" + "x" * 62


def test_a_provider_that_takes_the_secret_in_the_form_only_and_never_says_verified(
    shelter: Someone, house: House
) -> None:
    house.found = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    house.left_out = ("email_verified",)
    with override_settings(LOKET_OPENID={"opvang": said_of(house.site, addresses_verified=True)}):
        assert come(Client(), house).headers["Location"].startswith(CODE)


def test_the_language_comes_back_too(shelter: Someone, house: House) -> None:
    assert come(Client(), house, go=GO.replace("/nl/", "/en/")).headers["Location"].startswith("/en/")
    answer = come(Client(), house, go=GO.replace("/nl/", "/en/"), error="access_denied")
    assert "Signing in at your organisation was stopped" in html(answer)


def test_a_next_page_elsewhere_is_not_followed(shelter: Someone, house: House) -> None:
    client = Client()
    answer = come(client, house, go=f"{GO}?next=https://elsewhere.example/")
    assert client.post(answer.headers["Location"], {"code": shelter.code}).headers["Location"] == HOME


def test_without_settings_there_is_no_such_door(shelter: Someone) -> None:
    assert Client().get(GO).status_code == 404
    assert Client().get(BACK).status_code == 404
    assert "eigen organisatie" not in html(Client().get(reverse("account_login")))


def test_what_is_wrong_in_the_settings_is_a_sentence_and_no_offer() -> None:
    good = said_of("https://login.opvang.example")
    assert list(providers.wrong_with("opvang", good)) == []
    bad = {
        "Opvang 1": good,
        "table": "text",
        "extra": {**good, "sercet": "x"},
        "open": {**good, "issuer": "http://login.opvang.example"},
        "list": {**good, "amr": "mfa"},
        "empty": {**good, "client_secret": ""},
        "maybe": {**good, "addresses_verified": "yes"},
    }
    for name, said in bad.items():
        told = list(providers.wrong_with(name, said))
        assert told, name
        assert SECRET not in " ".join(told)
    with override_settings(LOKET_OPENID={**bad, "opvang": good}):
        assert [one.id for one in providers.providers()] == ["opvang"]


def test_the_file_with_providers_is_read_and_what_is_wrong_with_it_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "openid.toml"
    path.write_text('[opvang]\norganisation = "Opvang"\namr = ["mfa"]\n', encoding="utf-8")
    assert read("") == {}
    said = read(str(path))
    assert said == {"opvang": {"organisation": "Opvang", "amr": ["mfa"]}}
    path.chmod(0o644)
    with override_settings(LOKET_OPENID=said, LOKET_OPENID_FILE=str(path)):
        found = {(one.id, one.msg) for one in providers_are_complete()}
    assert ("loket.E036", "opvang: fill in client_secret.") in found
    assert {number for number, _ in found} == {"loket.E036", "loket.E037"}
    path.chmod(0o640)
    with override_settings(LOKET_OPENID={}, LOKET_OPENID_FILE=str(path)):
        assert providers_are_complete() == []
    for wrong in ("[opvang\nclient_secret = 'geheim'", "\x00"):
        path.write_text(wrong, encoding="utf-8")
        with pytest.raises(ImproperlyConfigured, match="LOKET_OPENID_FILE") as told:
            read(str(path))
        assert "geheim" not in str(told.value)
    with pytest.raises(ImproperlyConfigured, match="FileNotFoundError"):
        read(str(tmp_path / "none.toml"))
