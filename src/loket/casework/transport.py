"""One HTTPS request to an address of somebody else, and to nowhere inside: allow-listed, outside private ranges, bare.

The name is looked up once, every address that it gives must lie outside, and the connection goes to the address that
was looked at: a name that changes its mind in between (rebinding) leads nowhere. Nothing is followed, little is read.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

TIMEOUT = 10
READ = 1_024
# Ranges that lead inside by another way: IPv4 in IPv6 and the translators between the two.
ROUNDABOUT = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))


class NotSent(Exception):
    """It did not arrive; `problem` is a code that the page has words for. `last`: to try again is of no use."""

    def __init__(self, problem: str, last: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.last = problem, last


def place(address: str) -> tuple[str, int, str]:
    """Host, port and path of an address that may be used. Raises NotSent: not https, or not on the list."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").lower(), parts.port or 443
    except ValueError:
        raise NotSent("no_address", last=True) from None
    bare = not (parts.username or parts.password or parts.fragment)
    if parts.scheme != "https" or not host or not bare or not address.isascii() or not address.isprintable():
        raise NotSent("no_address", last=True)
    wanted = host if port == 443 else f"{host}:{port}"
    if wanted not in settings.LOKET_WEBHOOK_HOSTS:
        raise NotSent("not_on_the_list", last=True)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if " " in path:
        raise NotSent("no_address", last=True)
    return host, port, path


def outside(address: str) -> bool:
    """Whether an IP address lies outside every private, local or translated range."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in ROUNDABOUT):
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


def look_up(host: str, port: int) -> str:
    """The address to connect to. Raises NotSent where the name is unknown, or leads anywhere inside."""
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        raise NotSent("not_found") from None
    if not found or not all(map(outside, found)):
        raise NotSent("inside", last=False)  # not the last try: a name server may have been wrong for an hour
    return found[0]


class Pinned(http.client.HTTPSConnection):
    """A connection to one address, whose certificate must be that of the name."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=TIMEOUT, context=context)
        self.address, self.safe = address, context

    def connect(self) -> None:
        bare = socket.create_connection((self.address, self.port), TIMEOUT)
        self.sock: Any = self.safe.wrap_socket(bare, server_hostname=self.host)


def context() -> ssl.SSLContext:
    """TLS 1.2 or newer, with the certificates that this machine trusts."""
    made = ssl.create_default_context()
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made


def post(address: str, sent: bytes, headers: dict[str, str]) -> int:
    """Send; the status of the answer. Raises NotSent for whatever else happens, a redirect included."""
    host, port, path = place(address)
    connection = Pinned(host, port, look_up(host, port), context())
    try:
        connection.request("POST", path, sent, {**headers, "Content-Type": "application/json", "Accept": "*/*"})
        answer = connection.getresponse()
        answer.read(READ)
    except (OSError, http.client.HTTPException, ValueError):
        raise NotSent("no_answer") from None
    finally:
        connection.close()
    if 200 <= answer.status < 300:
        return answer.status
    if answer.status == 410:
        raise NotSent("gone", last=True)
    raise NotSent("redirect" if 300 <= answer.status < 400 else "refused")
