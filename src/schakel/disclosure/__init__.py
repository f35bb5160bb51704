"""Publishing safely: knows counts and what a reader may conclude from what is printed; must never know who anybody is,
and lets nothing out that it has not attacked itself.
"""
