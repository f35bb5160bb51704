"""What the templates of the counter need beside the theme."""
