"""What people's tools leave in a word: HTML entities, Markdown links, placeholders; and the word without them.

Where a written value could stand in a plan, it stays until its repair is accepted. Where it could not (a code
with brackets round it, a dash for *nothing*), the repair is the only reading, and it is applied and listed.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Repair(StrEnum):
    """Kinds of repairs; each is named like the finding that it mends."""

    HTML_ENTITY = "html_entity"
    MARKDOWN_LINK = "markdown_link"
    PLACEHOLDER = "placeholder"
    TEAM_VARIANT = "team_variant"
    UNKNOWN_TYPE = "unknown_type"
    NULL_NUMBER = "null_number"
    DUPLICATE_CODE = "duplicate_code"
    SELF_PREDECESSOR = "self_predecessor"
    UNKNOWN_PREDECESSOR = "unknown_predecessor"
    CYCLE = "cycle"
    MACRO_PHASE_EMPTY = "macro_phase_empty"
    TASK_NOT_UNDER_ITS_STEP = "task_not_under_its_step"
    DUPLICATE_TASK_ID = "duplicate_task_id"


ALWAYS = frozenset(
    {Repair.MARKDOWN_LINK, Repair.PLACEHOLDER, Repair.MACRO_PHASE_EMPTY, Repair.DUPLICATE_TASK_ID}
)
"""What is applied without being asked for: as written it could not stand in a plan."""

ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_WHOLE_LETTERS = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
    | {"đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "TH", "ı": "i"}
)
"""Letters that have no plain one beneath an accent, and would be lost."""
_NOTHING = frozenset({"-", "–", "—", "--", "nan", "n/a", "#n/a", "null", "none", "."})


@dataclass(frozen=True, slots=True)
class Mended:
    """A word after the repairs; `kinds` = every repair it would take, accepted or not."""

    text: str | None
    kinds: tuple[Repair, ...] = ()


def mend_word(written: str, accepted: Collection[Repair]) -> Mended:
    """Return a short text (a name, a code, a team) as it is to be read; None where it says nothing."""
    kinds: list[Repair] = []
    text = written
    if ENTITY.search(text) and (plain := html.unescape(text)) != text:
        kinds.append(Repair.HTML_ENTITY)
        if Repair.HTML_ENTITY in accepted:
            text = plain
    if _LINK.search(text):
        kinds.append(Repair.MARKDOWN_LINK)
        text = _LINK.sub(lambda link: link[1], text)
    text = " ".join(text.split())
    if text.casefold() in _NOTHING:
        kinds.append(Repair.PLACEHOLDER)
        text = ""
    return Mended(text or None, tuple(kinds))


def mend_prose(written: str, accepted: Collection[Repair]) -> Mended:
    """Return a long text; its links and dashes may be meant, so entities alone are mended."""
    plain = html.unescape(written) if ENTITY.search(written) else written
    if plain == written:
        return Mended(written)
    return Mended(plain if Repair.HTML_ENTITY in accepted else written, (Repair.HTML_ENTITY,))


def code_from(text: str, longest: int = 40) -> str:
    """Return a code made of a name: letters, digits and hyphens, in capitals; `X` where nothing is left."""
    bare = re.sub(r"[^A-Za-z0-9._]+", "-", plain_letters(text)).strip("-._").upper()
    return bare[:longest].rstrip("-._") or "X"


def free_code(wanted: str, taken: Collection[str]) -> str:
    """Return the code, or with the first number behind it that nobody has."""
    code, number = wanted, 1
    while code in taken:
        number += 1
        code = f"{wanted}-{number}"
    return code


def plain_letters(text: str) -> str:
    """The letters of a code: `Abschluß` is `Abschluss`; an accent is left off, as in `Ubergabe`."""
    return unicodedata.normalize("NFKD", text.translate(_WHOLE_LETTERS)).encode("ascii", "ignore").decode()
