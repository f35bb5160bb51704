"""Where a webhook may lead: on the list, over https, and to no address inside, by whatever way."""

from __future__ import annotations

import socket
from typing import Any

import pytest
from django.test import override_settings

from loket.casework import transport
from loket.casework.transport import NotSent

INSIDE = (
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::1", "2002:7f00:1::", "2001::1", "::7f00:1",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_is_never_used(address: str) -> None:
    assert not transport.outside(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "145.100.0.1", "2a00:1450:400e::1", "::ffff:8.8.8.8"])
def test_an_address_outside_may_be(address: str) -> None:
    assert transport.outside(address)


@override_settings(LOKET_WEBHOOK_HOSTS=["hooks.example", "hooks.example:8443"])
@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("https://hooks.example/in", ""),
        ("https://HOOKS.example/", ""),
        ("https://hooks.example:8443/in?x=1", ""),
        ("http://hooks.example/in", "no_address"),
        ("ftp://hooks.example/", "no_address"),
        ("https://hooks.example@evil.example/", "no_address"),
        ("https://user:word@hooks.example/", "no_address"),
        ("https://hooks.example/#a", "no_address"),
        ("https://hooks.example/a b", "no_address"),
        ("https://hooks.example/\r\nX: y", "no_address"),
        ("https://hooks.example:99999/", "no_address"),
        ("https://hoöks.example/", "no_address"),
        ("https://", "no_address"),
        ("", "no_address"),
        ("https://[::1]/", "not_on_the_list"),
        ("https://evil.example/", "not_on_the_list"),
        ("https://hooks.example:444/", "not_on_the_list"),
        ("https://hooks.example.evil.example/", "not_on_the_list"),
    ],
)
def test_an_address_is_on_the_list_or_is_not_used(address: str, problem: str) -> None:
    try:
        transport.place(address)
        told = ""
    except NotSent as error:
        told = error.problem
    assert told == problem


@pytest.mark.parametrize(
    ("addresses", "problem"),
    [(["8.8.8.8", "10.0.0.1"], "inside"), (["::1"], "inside"), ([], "inside"), (None, "not_found")],
)
def test_one_address_inside_spoils_the_name(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str] | None, problem: str
) -> None:
    def found(*_: Any, **__: Any) -> Any:
        if addresses is None:
            raise socket.gaierror
        return [(0, 0, 0, "", (one, 443)) for one in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", found)
    with pytest.raises(NotSent, match=problem):
        transport.look_up("hooks.example", 443)
