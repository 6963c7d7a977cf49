"""Looks through an xlsx before it is read: how much it unfolds to, how large its sheets are, which cells failed.

The library that reads workbooks holds every cell between the first and the last one of a sheet, and a copy of its
text in each: two cells in far corners, or one long text shared by a million, would take all memory there is.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from tminus.runbook.readers.archive.bounds import MOST_UNPACKED, STEEPEST, open_zip
from tminus.runbook.readers.file_text import Unreadable, refuse
from tminus.runbook.readers.table.cells import ERROR_CELLS, FAILED

RATIO_FROM = 50 * 1024 * 1024
"""Bytes unfolded from which the ratio counts: a small sheet of blank cells packs better than any text."""
MOST_CELLS = 8_000_000
"""Cells between the corners of one sheet, about 32 bytes each."""
MOST_TEXT = 1024 * 1024 * 1024
"""Bytes of all texts of one sheet, counted as often as cells show them."""
MOST_ERRORS = 10_000

Errors = dict[str, dict[tuple[int, int], str]]
"""By sheet: (row from 1, column from 0) → the error the cell shows."""

_BLOCK = 1024 * 1024
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_FAILED = re.compile(
    rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])[^>]*\br=["']([A-Z]{1,3})([0-9]{1,7})["'][^>]*>(?:(?!</(?:\w+:)?c>).)*?"""
    rb"""<(?:\w+:)?v>([^<]{1,20})</""",
    re.DOTALL,
)
_SHARED = re.compile(rb"""\bt=["']s["'][^>]*>\s*<(?:\w+:)?v>([0-9]+)</""")
_BOOK = frozenset({"xl/workbook.xml", "xl/_rels/workbook.xml.rels"})
"""Where a workbook says what its sheets are called."""
_LARGEST_BOOK = 100_000
"""Bytes, packed, of either; a thousand sheets are a tenth of it."""
_OVERLAP = 512
"""Bytes of a block that are looked at again with the next one, as a cell may lie across."""


@dataclass(slots=True)
class _Sheet:
    """What was seen of one sheet."""

    columns: int = 0
    rows: int = 0
    unplaced_rows: int = 0
    shared: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def check_workbook(content: BinaryIO) -> Errors:
    """Return the cells that show an error. Raises `Unreadable` for what is no sound xlsx; an xls passes unseen."""
    content.seek(0)
    if content.read(4) != b"PK\x03\x04":
        return {}
    try:
        with open_zip(content) as archive:
            return _Check(archive).errors()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise refuse(
            "bad_workbook",
            f"The workbook is damaged or cut off ({str(error)[:100]}). Nothing was read.",
            suggestion="Copy or export it again.",
        ) from None


