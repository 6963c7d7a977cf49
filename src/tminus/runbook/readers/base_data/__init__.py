"""Reads base data: people, teams, applications, environments and environment roles, from CSV, xlsx or xls."""
