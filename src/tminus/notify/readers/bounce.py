"""Reads a delivery status notification (RFC 3464): of which message it is, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

LARGEST = 5_000_000
"""Bytes of a notification; some bring the whole message back."""
_LONGEST = 250


class NoBounce(ValueError):
    """It is no notification of a failed delivery; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message that came back: its Message-ID with angle brackets, and the reason in the server's words."""

    message_id: str
    reason: str


def read_bounce(content: bytes) -> Bounce:
    """Return what a notification says. Raises `NoBounce`."""
    if len(content) > LARGEST:
        raise NoBounce(f"It has {len(content):,} bytes; at most {LARGEST:,} are read.")
    mail = message_from_bytes(content)
    if mail.get_content_type() != "multipart/report":
        raise NoBounce(
            f"It is {mail.get_content_type()}, not a delivery status notification (multipart/report)."
        )
    parts = list(mail.walk())
    status = next((part for part in parts if part.get_content_type() == "message/delivery-status"), None)
    if status is None:
        raise NoBounce("It has no delivery status in it.")
    failed = next((block for block in _blocks(status) if _word(block, "Action").lower() == "failed"), None)
    if failed is None:
        raise NoBounce("It tells of no delivery that failed for good: it is a delay, or a success.")
    return Bounce(_original_id(parts), _reason(failed))


def _blocks(status: Message) -> Iterator[Message]:
    payload = status.get_payload()
    for block in payload if isinstance(payload, list) else []:
        if isinstance(block, Message):
            yield block


def _original_id(parts: list[Message]) -> str:
    """The Message-ID in the original that came back, or in its headers alone."""
    for part in parts[1:]:
        if part.get_content_type() == "text/rfc822-headers":
            payload = part.get_payload(decode=True)
            part = message_from_bytes(payload if isinstance(payload, bytes) else b"")
        found = _word(part, "Message-ID")
        if found:
            return found
    raise NoBounce("It does not bring back the Message-ID of the message it is about.")


def _reason(block: Message) -> str:
    code, words = _word(block, "Status"), _word(block, "Diagnostic-Code")
    told = words.partition(";")[2] or words  # `smtp; 550 No such person`: the words after the kind
    reason = " ".join(part for part in (code, told.strip()) if part)
    return f"It came back: {reason or 'the server gave no reason'}"[:_LONGEST]


def _word(part: Message, name: str) -> str:
    return " ".join(str(part.get(name, "")).split())
