"""Closes the network for tests: a socket may go to this machine (loopback, a Unix socket) and nowhere else."""

from __future__ import annotations

import functools
import ipaddress
import socket
from collections.abc import Callable
from typing import Any


class NetworkClosed(RuntimeError):
    """A test tried to leave this machine."""


def is_loopback(host: object) -> bool:
    """Whether the host is this machine. A name other than localhost counts as outside: to look it up is to leave."""
    if host in (None, "", "localhost", b"localhost"):
        return True
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False


def refuse_outside(host: object) -> None:
    """Raise with a sentence if the host is not this machine."""
    if not is_loopback(host):
        raise NetworkClosed(f"a test tried to reach {host!r}: tests use this machine only (127.0.0.1 or ::1)")


def _guarded(method: Callable[..., Any], position: int) -> Callable[..., Any]:
    """The same method, after a look at the address, which is the argument at this position (-1: the last)."""

    @functools.wraps(method)
    def guarded(self: socket.socket, *args: Any) -> Any:
        address = args[position]
        if self.family in (socket.AF_INET, socket.AF_INET6) and isinstance(address, tuple):
            refuse_outside(address[0])
        return method(self, *args)

    return guarded


def close_network() -> None:
    """Guard the doors through which Python leaves a machine; to call it twice changes nothing."""
    if getattr(socket.getaddrinfo, "guarded", False):
        return
    for name, position in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        setattr(socket.socket, name, _guarded(getattr(socket.socket, name), position))
    look_up = socket.getaddrinfo

    @functools.wraps(look_up)
    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        # 0.0.0.0 and :: are asked for by servers that open a door here, not by callers that go out.
        if host not in ("0.0.0.0", "::"):
            refuse_outside(host)
        return look_up(host, *args, **kwargs)

    getaddrinfo.guarded = True  # type: ignore[attr-defined]
    socket.getaddrinfo = getaddrinfo
