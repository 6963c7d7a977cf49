"""What goes over the line beside the mail itself, and what its answers mean."""

from __future__ import annotations

import re
import socket

from tminus.platform.outbox.ports import Delivery, Outcome

_LONGEST_REASON = 300


def own_name() -> str:
    """Ask once, away from the loop: where no name server answers, this takes seconds."""
    name = socket.getfqdn()
    return name if name.isascii() and name.isprintable() and " " not in name and name else "localhost"


def dotted(body: bytes) -> bytes:
    """Double each leading dot and end with the lone one (RFC 5321 §4.5.2)."""
    ended = body if body.endswith(b"\r\n") else body + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"


def refusal(code: int, message: str) -> Delivery:
    """Return what the server's number says of this mail: 5xx never, else not now."""
    outcome = Outcome.PERMANENT if 500 <= code < 600 else Outcome.TEMPORARY
    return Delivery(outcome, f"The mail server refused it: {code} {message}"[:_LONGEST_REASON])


def reason(what: str, error: BaseException) -> str:
    """Return what happened, with the error's own words."""
    return f"{what}: {str(error) or type(error).__name__}"[:_LONGEST_REASON]
