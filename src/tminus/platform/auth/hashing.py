"""Passwords are kept as Argon2id hashes; making one takes time and memory on purpose, so never on the event loop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from tminus.platform.auth.secret import new_secret

MEMORY_KIB, ROUNDS, LANES = 19_456, 2, 1
"""OWASP's parameters for Argon2id."""
AT_ONCE = 2
"""So many are reckoned at the same time; who comes later waits, so that a flood takes no more memory than this."""

_hasher = PasswordHash((Argon2Hasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES),))
_threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="password")


async def hash_password(password: str) -> str:
    """Return what is kept of a password: the hash with its parameters and a salt of its own."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.hash, password)


async def verify_password(password: str, hashed: str | None) -> tuple[bool, str | None]:
    """Tell whether a password belongs to a hash, and give a new hash where the parameters have changed since.

    Without a hash the answer is no, after the same work: how long it takes tells nobody who has a password.
    """
    return await asyncio.get_running_loop().run_in_executor(_threads, _verify, password, hashed)


def _verify(password: str, hashed: str | None) -> tuple[bool, str | None]:
    try:
        same, newer = _hasher.verify_and_update(password, hashed or _nobodys())
    except UnknownHashError:
        return False, None
    return (same, newer) if hashed else (False, None)


@lru_cache(maxsize=1)
def _nobodys() -> str:
    return _hasher.hash(new_secret())
