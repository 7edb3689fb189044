"""Prompts: found, kept, shared and reviewed."""
