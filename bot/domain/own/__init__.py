"""What people see and decide about themselves."""
