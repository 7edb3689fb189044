"""What is on its way to people, and how fast it may go."""
