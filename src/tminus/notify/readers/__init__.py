"""Reads what mail servers send back."""
