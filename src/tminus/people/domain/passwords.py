"""What makes a password good enough: its length, that nobody has it already, and that it is not soon guessed.

As OWASP's ASVS 5.0 asks: no rules about kinds of characters, nothing cut off, every character allowed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tminus.kernel.errors import TminusError

SHORTEST, LONGEST = 12, 256
GUESSES = 10**8
"""A password that a guessing program reaches sooner is refused."""
LEFT = 8
"""So many characters a password has beside what everybody knows of a person."""
FAMOUS = frozenset(
    {"correcthorsebatterystaple", "thequickbrownfoxjumpsoverthelazydog", "maytheforcebewithyou"}
)
"""Phrases that everybody has read of, whatever stands between their words: no list of short passwords has them."""
_ESTIMATED = 72
"""So many characters are looked at for that: the work grows with their square."""
HINT = "Several words that do not belong together are good, and easy to remember."


class WeakPassword(TminusError):
    """A password that is not good enough; `code` says which rule it breaks."""

    status = 422

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(f"{sentence} No password was set.", hint=HINT)
        self.code = code


def check_length(password: str) -> None:
    """Raise `WeakPassword` for one that is too short or too long."""
    if len(password) < SHORTEST:
        raise WeakPassword(f"A password has {SHORTEST} characters at least.", "password_short")
    if len(password) > LONGEST:
        raise WeakPassword(f"A password has {LONGEST} characters at most.", "password_long")


def check_guessed(password: str, name: str, email: str) -> None:
    """Raise `WeakPassword` for one of the 30,000 most common, or made of what everybody knows of a person.

    It takes some milliseconds.
    """
    from zxcvbn import zxcvbn  # its word lists take a moment to read: not for who never sets a password

    if _squeezed(password) in FAMOUS or password.lower() in _common():
        raise breached()
    words = own_words(name, email)
    if len(_without(password.lower(), words)) < LEFT:
        raise WeakPassword(
            "This password is made of your name, your address or Tminus's.", "password_own_words"
        )
    found = zxcvbn(password[:_ESTIMATED], user_inputs=words, max_length=_ESTIMATED)
    if found["guesses"] < GUESSES:
        raise WeakPassword(
            "This password is soon guessed: it is made of what many people take.", "password_guessable"
        )


def _squeezed(password: str) -> str:
    """Return its letters and digits alone, in lower case."""
    return re.sub(r"[\W_]+", "", password.lower())


def breached() -> WeakPassword:
    """Return the refusal of a password that is in known breaches."""
    return WeakPassword(
        "This password is among those that leaked elsewhere and are tried first.", "password_breached"
    )


def own_words(name: str, email: str) -> list[str]:
    """Return what everybody knows of a person: name, address, their parts, and the product."""
    parts = re.split(r"[\W_]+", f"{name} {email}")
    words = [name, name.replace(" ", ""), email, email.split("@", 1)[0], "tminus", *parts]
    return sorted({word.lower() for word in words if len(word) > 2})


def _without(password: str, words: list[str]) -> str:
    longest_first = sorted(words, key=len, reverse=True)
    return re.sub("|".join(re.escape(word) for word in longest_first), "", password)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # as above

    return frozenset(FREQUENCY_LISTS["passwords"])
