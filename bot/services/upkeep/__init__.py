"""What operators and time alone bring about."""
