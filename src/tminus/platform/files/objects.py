"""The object store: a local folder by default, S3, Azure or GCS by address. What is in it is never changed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import LocalStore, ObjectStore, from_url

from tminus.kernel.errors import NotFound, Unavailable

PIECE = 256 * 1024
"""Bytes that are read at a time."""


class Objects:
    """Puts and gets whole objects by key. Every method raises `Unavailable` where the store is away."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    async def put_new(self, key: str, content: BinaryIO) -> None:
        """Keep the content, from where it is read now, under a new key. A key that is there already is refused."""
        try:
            await self._store.put_async(key, content, mode="create")
        except AlreadyExistsError as error:
            raise AssertionError("a key of an object is random, and used once") from error
        except (BaseError, OSError) as error:
            raise _away() from error

    async def get(self, key: str) -> AsyncIterator[bytes]:
        """Return the pieces of an object. Raises `NotFound` where it is gone."""
        try:
            found = await self._store.get_async(key)
        except (NotFoundError, FileNotFoundError) as error:
            raise NotFound(
                "The file is not in the object store any more.", hint="Tell whoever runs the server."
            ) from error
        except (BaseError, OSError) as error:
            raise _away() from error
        return _pieces(found.stream(min_chunk_size=PIECE))

    async def older_than(self, prefix: str, moment: datetime) -> list[str]:
        """Return the keys under a prefix that were written before a moment."""
        found: list[str] = []
        try:
            async for batch in self._store.list(prefix):
                found += [one["path"] for one in batch if one["last_modified"] < moment]
        except (BaseError, OSError) as error:
            raise _away() from error
        return found

    async def delete(self, keys: list[str]) -> None:
        """Remove objects; those that are gone already count as removed."""
        for key in keys:
            try:
                await self._store.delete_async(key)
            except (NotFoundError, FileNotFoundError):
                continue
            except (BaseError, OSError) as error:
                raise _away() from error


async def _pieces(stream: object) -> AsyncIterator[bytes]:
    async for piece in stream:  # type: ignore[attr-defined] # obstore's own type is not importable at run time
        yield bytes(piece)


def _away() -> Unavailable:
    return Unavailable(
        "The store of files does not answer. Nothing was changed.",
        hint="Try again; whoever runs the server finds the reason in TMINUS_OBJECT_STORE and its log.",
    )


def open_objects(address: str, home: Path) -> Objects:
    """Return the store at an address (`s3://bucket/path`, `az://…`, `gs://…`, `file://…`), or the folder under home.

    Keys and regions are read from the environment, as each cloud's own tools do.
    """
    if address:
        return Objects(from_url(address))
    return Objects(LocalStore(home / "objects", mkdir=True))
