"""What the keeper of the server does by command."""
