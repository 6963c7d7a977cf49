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
    """Return a question that names the nearest known word, or None where nothing is near."""
    near = nearest(wrong, known)
    return f"Did you mean “{near[0]}”?" if near else None


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> tuple[str, float] | None:
    """Return the known word that takes the fewest changes, and how much stays (0 to 1); None where none is near.

    Near means that at least `cutoff` of the letters stay, whatever their case.
    """
    match = process.extractOne(
        word, list(known), scorer=OSA.normalized_similarity, processor=str.casefold, score_cutoff=cutoff
    )
    return (match[0], float(match[1])) if match else None
