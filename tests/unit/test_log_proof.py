"""Anchors are found in whatever somebody kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from tminus.audit.domain.columns import same
from tminus.audit.domain.entries import Anchor, Head, Stored
from tminus.audit.domain.verify import StreamCheck
from tminus.audit.readers.anchors import anchors_in
from tminus.integrations.smtp.mime import address, mime_bytes, sender_address
from tminus.kernel.actor import Actor
from tminus.notify.paths import STEP_PATH
from tminus.platform.eventlog.record import canonical_bytes, chain_hash
from tminus.platform.outbox.ports import Mail

KEY = UUID("0199a1b2-0000-7000-8000-00000000cafe")
ANCHOR = Anchor(KEY, 1_234, bytes(range(32)))
LINE = f"Log anchor: {KEY} 1234 {bytes(range(32)).hex()}"


def test_a_pasted_line_and_a_file_of_heads() -> None:
    assert anchors_in(LINE.encode()) == [ANCHOR]
    file = f"{LINE.removeprefix('Log anchor: ')} 2026-11-21T00:05:00Z\n"
    assert anchors_in((file * 2).encode()) == [ANCHOR]


def test_a_quoted_mail_that_broke_the_line() -> None:
    assert anchors_in(LINE.replace(" 1234 ", "\n> 1234\n> ").encode()) == [ANCHOR]


def test_a_mail_saved_as_a_file() -> None:
    mail = Mail(KEY, "dana@erp.example", "S", f"Grüße\n\n{LINE}\n", None, "<1@x>", 1, datetime.now(UTC))
    wire = mime_bytes(mail, sender_address("t@erp.example"), address("dana@erp.example"))
    assert LINE.encode() not in wire  # the line travels folded
    assert anchors_in(wire) == [ANCHOR]


@pytest.mark.parametrize(
    "text", ["", "nothing", LINE[:-1], LINE.replace(" 1234 ", " x "), "Subject: x\n\nbody"]
)
def test_what_is_no_anchor_is_none(text: str) -> None:
    assert anchors_in(text.encode()) == []


def test_json_values_are_told_apart() -> None:
    assert same({"a": [1, 1e16, None]}, {"a": [1.0, 10**16, None]})
    for one, other in ((True, 1), (0, False), ({}, {"a": None}), ([1], [1, 2]), ("1", 1), (None, False)):
        assert not same(one, other)


def test_links_in_messages_are_addresses_of_the_page() -> None:
    page = (Path(__file__).parents[2] / "web/src/lib/paths.ts").read_text(encoding="utf-8")
    route = STEP_PATH.split("?")[0].format(migration="${part(key)}", iteration="${part(iteration)}")
    assert f"`{route}${{writeRunsheetSearch(search)}}`" in page
    assert "writeSearch({ step, " in page


def stored(seq: int, prev: bytes, actor: str = "Dana") -> Stored:
    at, said = datetime(2026, 11, 21, tzinfo=UTC), Actor(None, actor)
    canonical = canonical_bytes(KEY, seq, at, "t", said, (None, None), {})
    link = chain_hash(prev, canonical)
    return Stored(KEY, seq, at, "t", None, actor, None, None, {}, canonical, prev, link)


def check(*rows: Stored, head: Head | None) -> list[str]:
    one = StreamCheck(KEY)
    return [found.code for row in rows for found in one.feed(row)] + [found.code for found in one.end(head)]


def test_a_log_is_checked_to_its_head() -> None:
    first = stored(1, b"")
    second = stored(2, first.hash)
    assert check(first, second, head=Head(KEY, 2, second.hash)) == []
    assert check(head=Head(KEY, 0, b"")) == []
    assert check(first, second, head=Head(KEY, 1, first.hash)) == ["head_differs"]
    assert check(first, second, head=Head(KEY, 2, first.hash)) == ["head_differs"]
    assert check(first, second, head=None) == ["head_missing"]
    assert check(first, head=Head(KEY, 2, second.hash)) == ["tail_cut"]
    assert check(stored(0, b""), first, head=Head(KEY, 1, first.hash)) == ["wrong_number"]


def test_what_two_changes_at_once_leave_is_still_found() -> None:
    first = stored(1, b"")
    forged = replace(first, canonical=b"{}", hash=b"x")
    assert "hash_mismatch" in check(forged, stored(2, first.hash), head=None)
    for nonsense in (b"\xff", b"[1]"):
        assert "row_altered" in check(replace(first, canonical=nonsense), head=None)
