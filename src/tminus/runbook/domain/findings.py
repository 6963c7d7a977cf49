"""What is wrong with a file or a plan: where, how bad, in words, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA


class Severity(StrEnum):
    """An error stops the import; a warning is listed and does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a text file, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What of a plan is meant: a kind (`step`), its code, and the field where one is at fault."""

    kind: str
    code: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect. `row` is for tables, `line` and `column` for text; `repair` is what Tminus offers to do."""

    code: str
    severity: Severity
    message: str
    suggestion: str | None = None
    file: str = ""
    line: int | None = None
    column: int | None = None
    row: int | None = None
    repair: str | None = None
    subject: Subject | None = None

    @property
    def is_error(self) -> bool:
        """True where the import cannot go on before this is mended."""
        return self.severity is Severity.ERROR


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any of the findings stops the import."""
    return any(finding.is_error for finding in findings)


def did_you_mean(wrong: str, known: Iterable[str]) -> str | None:
    """Return a question that names the nearest known word, or None where nothing is near.

    Near means that at least six tenths of the letters stay, whatever their case.
    """
    match = process.extractOne(
        wrong, list(known), scorer=OSA.normalized_similarity, processor=str.casefold, score_cutoff=0.6
    )
    return f"Did you mean “{match[0]}”?" if match else None
