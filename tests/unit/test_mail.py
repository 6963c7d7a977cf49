"""What goes over the wire, and what never does."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.integrations.smtp.mime import Malformed, address, mime_bytes, sender_address
from tminus.platform.outbox.after import status_after, wait_seconds
from tminus.platform.outbox.ports import Mail, Outcome

SENDER = sender_address("Tminus <tminus@erp.example>")
NOW = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)


def mail(subject: str = "S", text: str = "T", html: str | None = None) -> Mail:
    return Mail(UUID(int=1), "dana@erp.example", subject, text, html, "<1@tminus>", 1, NOW)


def parsed(one: Mail, to: str = "dana@erp.example") -> EmailMessage:
    return message_from_bytes(mime_bytes(one, SENDER, address(to)), policy=policy.default)


def test_text_and_html_stand_side_by_side_in_utf8() -> None:
    message = parsed(mail("TRT-1 Première étape 🚀", "Grüße — ☃\n", "<p>Grüße</p>"))
    assert message["Subject"] == "TRT-1 Première étape 🚀"
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content() == "Grüße — ☃\r\n"
    assert html.get_content().strip() == "<p>Grüße</p>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<1@tminus>"
    assert message["Date"].datetime == NOW


def test_the_wire_is_ascii_with_short_lines() -> None:
    wire = mime_bytes(mail("é" * 300, "long " * 1000), SENDER, address("dana@erp.example"))
    assert wire.isascii()
    assert max(len(line) for line in wire.split(b"\r\n")) <= 998
    assert b"\n" not in wire.replace(b"\r\n", b"")


@given(st.text(max_size=200))
def test_no_subject_injects_a_header(subject: str) -> None:
    try:
        message = parsed(mail(f"Hello\r\nBcc: all@erp.example\n{subject}"))
    except UnicodeEncodeError:
        return  # lone surrogates, which no database row can hold
    assert message["Bcc"] is None
    assert set(message.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dana",
        "@erp.example",
        "dana@",
        "dana@erp.example\r\nBcc: all@erp.example",
        "dana@erp.example, all@erp.example",
        "Dana <dana@erp.example>",
        "dana@erp.example>\r\nRCPT TO:<x@y.example",
        "da na@erp.example",
        "dana@erp..example",
        "a" * 250 + "@erp.example",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(Malformed, match="is not a mail address"):
        address(text)


def test_addresses_of_the_whole_world() -> None:
    assert address("dana@münchen.example").addr_spec == "dana@xn--mnchen-3ya.example"
    wide = mime_bytes(mail(), SENDER, address("józef@erp.example"))
    assert "To: józef@erp.example" in wire_text(wide)


def wire_text(wire: bytes) -> str:
    return wire.decode("utf-8")


def test_waits_double_from_five_seconds_to_ten_minutes() -> None:
    assert [wait_seconds(n) for n in range(1, 10)] == [5, 10, 20, 40, 80, 160, 320, 600, 600]
    assert wait_seconds(10_000) == 600


def test_only_a_temporary_failure_is_tried_again() -> None:
    assert status_after(Outcome.TEMPORARY, 2, 3) == "queued"
    assert status_after(Outcome.TEMPORARY, 3, 3) == "failed"
    assert status_after(Outcome.PERMANENT, 1, 3) == "failed"
    assert status_after(Outcome.UNCERTAIN, 1, 3) == "uncertain"
