"""Codes for steps that have none, or another one's: from the file's name where it has one, else a suffix."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from string import ascii_lowercase

from tminus.runbook.domain.import_words import Repair, code_from

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A step whose code is missing (`code` None) or taken by another; `stem` = its file's name, if that is its own."""

    n: int
    kind: Repair
    code: str | None
    type: str | None
    stem: str | None


@dataclass(frozen=True, slots=True)
class NewCode:
    """The code that step `n` is to have; `from_file` where it was found in the file's name."""

    n: int
    code: str
    from_file: bool


def propose_codes(steps: Iterable[Uncoded], taken: Collection[str]) -> list[NewCode]:
    """Return a code of its own for each of the steps, in their order; `taken` = every code that is written."""
    used = set(taken)
    found: list[NewCode] = []
    for step in steps:
        own = step.stem if step.stem and CODE.fullmatch(step.stem) and step.stem not in used else None
        code = own or next(code for code in _suffixed(step) if code not in used)
        used.add(code)
        found.append(NewCode(step.n, code, own is not None))
    return found


def _suffixed(step: Uncoded) -> Iterator[str]:
    """`TRT-12b`, `TRT-12c` …; then by number."""
    stem = step.code or f"{code_from(step.type or 'STEP', 20)}-N{step.n + 1}"
    if step.code is None:
        yield stem
    yield from (f"{stem}{letter}" for letter in ascii_lowercase[1:])
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1
