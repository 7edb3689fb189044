"""Prompts: the library's and colleagues', the rules for them, and how they went."""
