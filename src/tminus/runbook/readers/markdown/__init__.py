"""Reads a Markdown checklist."""
