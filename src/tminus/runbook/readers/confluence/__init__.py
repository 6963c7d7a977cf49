"""Reads a Confluence step export."""
