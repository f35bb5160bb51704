"""A synthetic country. It knows invented people, lists, their errors and the truth; it must never read a person."""
