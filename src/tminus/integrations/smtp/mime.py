"""A message as MIME: text with an HTML alternative, headers that nobody can inject into."""

from __future__ import annotations

import re
from email import policy
from email.errors import HeaderParseError, MessageDefect
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from tminus.platform.outbox.ports import Mail

LONGEST_ADDRESS = 254
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_ALIEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f<>(),;:\"\[\]\\]")


class Malformed(ValueError):
    """It is no address; the sentence says which and why."""


def address(text: str) -> Address:
    """Return a mail address (alone, without a name); its domain in ASCII. Raises `Malformed`."""
    if len(text) > LONGEST_ADDRESS or _ALIEN.search(text):
        raise Malformed(f"{text[:80]!r} is not a mail address.")
    local, _, domain = text.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
        # The library's own check knows ASCII alone: letters beyond it stand in as one that it takes.
        checked = Address(addr_spec=_BEYOND_ASCII.sub("x", local) + "@" + host)
    except (HeaderParseError, MessageDefect, ValueError, IndexError) as error:
        raise Malformed(f"{text!r} is not a mail address.") from error
    if not checked.username or not checked.domain:
        raise Malformed(f"{text!r} is not a mail address.")
    return Address(username=local, domain=host)


def sender_address(text: str) -> Address:
    """Return the sender's address of a setting such as `Tminus <tminus@example.org>`. Raises `Malformed`."""
    name, spec = parseaddr(text)
    bare = address(spec)
    return Address(_UNPRINTABLE.sub(" ", name), bare.username, bare.domain)


def needs_utf8(*addresses: Address) -> bool:
    """Say whether an address can only be written in UTF-8 (RFC 6531)."""
    return not all(one.addr_spec.isascii() for one in addresses)


def mime_bytes(mail: Mail, sender: Address, recipient: Address) -> bytes:
    """Return the message as it goes over the wire, lines ending in CRLF."""
    wire = policy.SMTPUTF8 if needs_utf8(sender, recipient) else policy.SMTP
    message = EmailMessage(policy=wire)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = _UNPRINTABLE.sub(" ", mail.subject).strip()
    message["Date"] = format_datetime(mail.claimed_at)
    message["Message-ID"] = _UNPRINTABLE.sub("", mail.message_id)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body_text, charset="utf-8", cte="quoted-printable")
    if mail.body_html is not None:
        message.add_alternative(mail.body_html, subtype="html", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()
