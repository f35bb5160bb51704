"""Knows who did, read or was refused what, when, for whom and on which ground; must never know what was read.

The doors: ``actions.act`` (one transaction whose entries are written last) and ``queries`` (the entries, the head of
the chain, the account for the person concerned). Nothing here can be changed or removed, not by us either.
"""
