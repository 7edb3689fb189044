"""People, where they belong, and when they work."""
