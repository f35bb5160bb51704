"""Who must do what by when for a possible victim, and why; it must never know who that person is, nor the clock."""
