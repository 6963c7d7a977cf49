"""Whether a text is a table, and what stands between its cells."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

DELIMITERS = ",;\t|"
"""What may stand between cells, in the order in which it is preferred."""

_ROWS = 60
_ENOUGH = 0.75
_HEADINGS = re.compile(
    r"\b(?:code|id|no|nr|wbs|kind|name|title|task|step|activity|team|owner|assigned|resource|duration|start|finish"
    r"|predecessors?|after|depends|phase|chapter|stream|description|instructions|type|e-?mail|phone|aufgabe|name"
    r"|dauer|vorgang|vorgänger|team|tâche|durée|équipe|nom|prédécesseurs?)\b",
    re.IGNORECASE,
)
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def delimiter_of(text: str) -> str | None:
    """Return what stands between the cells of a table, by its beginning; None where it is no table.

    A table has most rows of one width, two cells or more; where its headings are known, widths may differ. Of two
    rows alone the first must look like headings, and one of them be known.
    """
    said = _SEPARATOR_LINE.match(text)
    if said and said[1] in DELIMITERS:
        return said[1]
    scores = [(_score(text, delimiter), delimiter) for delimiter in DELIMITERS]
    best, delimiter = max(scores, key=lambda pair: pair[0])
    return delimiter if best > 0 else None


def _score(text: str, delimiter: str) -> float:
    rows = _rows(text, delimiter)
    widths = Counter(len(row) for row in rows)
    if not widths:
        return 0
    known = max((_known(row) for row in rows[:20]), default=0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    if known >= 2:
        return 100 + known * 10 + width
    share = count / len(rows)
    # Two lines of prose may well have one comma each.
    if len(rows) < 3 and not (share == 1 and _is_headings(rows[0])):
        return 0
    return width * share if width >= 2 and share >= _ENOUGH else 0


def _is_headings(row: list[str]) -> bool:
    """Whether all cells of a row may be headings, none said twice, and one is nothing but a word that is known."""
    words = [cell.strip() for cell in row]
    short = all(word and len(word) <= 40 and word.count(" ") < 4 and word[-1] not in ".!?" for word in words)
    return short and len(set(words)) == len(words) and any(map(_HEADINGS.fullmatch, words))


def _known(row: list[str]) -> int:
    """Count the cells that look like headings; a sentence with such a word in it is none."""
    return sum(bool(len(cell) <= 40 and _HEADINGS.search(cell)) for cell in row) if len(row) >= 2 else 0


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                rows.append(row)
            if len(rows) >= _ROWS:
                break
    except csv.Error:
        # A cell that never ends is the table reader's to tell; what was seen of it until then counts.
        pass
    return rows
