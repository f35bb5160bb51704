"""What other files of this room may want to hear: that something moved, and which parties must be told."""

from __future__ import annotations

from django.dispatch import Signal

# Sent inside the transaction, with `lifecycle`, `event`, `notice` (parties of the lifecycle: finder, registrar, holder,
# sender, receivers, ...), `person` (row), `organisations` (ids of the organisations that those parties are, as far as
# the action knows them), `memberships` (ids of the people, where it is one person) and, where there is one, `thing`
# (the random id of what moved). Nothing in it may be written in a mail: whoever hears it says that something waits.
moved = Signal()
