"""Shapes of messages and their templates, as the API has them."""
