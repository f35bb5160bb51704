"""The public pages of the figures: each asks the shelf for a publication, and a presenter for what to show."""
