"""Knows the components that take a body of their own; must never decide anything."""
