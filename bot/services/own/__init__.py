"""What people decide and hear about themselves."""
