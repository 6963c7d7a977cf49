"""Anchors in whatever somebody kept: a file of heads, a mail saved as .eml, or a line pasted from one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email import message_from_bytes, policy
from uuid import UUID

from tminus.audit.domain.entries import Anchor

_ANCHOR = re.compile(
    r"\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[\s>]+([0-9]{1,18})[\s>]+([0-9a-f]{64})\b", re.IGNORECASE
)
_MAIL = re.compile(rb"\A(?:From [^\n]*\n)?(?:[!-9;-~]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*)+\r?\n")


def anchors_in(content: bytes) -> list[Anchor]:
    """Return every anchor (`stream seq hash`) the content holds, each once; quoted mails are understood."""
    found = _found(content.decode("utf-8", "replace"))
    if not found and _MAIL.match(content):
        for text in _mail_texts(content):
            found.extend(_found(text))
    return list(dict.fromkeys(found))


def _found(text: str) -> list[Anchor]:
    return [
        Anchor(UUID(stream), int(seq), bytes.fromhex(hash_)) for stream, seq, hash_ in _ANCHOR.findall(text)
    ]


def _mail_texts(content: bytes) -> Iterable[str]:
    """The texts of a mail, out of whatever coding it travelled in."""
    message = message_from_bytes(content, policy=policy.default)
    for part in message.walk():
        if part.get_content_maintype() == "text":
            yield str(part.get_content())
