"""Tminus: command and control centre for IT cutovers and data migrations."""

__version__ = "0.1.0"
