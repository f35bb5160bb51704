"""Knows the walk from "who are you?" to the plan, page by page; must never keep, log or pass on an answer."""
