"""Keys: UUIDs inside, made in time order so that indexes stay compact."""

from __future__ import annotations

import os
import time
from uuid import UUID

SYSTEM_STREAM = UUID(int=0)
"""The stream of the event log for people, tokens and settings."""


def new_id() -> UUID:
    """Return a new key: UUID version 7 (RFC 9562 §5.7): 48 bits of Unix milliseconds, then randomness."""
    millis = time.time_ns() // 1_000_000
    value = (millis << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return UUID(int=value)
