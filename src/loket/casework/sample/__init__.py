"""Knows how the demo country came about: invented people, told through the real actions; never a real case."""
