"""What the templates of casework need beside the theme."""
