"""Draws the network of a plan."""
