"""Knows the words and addresses that a template asks for; must never decide anything."""
