"""The key of a request: the same person, address and body give the same one, anything else another."""

from __future__ import annotations

from uuid import UUID

import pytest
from starlette.requests import Request

from tminus.kernel.errors import Invalid
from tminus.people.domain.rights import Person
from tminus.platform.http.idempotency import idempotency_key

DANA = Person(UUID(int=1), "Dana")


def request(
    key: str | None, *, path: str = "/a", query: str = "", body: bytes = b"{}", kind: str = ""
) -> Request:
    headers = [(b"content-type", kind.encode()), (b"content-length", str(len(body)).encode())]
    if key is not None:
        headers.append((b"idempotency-key", key.encode("latin-1")))

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
        "server": ("tminus.example", 80),
        "scheme": "http",
    }
    return Request(scope, receive)


async def test_the_same_request_has_the_same_key() -> None:
    assert await idempotency_key(request("k"), DANA) == await idempotency_key(request("k"), DANA)
    assert await idempotency_key(request(None), DANA) is None


@pytest.mark.parametrize("other", [{"path": "/b"}, {"query": "x=1"}, {"body": b"[]"}])
async def test_another_request_under_the_key_has_another_fingerprint(other: dict[str, object]) -> None:
    first = await idempotency_key(request("k"), DANA)
    second = await idempotency_key(request("k", **other), DANA)  # type: ignore[arg-type] # a test's own words
    assert first is not None
    assert second is not None
    assert (first.user, first.key) == (second.user, second.key)
    assert first.fingerprint != second.fingerprint


async def test_two_people_have_two_keys() -> None:
    machine = Person(None, "cli:root", machine=True)
    keys = [await idempotency_key(request("k"), who) for who in (DANA, machine)]
    assert [key.user for key in keys if key] == [str(DANA.id), "cli:root"]


async def test_a_form_is_known_by_its_length_since_it_is_read_as_a_stream() -> None:
    form = {"kind": "multipart/form-data; boundary=x"}
    one = await idempotency_key(request("k", body=b"12", **form), DANA)
    other = await idempotency_key(request("k", body=b"123", **form), DANA)
    assert one is not None
    assert other is not None
    assert one.fingerprint != other.fingerprint


@pytest.mark.parametrize("key", ["", "x" * 201, "caf\xe9", "a\x01"])
async def test_a_key_that_cannot_be(key: str) -> None:
    with pytest.raises(Invalid):
        await idempotency_key(request(key), DANA)
