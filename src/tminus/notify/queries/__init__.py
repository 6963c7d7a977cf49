"""What notify reads."""
