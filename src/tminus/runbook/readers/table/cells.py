"""What a cell of a table says: a line, a text, a code, yes or no, a list, one of a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.findings import Place
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.readers.nodes import Scalar
from tminus.runbook.readers.plan_format import OBJECTS, Field, Kind
from tminus.runbook.readers.plan_values import BadValue, value_of

MOST_WORDS = 1_000
"""Words in one cell that holds a list; more is no list of teams or labels."""

LONGEST_LINE = 300
LONGEST_TEXT = 20_000
"""Characters, as in a plan file."""

ERROR_CELLS = frozenset(
    {
        "#REF!",
        "#DIV/0!",
        "#VALUE!",
        "#NAME?",
        "#N/A",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#BEZUG!",
        "#WERT!",
    }
)
"""What spreadsheets show where a formula failed."""
FAILED = "\uffff"
"""What the readers of tables put before it: no text holds it, so a text that looks so is told from a failed cell."""

_YES = frozenset(
    ["yes", "y", "true", "t", "1", "x", "✓", "✔", "on", "ja", "j", "wahr", "oui", "o", "vrai", "si", "sí"]
)
_NO = frozenset(["no", "n", "false", "f", "0", "off", "nein", "falsch", "non", "faux"])
_DECIMAL = re.compile(r"([0-9]{1,15})\.0+")
_DIVIDERS = re.compile(r"[,;\n]")
_ITEM = re.compile(r'\s*(?:"((?:[^"]|"")*)"\s*(?=[,;\n]|$)|([^,;\n]*))(?:[,;\n]|$)')
_NEEDS_QUOTES = re.compile(r'[,;|\n]|^"')
_EMAIL = Field("Email", Kind.EMAIL, "", longest=254)
_ZONE = next(field for field in OBJECTS["migration"] if field.kind is Kind.ZONE)
_BEHAVIOUR = next(field for field in OBJECTS["type"] if field.kind is Kind.BEHAVIOUR)
_NOWHERE = Place(1, 1)


def read_line(text: str, longest: int = LONGEST_LINE) -> str | None:
    """Return one line of text, its line breaks made blanks. Raises `BadValue`: `cell_error`, `not_text`, `too_long`."""
    line = text.strip()
    if line.startswith(FAILED):
        raise failed(line)
    if not line.isprintable():
        line = " ".join(filter(None, map(str.strip, re.split("[\r\n\x85]+", line))))
        refuse_unprintable(line)
    if len(line) > longest:
        raise BadValue("too_long", f"It is {len(line):,} characters long; the most is {longest:,}.")
    return line or None


def failed(text: str) -> BadValue:
    """Return what is wrong with a cell that shows an error."""
    said = f"The cell holds the error {text.removeprefix(FAILED)} of a formula."
    return BadValue("cell_error", said, "Mend the formula in the sheet.")


def read_text(text: str) -> str | None:
    """Return a text of several lines, blanks at their ends taken off. Raises `BadValue` as `read_line` does."""
    if text.startswith(FAILED):
        raise failed(text)
    lines = re.split("\r\n|\r|\n", text) if "\n" in text or "\r" in text else (text,)
    kept = "\n".join(line.rstrip() for line in lines).strip("\n")
    if not kept.isprintable():
        refuse_unprintable(kept)
    if len(kept) > LONGEST_TEXT:
        raise BadValue("too_long", f"It is {len(kept):,} characters long; the most is {LONGEST_TEXT:,}.")
    return kept or None


def read_code(text: str) -> str | None:
    """Return a code or name by which something is meant, as written; `2842.0` is `2842`."""
    line = read_line(text)
    match = _DECIMAL.fullmatch(line) if line and line.endswith("0") else None
    return match[1] if match else line


def read_flag(text: str) -> bool | None:
    """Return yes or no, in one of three languages. Raises `BadValue`: `bad_flag`."""
    word = (read_line(text) or "").casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    if not word:
        return None
    raise BadValue("bad_flag", f"Here should be yes or no, and here is “{word[:40]}”.", "Write yes or no.")


def read_list(text: str) -> tuple[str, ...] | None:
    """Return the words of a list, each once, in their order; one in quotes may hold what divides the others."""
    if '"' in text:
        words = [m[1].replace('""', '"') if m[1] is not None else m[2] for m in _ITEM.finditer(text)]
    else:
        words = _DIVIDERS.split(text)
    kept = tuple(dict.fromkeys(word for word in map(read_line, words) if word))
    if len(kept) > MOST_WORDS:
        raise BadValue("too_long", f"There are {len(kept):,} words in one cell; the most is {MOST_WORDS:,}.")
    return kept or None


def list_text(words: Iterable[str]) -> str:
    """Return how a table says a list, such that reading it gives the same again."""
    return ", ".join(
        f'"{word.replace(chr(34), chr(34) * 2)}"' if _NEEDS_QUOTES.search(word) else word for word in words
    )


def read_email(text: str) -> str | None:
    """Return a mail address. Raises `BadValue`: `bad_email`."""
    return _by_format(_EMAIL, text)


def read_zone(text: str) -> str | None:
    """Return an IANA time zone. Raises `BadValue`: `unknown_zone`."""
    return _by_format(_ZONE, text)


def read_behaviour(text: str) -> str | None:
    """Return how a type's steps act, whatever its case. Raises `BadValue`: `unknown_behaviour`."""
    said = _by_format(_BEHAVIOUR, text.lower())
    return Behaviour(said).value if said else None


def _by_format(field: Field, text: str) -> str | None:
    line = read_line(text)
    said = value_of(field, Scalar(_NOWHERE, line, plain=True)) if line else None
    return str(said) if said else None


def refuse_unprintable(text: str) -> None:
    """Raise `BadValue` (`not_text`) where a text holds what no text of a plan may."""
    bad = UNPRINTABLE.search(text)
    if bad:
        raise BadValue("not_text", f"It holds the unprintable character U+{ord(bad[0]):04X}.", "Take it out.")
