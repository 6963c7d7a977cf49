"""Looks into ZIP files and folders, safely."""
