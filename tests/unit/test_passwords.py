"""Which passwords are good enough, how they are kept, and what a range service is asked and told."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.stack import free_port
from tminus.people.commands.passwords import PasswordChange
from tminus.people.domain.passwords import LONGEST, WeakPassword, check_guessed, check_length
from tminus.platform.auth import breached
from tminus.platform.auth.breached import times_breached
from tminus.platform.auth.hashing import hash_password, verify_password

GOOD = "kiesel lampe tanne"


def judged(password: str) -> str:
    try:
        check_length(password)
        check_guessed(password, "Dana Ruiz", "d.lind@erp.example")
    except WeakPassword as refusal:
        assert refusal.sentence.endswith("No password was set.")
        assert refusal.hint
        assert password not in refusal.sentence
        return refusal.code
    return "good"


@pytest.mark.parametrize(
    ("password", "verdict"),
    [
        ("x7#kQ!p2Lz9", "password_short"),
        ("x7#kQ!p2Lz9v", "good"),
        (GOOD, "good"),
        ("Zürich Äpfel 99 Bäume", "good"),
        ("night shift lantern", "good"),
        ("words of all kinds " * 13, "good"),
        ("x" * (LONGEST + 1), "password_long"),
        ("qwerty123456", "password_breached"),
        ("QWERTY123456", "password_breached"),
        ("password1234", "password_breached"),
        ("Correct horse-battery staple!", "password_breached"),
        ("aaaaaaaaaaaaaa", "password_guessable"),
        ("123456789012", "password_guessable"),
        ("abcdefghijkl", "password_guessable"),
        ("DanaRuiz2026!", "password_own_words"),
        ("danaruiztminus", "password_own_words"),
        ("d.lind@erp.example", "password_own_words"),
        ("Tminus-2026-", "password_own_words"),
    ],
)
def test_what_is_taken_and_what_is_not(password: str, verdict: str) -> None:
    assert judged(password) == verdict


async def test_a_hash_is_argon2id_with_a_salt_and_fits_its_password_alone() -> None:
    one, other = await asyncio.gather(hash_password(GOOD), hash_password(GOOD))
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert await verify_password(GOOD, one) == (True, None)
    assert await verify_password(f"{GOOD} ", one) == (False, None)
    assert await verify_password(GOOD.upper(), one) == (False, None)
    assert await verify_password(GOOD, None) == (False, None)
    assert await verify_password(GOOD, "no hash at all") == (False, None)


async def test_a_hash_of_older_parameters_is_made_anew() -> None:
    from pwdlib.hashers.argon2 import Argon2Hasher

    old = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    same, newer = await verify_password(GOOD, old)
    assert same
    assert newer is not None
    assert newer.startswith("$argon2id$v=19$m=19456")


async def test_hashing_leaves_the_loop_free() -> None:
    work = asyncio.create_task(hash_password(GOOD))
    turns = 0
    while not work.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10


def test_a_password_is_in_no_printed_command() -> None:
    assert GOOD not in repr(PasswordChange(GOOD, GOOD))


@dataclass
class Service:
    """A real HTTP server that answers like a range service."""

    url: str
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    answer: str = ""
    status: int = 200
    slow: threading.Event | None = None


@pytest.fixture
def service() -> Iterator[Service]:
    """A range service on this machine."""
    port = free_port()
    one = Service(f"http://127.0.0.1:{port}/range/")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            one.asked.append((self.path, self.headers.get("Add-Padding")))
            if one.slow:
                one.slow.wait(20)
            body = one.answer.encode()
            self.send_response(one.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield one
    if one.slow:
        one.slow.set()
    server.shutdown()
    thread.join()
    server.server_close()


def digits(password: str) -> str:
    return hashlib.sha1(password.encode()).hexdigest().upper()  # noqa: S324 - what the service goes by


async def test_the_service_learns_five_digits_and_tells_how_often(service: Service) -> None:
    whole = digits(GOOD)
    service.answer = f"{'0' * 35}:7\r\n{whole[5:].lower()}:42\r\n{'F' * 35}:0\r\n"
    assert await times_breached(service.url, GOOD) == 42
    assert await times_breached(service.url, "another one") == 0
    assert service.asked[0] == (f"/range/{whole[:5]}", "true")


async def test_padding_is_no_breach(service: Service) -> None:
    service.answer = f"{digits(GOOD)[5:]}:0"
    assert await times_breached(service.url, GOOD) == 0


async def test_without_a_service_nothing_is_asked() -> None:
    assert await times_breached("", GOOD) is None


@pytest.mark.parametrize("how", ["refuses", "garbles", "is away", "is no address", "is slow"])
async def test_a_service_that_does_not_answer_is_said_in_the_log(
    service: Service, how: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = {"is away": f"http://127.0.0.1:{free_port()}/", "is no address": "http://[x/"}.get(how, service.url)
    service.status = 503 if how == "refuses" else 200
    service.answer = "<html>" if how == "garbles" else ""
    if how == "is slow":
        service.slow = threading.Event()
        monkeypatch.setattr(breached, "TIMEOUT_SECONDS", 0.2)
    with caplog.at_level(logging.WARNING):
        assert await times_breached(url, GOOD) is None
    [line] = [record.getMessage() for record in caplog.records if record.name == breached.__name__]
    assert "the shipped list alone decides" in line
    assert digits(GOOD)[:5] not in line
