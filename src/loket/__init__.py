"""The counter where you are helped: the Django site on top of ``schakel``; it knows pages, never a rule of law."""
