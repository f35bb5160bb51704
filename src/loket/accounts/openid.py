"""Signing in at an organisation's own OpenID Connect provider: the protocol, without the database.

The authorisation code flow of OpenID Connect Core 1.0 (section 3.1) with PKCE (RFC 7636, S256), a state and a nonce,
and the issuer in the answer where the provider sends it (RFC 9207). The signature of a token is always verified, also
where the standard would leave it out; only algorithms with a public key count. Nothing of the provider is kept but its
discovery document, for an hour. Every fault is a ``Refused`` with a code that has a sentence.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import time
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import jwt
import requests
from django.core.cache import cache

from loket.accounts.providers import Provider, is_safe
from loket.audit.who import Refused

ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
SCOPE = "openid email"
MINUTES = 10  # how long somebody may be away at the provider
LEEWAY = 60  # seconds that clocks may differ
TIMEOUT = 10  # seconds for each question to the provider
KEPT = 3600  # seconds that a discovery document is used again
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")


@dataclass(frozen=True)
class Proven:
    """What a verified token says: who it is there, and how they signed in (for the log)."""

    digest: str  # of issuer and subject: all that is kept of somebody's identity there
    email: str
    verified: bool
    how: str


def begin(provider: Provider, back: str) -> tuple[str, dict[str, Any]]:
    """Where to send the browser, and what the session must hold until it comes back to the address `back`."""
    found = discovery(provider)
    waiting = {"provider": provider.id, "state": _random(), "nonce": _random(), "verifier": _random(),
               "at": int(time.time())}  # fmt: skip
    asked = {
        "response_type": "code", "client_id": provider.client_id, "redirect_uri": back, "scope": SCOPE,
        "state": waiting["state"], "nonce": waiting["nonce"], "code_challenge_method": "S256",
        "code_challenge": _unpadded(hashlib.sha256(str(waiting["verifier"]).encode()).digest()),
    }  # fmt: skip
    if provider.acr:
        asked["acr_values"] = " ".join(provider.acr)
    address = found["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", waiting


def finish(provider: Provider, back: str, waiting: Mapping[str, Any], answer: Mapping[str, str]) -> Proven:
    """Who came back. waiting: what `begin` gave, which the session has let go of; answer: the query of the address."""
    fresh = 0 <= time.time() - waiting.get("at", 0) <= MINUTES * 60
    same = hmac.compare_digest(str(waiting.get("state", "")).encode(), answer.get("state", "").encode())
    if not (fresh and same and answer.get("state") and waiting.get("provider") == provider.id):
        raise Refused("openid_old")
    if answer.get("iss", provider.issuer) != provider.issuer:
        raise Refused("openid_unproven")
    if "error" in answer or not answer.get("code"):
        raise Refused("openid_stopped")
    claims = _verified(provider, _token(provider, back, waiting["verifier"], answer["code"]), waiting["nonce"])
    return Proven(
        digest=hashlib.sha256(f"{provider.issuer} {claims['sub']}".encode()).hexdigest(),
        email=str(claims.get("email") or "").strip().lower(),
        verified=claims.get("email_verified") is True or provider.addresses_verified,
        how=_strength(provider, claims),
    )


def discovery(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself; refused where it calls itself something else or is not safe to talk to."""
    key = "openid-" + hashlib.sha256(provider.issuer.encode()).hexdigest()
    found: dict[str, Any] | None = cache.get(key)
    if found is None:
        found = _ask("GET", provider.issuer.rstrip("/") + "/.well-known/openid-configuration")
        named = [str(found.get(name, "")) for name in ENDPOINTS]
        if found.get("issuer") != provider.issuer or not all(is_safe(address) for address in named):
            raise Refused("openid_unreachable")
        cache.set(key, found, KEPT)
    return found


def _token(provider: Provider, back: str, verifier: str, code: str) -> str:
    """Trade the code for the token, as the client that the provider knows."""
    found = discovery(provider)
    said = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": verifier}
    # RFC 6749, 2.3.1: both are form-encoded first. Basic is what a provider must support where it names nothing else.
    by_header = (quote(provider.client_id, safe=""), quote(provider.client_secret, safe=""))
    if "client_secret_basic" in found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"]):
        answer = _ask("POST", found["token_endpoint"], data=said, auth=by_header)
    else:
        known = {"client_id": provider.client_id, "client_secret": provider.client_secret}
        answer = _ask("POST", found["token_endpoint"], data={**said, **known})
    return str(answer.get("id_token", ""))


def _verified(provider: Provider, token: str, nonce: str) -> dict[str, Any]:
    """The claims of a token that the provider signed, for us, now, and for this very sign-in."""
    published = _ask("GET", discovery(provider)["jwks_uri"])
    try:
        keys = jwt.PyJWKSet.from_dict(published).keys
        named = jwt.get_unverified_header(token).get("kid")
        fits = [key for key in keys if key.key_id == named] if named else keys
        if len(fits) != 1:
            raise Refused("openid_unproven")
        claims: dict[str, Any] = jwt.decode(
            token, fits[0], algorithms=ALGORITHMS, issuer=provider.issuer, audience=provider.client_id, leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub"]},
        )  # fmt: skip
    except jwt.PyJWTError as error:
        raise Refused("openid_unproven") from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    party = claims.get("azp", None if several else provider.client_id)
    if party != provider.client_id or not claims["sub"]:
        raise Refused("openid_unproven")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Refused("openid_unproven")
    return claims


def _strength(provider: Provider, claims: Mapping[str, Any]) -> str:
    """How somebody signed in there, as the token says, in the few characters that such codes are made of."""
    acr, amr = claims.get("acr"), claims.get("amr") or []
    methods = [str(one) for one in amr] if isinstance(amr, list) else []
    if (provider.acr and acr not in provider.acr) or (provider.amr and not set(methods) & set(provider.amr)):
        raise Refused("openid_weak")
    plain = re.sub(r"[^A-Za-z0-9:/._+ -]", "?", f"acr {acr or 'none'} amr {'+'.join(methods) or 'none'}")
    return plain[:70]


def _ask(method: str, address: str, **what: Any) -> dict[str, Any]:
    """One question to the provider, that must answer with an object and may not send us elsewhere."""
    try:
        answer = requests.request(method, address, timeout=TIMEOUT, allow_redirects=False, **what)
        said = answer.json() if answer.status_code == 200 else None
    except requests.RequestException as error:
        raise Refused("openid_unreachable") from error
    if not isinstance(said, dict):
        raise Refused("openid_unreachable")
    return said


def _random() -> str:
    return secrets.token_urlsafe(32)


def _unpadded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()