class _Check:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._unfolded = 0
        self._packed = max(1, sum(one.compress_size for one in archive.infolist()))
        self._sizes: list[int] = []

    def errors(self) -> Errors:
        """Look at every part that the library reads."""
        parts = self._archive.infolist()
        names = {one.filename for one in parts}
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise _with_macros()
        sheets: dict[str, _Sheet] = {}
        # Texts first: how often a sheet shows each of them is counted against their lengths.
        for part in sorted(parts, key=lambda one: "sharedStrings" not in one.filename):
            if "sharedStrings" in part.filename:
                self._sizes = list(self._lengths(part))
            elif "/worksheets/" in part.filename and part.filename.endswith(".xml"):
                sheets[part.filename] = self._sheet(part)
            elif part.filename.endswith((".xml", ".rels")):
                for _ in self._blocks(part):
                    pass
        return self._by_name(sheets, names)

    def _blocks(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        # What a part says of its own size is not believed: the library does not look at it either.
        part.file_size = MOST_UNPACKED + _BLOCK
        with self._archive.open(part) as stream:
            while block := stream.read(_BLOCK):
                self._unfolded += len(block)
                if self._unfolded > MOST_UNPACKED:
                    raise _bomb(f"more than {MOST_UNPACKED // 1024 // 1024} MB")
                if self._unfolded > RATIO_FROM and self._unfolded > STEEPEST * self._packed:
                    raise _bomb(f"more than {STEEPEST} times its size")
                if b"<!DOCTYPE" in block or b"<!ENTITY" in block:
                    raise _with_entities()
                yield block

    def _lengths(self, part: zipfile.ZipInfo) -> Iterator[int]:
        size = 0
        for block in self._blocks(part):
            first, *rest = block.split(b"</si>")
            size += len(first)
            for piece in rest:
                yield size
                size = len(piece)

    def _sheet(self, part: zipfile.ZipInfo) -> _Sheet:
        seen, tail = _Sheet(), b""
        for block in self._blocks(part):
            text = tail + block
            self._look(text, seen)
            if seen.columns * seen.rows > MOST_CELLS:
                raise _too_large(f"a sheet spans {seen.rows:,} rows by {seen.columns:,} columns")
            tail = text[-_OVERLAP:]
        if seen.shared * max(self._sizes, default=0) > MOST_TEXT:
            self._weigh(part)
        return seen

    def _look(self, text: bytes, seen: _Sheet) -> None:
        found = _REFERENCE.findall(text)
        if found:
            seen.columns = max(seen.columns, 1 + max(map(_column, {letters for letters, _ in found})))
            seen.rows = max(seen.rows, max(map(int, {digits for _, digits in found})))
        unplaced = (
            text.count(b"<c ") + text.count(b"<c>") + text.count(b":c ") + text.count(b":c>") - len(found)
        )
        seen.unplaced_rows += text.count(b"<row") + text.count(b":row")
        if unplaced > 2:  # a cell may be cut off at either end of a block
            # Cells may leave out where they are: then they stand one behind the other.
            widest = max(piece.count(b"<c") + piece.count(b":c") for piece in text.split(b"row"))
            seen.columns, seen.rows = max(seen.columns, widest), max(seen.rows, seen.unplaced_rows)
        seen.shared += text.count(b't="s"') + text.count(b"t='s'")
        if (b't="e"' in text or b"t='e'" in text) and len(seen.errors) < MOST_ERRORS:
            for letters, digits, shown in _FAILED.findall(text):
                error = shown.decode("ascii", "replace")
                seen.errors[int(digits), _column(letters)] = FAILED + (
                    error if error in ERROR_CELLS else "#VALUE!"
                )

    def _weigh(self, part: zipfile.ZipInfo) -> None:
        """Add up the texts a sheet shows, exactly; only where the rough sum is too large."""
        shown: Counter[bytes] = Counter()
        total, tail = 0, b""
        for block in self._blocks(part):
            text = tail + block
            end = text.rfind(b"</") + 1
            shown.update(_SHARED.findall(text[:end]))
            tail = text[end:][-_OVERLAP:]
        for number, times in shown.items():
            total += self._sizes[int(number)] * times if int(number) < len(self._sizes) else 0
        if total > MOST_TEXT:
            raise _too_large("its cells repeat long texts too often")

    def _by_name(self, sheets: dict[str, _Sheet], names: set[str]) -> Errors:
        failed = {name: seen.errors for name, seen in sheets.items() if seen.errors}
        if not failed or not names >= _BOOK:
            return {}
        if max(self._archive.getinfo(name).compress_size for name in _BOOK) > _LARGEST_BOOK:
            return {}
        try:
            paths = self._paths()
        except (ParseError, DefusedXmlException):
            return {}  # The library says in its own words what is wrong with it.
        return {name: failed[path] for name, path in paths.items() if path in failed}

    def _paths(self) -> dict[str, str]:
        targets = {
            one.get("Id"): "xl/" + (one.get("Target") or "").removeprefix("/").removeprefix("xl/")
            for one in fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        }
        found: dict[str, str] = {}
        for one in fromstring(self._archive.read("xl/workbook.xml")).iter():
            if one.tag.endswith("}sheet"):
                key = next((value for name, value in one.items() if name.endswith("}id")), None)
                found[one.get("name") or ""] = targets.get(key, "")
        return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _too_large(why: str) -> Unreadable:
    return refuse(
        "too_large",
        f"The workbook is larger than any plan: {why}. Nothing was read.",
        suggestion="Delete the empty rows and columns behind the table, or save the sheet with the steps alone.",
    )


def _bomb(how: str) -> Unreadable:
    return refuse(
        "zip_bomb",
        f"The workbook unpacks to {how}, as no plan does. Nothing was read.",
        suggestion="Check where it comes from; else save the sheet with the steps alone.",
    )


def _with_entities() -> Unreadable:
    return refuse(
        "unsafe_xml",
        "The workbook declares XML entities, which no spreadsheet program writes. Nothing was read.",
        suggestion="Check where it comes from; else open it in a spreadsheet program and save it again.",
    )


def _with_macros() -> Unreadable:
    return refuse(
        "macros",
        "The workbook holds macros. Nothing was read, and nothing of it was run.",
        suggestion="Save it as a workbook without macros (xlsx) and import that.",
    )
