"""Reads and writes MS Project's XML."""
