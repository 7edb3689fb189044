"""Tips, by themselves and on request."""
