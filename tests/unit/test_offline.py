"""The tests' own guard: it refuses what leaves this machine and lets pass what stays."""

import socket

import pytest

from tests.offline import NetworkClosed, is_loopback


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "", None])
def test_this_machine_is_loopback(host):
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "10.0.0.1", "2001:db8::1", "example.org", "0.0.0.0"])
def test_everything_else_is_outside(host):
    assert not is_loopback(host)


def test_connecting_outside_is_refused():
    with socket.socket() as door, pytest.raises(NetworkClosed, match=r"192\.0\.2\.1"):
        door.connect(("192.0.2.1", 80))


def test_sending_outside_is_refused():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as door, pytest.raises(NetworkClosed):
        door.sendto(b"x", ("192.0.2.1", 53))


def test_looking_up_a_name_is_refused():
    with pytest.raises(NetworkClosed):
        socket.create_connection(("example.org", 80), timeout=1)


def test_connecting_on_this_machine_works():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 5) as caller:
        assert caller.getpeername() == server.getsockname()
