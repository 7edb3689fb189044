"""Colleagues who help colleagues."""
