"""What a person, team or migration may be called; checked before anything is written."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, available_timezones

from tminus.kernel.errors import Invalid

EMAIL_LENGTH = 254
PHONE_LENGTH = 40
_EMAIL = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


def clean_email(text: str) -> str:
    """Return a mail address in lower case, or raise `Invalid`."""
    email = text.strip().lower()
    if len(email) > EMAIL_LENGTH or not email.isprintable() or not _EMAIL.fullmatch(email):
        raise Invalid(
            f"“{text[:80]}” is not a mail address. Nothing was changed.", hint="Write it as name@example.org."
        )
    return email


def clean_name(text: str, what: str, longest: int = 100) -> str:
    """Return a name without blanks around it, or raise `Invalid`; it goes into mails' headers and the log."""
    name = text.strip()
    if not name or len(name) > longest or not name.isprintable():
        raise Invalid(
            f"The name of a {what} has 1 to {longest} characters on one line. Nothing was changed.",
            hint="Write a shorter one, without line breaks.",
        )
    return name


def clean_phone(text: str | None) -> str | None:
    """Return a phone number as it was written, None for an empty one, or raise `Invalid`."""
    phone = (text or "").strip()
    if len(phone) > PHONE_LENGTH or not phone.isprintable():
        raise Invalid(
            f"A phone number has up to {PHONE_LENGTH} characters on one line. Nothing was changed.",
            hint="Write it as in +49 30 1234.",
        )
    return phone or None


def clean_code(text: str, what: str) -> str:
    """Return a short code that fits into an address, or raise `Invalid`."""
    code = text.strip()
    if not _CODE.fullmatch(code):
        raise Invalid(
            f"“{code[:80]}” is no code for a {what}. Nothing was changed.",
            hint="A code has 1 to 60 letters, digits, dots, underscores or hyphens; the first is no sign.",
        )
    return code


def clean_zone(text: str) -> str:
    """Return the name of an IANA time zone, or raise `Invalid`."""
    if text not in available_timezones():
        raise Invalid(
            f"“{text[:80]}” is not a time zone. Nothing was changed.",
            hint="Write it as in Europe/Berlin, or UTC.",
        )
    return ZoneInfo(text).key
