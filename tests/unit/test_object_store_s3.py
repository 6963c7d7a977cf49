"""The object store by an S3 address, against a server that speaks S3 over HTTP: what the local folder does, S3 does."""

from __future__ import annotations

import hashlib
import io
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from tminus.kernel.errors import NotFound, Unavailable
from tminus.platform.files.objects import Objects, open_objects


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """Run a server, and return its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def environment(s3: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Say where the server is, and with which keys, as whoever runs Tminus would."""
    said = {
        "AWS_ENDPOINT": s3,
        "AWS_ALLOW_HTTP": "true",
        "AWS_ACCESS_KEY_ID": "a",
        "AWS_SECRET_ACCESS_KEY": "b",
        "AWS_REGION": "eu-central-1",
    }
    for name, value in said.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def objects(s3: str, environment: None, tmp_path: Path) -> Objects:
    """Open a folder of a bucket by its address alone."""
    bucket = hashlib.sha256(str(tmp_path).encode()).hexdigest()[:40]
    with urllib.request.urlopen(urllib.request.Request(f"{s3}/{bucket}", method="PUT")):  # noqa: S310 - our own server
        return open_objects(f"s3://{bucket}/tminus", tmp_path)


async def whole(objects: Objects, key: str) -> bytes:
    """Return all of an object."""
    return b"".join([piece async for piece in await objects.get(key)])


async def test_what_is_put_is_what_is_got(objects: Objects) -> None:
    await objects.put_new("evidence/1", io.BytesIO(b"a;b\n1;2\n"))
    assert await whole(objects, "evidence/1") == b"a;b\n1;2\n"


async def test_the_largest_file_of_evidence_goes_up_whole_and_comes_down_in_pieces(objects: Objects) -> None:
    content = bytes(range(256)) * (25 * 1024 * 4)
    await objects.put_new("evidence/large", io.BytesIO(content))
    pieces = [piece async for piece in await objects.get("evidence/large")]
    assert len(pieces) > 1
    assert b"".join(pieces) == content


async def test_a_key_that_is_there_is_never_written_again(objects: Objects) -> None:
    await objects.put_new("evidence/1", io.BytesIO(b"first"))
    with pytest.raises(AssertionError):
        await objects.put_new("evidence/1", io.BytesIO(b"second"))
    assert await whole(objects, "evidence/1") == b"first"


async def test_what_is_deleted_is_gone_and_deleting_it_again_is_fine(objects: Objects) -> None:
    await objects.put_new("evidence/1", io.BytesIO(b"first"))
    await objects.delete(["evidence/1", "evidence/never"])
    await objects.delete(["evidence/1"])
    with pytest.raises(NotFound):
        await objects.get("evidence/1")


async def test_what_was_written_before_a_moment_is_listed_by_the_keys_it_was_put_under(
    objects: Objects,
) -> None:
    await objects.put_new("evidence/1", io.BytesIO(b"first"))
    await objects.put_new("other/2", io.BytesIO(b"second"))
    now = datetime.now(UTC)
    assert await objects.older_than("evidence", now + timedelta(minutes=1)) == ["evidence/1"]
    assert await objects.older_than("evidence", now - timedelta(minutes=1)) == []


async def test_a_bucket_that_is_not_there_is_said_to_be_away(environment: None, tmp_path: Path) -> None:
    away = open_objects("s3://nobody-made-this-bucket", tmp_path)
    with pytest.raises(Unavailable):
        await away.put_new("evidence/1", io.BytesIO(b"first"))
