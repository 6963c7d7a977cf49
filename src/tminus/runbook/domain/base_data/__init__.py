"""What is said about people, teams and places in bulk, and what that would change."""
