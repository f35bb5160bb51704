"""What other rooms may want to hear about people."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction that ends a membership, with `ending` and `to` (both membership ids; `to` may be None) and
# `at`. A room that gave the person work moves it to the other, and returns how many things it moved. A room whose work
# cannot be left to nobody raises loket.audit.who.Refused: the membership then does not end.
membership_ends = Signal()

# Sent when somebody opens the glass, with `glass` (id) and `member`: the place to tell whoever must know at once.
glass_opened = Signal()
