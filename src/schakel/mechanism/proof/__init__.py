"""Whether the duties protect everyone in every situation, shown or refuted; it must never know a real person or the clock."""
