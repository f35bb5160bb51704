"""Knows one person at a time: encounter, registration, duties, referrals; must never show more than the rules allow.

The doors: ``actions`` is the only writer, ``queries`` the only reader, ``access`` asks the pure rules
(`schakel.networks`) who may do what. Decisions come from `schakel.casework`; here they are stored, shown and logged.
"""
