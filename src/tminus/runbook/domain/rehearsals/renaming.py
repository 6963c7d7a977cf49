"""Which code a step has now, that an iteration of an earlier version knows by another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Renamed:
    """In version number `version` a step got another code."""

    version: int
    was: str
    became: str


def current_code(code: str, version: int, renamed: Sequence[Renamed]) -> str:
    """Return the code that a step of a version has now; `renamed` = oldest first, all on the newest one's line.

    A version keeps its steps' codes but for those; a step that was removed and added anew is the same step again.
    """
    for one in renamed:
        if one.version > version and one.was == code:
            code = one.became
    return code
