"""Importing base data: what is there, what a file would change, and writing it."""
