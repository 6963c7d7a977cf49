"""Secrets: 32 random bytes in the client's hands, their SHA-256 in the database.

A hash without salt is enough for what is random: there is no dictionary of 2²⁵⁶ entries to look it up in.
"""

from __future__ import annotations

import hashlib
import secrets


def new_secret(prefix: str = "") -> str:
    """Return a new secret that fits into a URL, a header and a cookie."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode()).digest()
