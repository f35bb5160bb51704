"""Commands of the author's desk: knows what runs beside the site; must never print a count."""
