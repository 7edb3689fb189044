"""Rounds of questions, and what leads may read of them."""
