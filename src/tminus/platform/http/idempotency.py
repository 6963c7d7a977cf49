"""The `Idempotency-Key` of a request: the same request sent twice is carried out once."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from starlette.requests import Request

from tminus.kernel.errors import Invalid
from tminus.platform.idempotency import IdempotencyKey

HEADER = "Idempotency-Key"
MAX_LENGTH = 200


class Asker(Protocol):
    """Whose key it is; two people's equal keys are two keys."""

    @property
    def id(self) -> UUID | None:
        """The person's key; none for the machine's own user."""
        ...

    @property
    def name(self) -> str:
        """Told apart by it where there is no key."""
        ...


async def idempotency_key(request: Request, person: Asker) -> IdempotencyKey | None:
    """Return the request's key with the fingerprint of method, address and body; None where it has none.

    Raises `Invalid` for a key that is too long or not printable ASCII.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return None
    if not key or len(key) > MAX_LENGTH or not (key.isascii() and key.isprintable()):
        raise Invalid(
            f"The {HEADER} is not 1 to {MAX_LENGTH} printable ASCII characters. Nothing was changed.",
            hint="Send a random key, for example a UUID.",
        )
    user = str(person.id or person.name)
    return IdempotencyKey.of(user, key, request.method.encode(), _target(request), await _body(request))


def _target(request: Request) -> bytes:
    return f"{request.url.path}?{request.url.query}".encode()


async def _body(request: Request) -> bytes:
    # A form or a file is read as a stream and gone afterwards: its length stands for it.
    kind = request.headers.get("content-type", "")
    if kind.startswith(("multipart/", "application/octet-stream")):
        return request.headers.get("content-length", "").encode()
    return await request.body()
