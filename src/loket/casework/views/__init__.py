"""The pages of casework; a view is a paragraph."""
