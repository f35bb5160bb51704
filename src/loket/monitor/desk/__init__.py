"""Knows what an author of the Rapporteur hands over and makes of it before it is published; must never know a person,
never keep a true count in the open, and never let anybody else sign or publish.
"""
