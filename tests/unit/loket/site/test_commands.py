"""What `loket serve` and `loket check` are made of."""

from __future__ import annotations

import socket

import pytest
from django.core.management import CommandError

from loket.site.checks import somebody_can_be_reached, texts_are_complete
from loket.site.management.commands.serve import free_port


def test_the_frame_has_no_errors() -> None:
    assert texts_are_complete() == []


def test_before_the_public_somebody_must_be_reachable() -> None:
    assert len(somebody_can_be_reached()) == 4


def test_a_port_that_is_taken_gives_way_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port(port) <= port + 50


def test_a_port_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CommandError, match="choose one between 1 and 65535"):
        free_port(70_000)
