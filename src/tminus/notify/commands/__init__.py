"""What people do with messages and their templates."""
