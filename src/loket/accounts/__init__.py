"""Knows which organisations and people come to the counter, in which role, and that it is really them; must never know
what a case holds.

The doors: ``actions`` writes (keyword-only, ``by=``, one transaction, in the log), ``queries`` reads (what somebody may
see of the others), ``roles`` says who may do what here. A request at the counter carries ``request.membership``: the
person in the role and organisation they work in now.
"""
