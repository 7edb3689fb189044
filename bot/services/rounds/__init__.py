"""Rounds of questions, and what leads read of them."""
