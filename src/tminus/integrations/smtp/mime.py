"""A message as MIME: text with an HTML alternative, headers that nobody can inject into."""

from __future__ import annotations

import re
from binascii import b2a_qp
from email import policy
from email.errors import HeaderParseError, MessageDefect
from email.headerregistry import Address
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from tminus.platform.outbox.ports import Mail

LONGEST_ADDRESS = 254
_ONE_LINE = 64
"""A header's value of at most so many characters stands in one line, its name before it."""
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
    utf8 = needs_utf8(sender, recipient)
    head = [
        _header("From", str(sender), utf8),
        _header("To", str(recipient), utf8),
        _header("Subject", _UNPRINTABLE.sub(" ", mail.subject).strip(), utf8),
        _header("Date", format_datetime(mail.claimed_at), utf8),
        _header("Message-ID", _UNPRINTABLE.sub("", mail.message_id), utf8),
        "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n",
    ]
    return "".join(head).encode() + _content(mail)


def _header(name: str, value: str, utf8: bool) -> str:
    """Return a header's lines. What is short and plain needs none of the library's folding, which takes long."""
    if value.isascii() and value.isprintable() and len(value) <= _ONE_LINE:
        return f"{name}: {value}\r\n"
    return _folded(name, value, utf8)


@lru_cache(maxsize=1024)  # the sender is always the same, recipients and subjects come again
def _folded(name: str, value: str, utf8: bool) -> str:
    wire = policy.SMTPUTF8 if utf8 else policy.SMTP
    return str(wire.header_factory(name, value).fold(policy=wire))


def _content(mail: Mail) -> bytes:
    """Return the body's headers and the body: the text, or the text and the HTML to choose from."""
    text = _part("plain", mail.body_text)
    if mail.body_html is None:
        return text
    # An equals sign is always written as =3D in the parts: no text can hold this line.
    edge = f"=_{mail.id.hex}"
    parts = text, _part("html", mail.body_html)
    head = f'Content-Type: multipart/alternative; boundary="{edge}"\r\n\r\n'.encode()
    line = f"\r\n--{edge}".encode()  # the line's end before it belongs to it (RFC 2046)
    return head + line.lstrip() + b"\r\n" + (line + b"\r\n").join(parts) + line + b"--\r\n"


def _part(kind: str, text: str) -> bytes:
    """Return a text with its headers: UTF-8 in lines of at most 76 plain characters (quoted-printable)."""
    head = (
        f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
    )
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n") + "\n"
    return head.encode() + b2a_qp(lines.encode(), istext=True).replace(b"\n", b"\r\n")
