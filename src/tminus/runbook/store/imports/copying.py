"""Staged rows as PostgreSQL's COPY takes them: text, a block at a time, made where the reader runs.

The format is that of COPY's text mode: columns apart by tabs, rows by newlines, `\\N` for nothing.
Source: PostgreSQL manual, COPY, "Text Format".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import attrgetter
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from uuid import UUID

from tminus.runbook.domain.findings import Finding, Severity
from tminus.runbook.readers.staged import NewMember, Reading, StagedLink, StagedRow
from tminus.runbook.store.tables.imports import VALUES

BLOCK = 256 * 1024
"""Bytes that are handed to the database at a time."""
_IN_MEMORY = 1024 * 1024
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\u2400"})
_NULL = "\\N"

_SAID = ("row", "kind", "code", "parent", "phase", "given", *VALUES)
ROW_COLUMNS = ("batch_id", "n", "file", "of", *_SAID)
_said = attrgetter(*_SAID)
LINK_COLUMNS = (
    "batch_id",
    "n",
    "of",
    "code",
    "at_row",
    "kind",
    "lag_seconds",
    "suggested",
    "column",
)
FINDING_COLUMNS = (
    "batch_id",
    "stage",
    "code",
    "severity",
    "file",
    "row",
    "line",
    "column",
    "subject",
    "message",
    "suggestion",
    "repair",
)


class Staging:
    """Turns what a reader yields into blocks of rows; links and findings wait in files without a name.

    Counts what has come. Not to be used by two threads at once.
    """

    def __init__(self, batch_id: UUID, files: list[str]) -> None:
        self.rows = 0
        self.links = 0
        self.findings = 0
        self.files = files
        self._batch = str(batch_id)
        self._links = cast("BinaryIO", SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - closed by close()
        self._findings = cast("BinaryIO", SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - likewise
        self._rows_of_file = 0
        self._at: dict[int, int] = {}

    def blocks(self, reading: Reading, most_rows: int) -> Iterator[bytes]:
        """Yield blocks for `import_rows`, all the reader has to say; what is over `most_rows` is told and not read."""
        lines: list[str] = []
        size = 0
        for said in reading:
            if isinstance(said, StagedRow):
                if self.rows >= most_rows:
                    self._finding(_too_many(most_rows))
                    break
                line = self._row(said)
                lines.append(line)
                size += len(line)
                if size > BLOCK:
                    yield "".join(lines).encode("utf-8", "replace")
                    lines, size = [], 0
            elif isinstance(said, NewMember):
                self.files.append(said.name)
                self._at = {}
            else:
                self._finding(said)
        if lines:
            yield "".join(lines).encode("utf-8", "replace")

    def link_blocks(self) -> Iterator[bytes]:
        """Yield blocks for `import_links`."""
        return _pieces(self._links)

    def finding_blocks(self) -> Iterator[bytes]:
        """Yield blocks for `import_findings`."""
        return _pieces(self._findings)

    def close(self) -> None:
        """Let go of what waited."""
        self._links.close()
        self._findings.close()

    def _row(self, row: StagedRow) -> str:
        n = self.rows
        self.rows += 1
        file = max(len(self.files) - 1, 0)
        if row.kind == "step" and row.row is not None:
            self._step = (row.row, n)
        of = _NULL
        if row.of is not None:
            last_row, last_n = self._step
            of = str(last_n) if last_row == row.of else _NULL
        for link in row.links:
            self._link(link, n)
        # Of each row most values are nothing: those cost no call.
        said = "\t".join([_NULL if value is None else _WRITE[type(value)](value) for value in _said(row)])
        return f"{self._batch}\t{n}\t{file}\t{of}\t{said}\n"

    _step: tuple[int, int] = (-1, -1)

    def _link(self, link: StagedLink, of: int) -> None:
        fields = (
            *(self._batch, str(self.links), str(of), _text_of(link.code), _text_of(link.row)),
            *(link.kind.value, str(link.lag_seconds), "t" if link.suggested else "f", _text_of(link.column)),
        )
        self.links += 1
        self._links.write(("\t".join(fields) + "\n").encode("utf-8", "replace"))

    def _finding(self, found: Finding) -> None:
        self.findings += 1
        subject = found.subject
        column = (subject.field if subject else "") or (str(found.column) if found.column else None)
        file = found.file or (self.files[-1] if self.files else "")
        values = (
            *(self._batch, "read", found.code, found.severity.value, file, found.row, found.line, column),
            *(subject.code if subject else None, found.message, found.suggestion, found.repair),
        )
        self._findings.write(
            ("\t".join(_text_of(value) for value in values) + "\n").encode("utf-8", "replace")
        )


def _too_many(most: int) -> Finding:
    return Finding(
        "too_many_rows",
        Severity.ERROR,
        f"The files have more than {most:,} rows; the rest was not read.",
        "Import the plan in parts.",
    )


def _plain(value: str) -> str:
    return value if value.isprintable() and "\\" not in value else value.translate(_ESCAPES)


@lru_cache(maxsize=1024)
def _list(value: tuple[str, ...]) -> str:
    """The same lists come again and again: the names of the fields a row gives, above all."""
    quoted = ",".join('"' + one.replace("\\", "\\\\").replace('"', '\\"') + '"' for one in value)
    return _plain("{" + quoted + "}")


_WRITE: dict[type, Callable[..., str]] = {
    str: _plain,
    int: str,
    bool: lambda value: "t" if value else "f",
    tuple: _list,
    type(None): lambda _: _NULL,
}


def _text_of(value: object) -> str:
    return _WRITE[type(value)](value)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(BLOCK), b"")
