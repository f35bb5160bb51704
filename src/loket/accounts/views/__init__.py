"""The pages about organisations and people at the counter."""
