"""Which tip comes to whom, and when none does."""
