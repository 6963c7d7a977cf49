"""What the demo's mail catcher has taken, read back for the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

SHOWN = 200
"""So many mails are read at most, the newest."""
LONGEST_TEXT = 100_000


@dataclass(frozen=True, slots=True)
class CaughtMail:
    """One mail; `id` is its file's name without ending, `received_at` is wall time."""

    id: str
    to: str
    subject: str
    received_at: datetime
    text: str


def caught_mails(folder: Path, limit: int = SHOWN) -> list[CaughtMail]:
    """Return the newest mails, newest first; none where nothing was caught yet."""
    names = sorted((path.name for path in folder.glob("*.eml")), reverse=True)
    found = (_read(folder / name) for name in names[:limit])
    return [mail for mail in found if mail]


def _read(path: Path) -> CaughtMail | None:
    try:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
    except FileNotFoundError:  # just removed, as one of the oldest
        return None
    nanoseconds = int(path.stem.split("-")[0])
    return CaughtMail(
        id=path.stem,
        to=str(message["To"] or ""),
        subject=str(message["Subject"] or ""),
        received_at=datetime.fromtimestamp(nanoseconds / 1e9, UTC),
        text=_text(message)[:LONGEST_TEXT],
    )


def _text(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain",))
    return str(part.get_content()).replace("\r\n", "\n") if part else ""
