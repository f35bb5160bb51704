"""Invented names by origin and the ways they are written; made of parts, and never of a person's whole name."""
