"""The runbook's routes."""
