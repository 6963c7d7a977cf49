"""Reads and writes runsheets: CSV, xlsx, xls."""
