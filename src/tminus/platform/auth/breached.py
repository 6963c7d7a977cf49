"""Whether a password leaked elsewhere, asked of a range service: it learns five of forty digits of a hash, no more."""

from __future__ import annotations

import asyncio
import hashlib
import logging

import httpx

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 2.0
PREFIX_LENGTH = 5


async def times_breached(url: str, password: str) -> int | None:
    """Return how often a password was seen in known breaches; None = there is no service, or it did not answer.

    `url` is what the first five digits are appended to; empty = none. That one did not answer is logged.
    """
    if not url:
        return None
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    try:
        async with asyncio.timeout(TIMEOUT_SECONDS):
            listed = await _range(url, digest[:PREFIX_LENGTH])
        return _count(listed, digest[PREFIX_LENGTH:])
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as error:
        log.warning(
            "the service of breached passwords did not answer (%s): the shipped list alone decides",
            type(error).__name__,
        )
        return None


async def _range(url: str, prefix: str) -> str:
    async with httpx.AsyncClient(timeout=TIMEOUT_SECONDS) as client:
        # Padding hides from who listens to the line how long the answer is.
        answer = await client.get(f"{url}{prefix}", headers={"Add-Padding": "true"})
    answer.raise_for_status()
    return answer.text


def _count(listed: str, rest: str) -> int:
    """Find the hash's other digits among lines of `REST:COUNT`; raises `ValueError` for what is no such list."""
    counts = dict(line.strip().upper().split(":", 1) for line in listed.splitlines() if line.strip())
    return int(counts.get(rest, "0"))
