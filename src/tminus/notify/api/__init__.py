"""Routes of messages and their templates."""
