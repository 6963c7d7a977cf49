"""What the makers of broken files share: the case itself, large contents that are never whole, small builders."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from tminus.runbook.readers.staged import SourceFile

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Broken:
    """One broken file: `expected` = code of the finding that tells it, None where it loads; `at` = who tells it.

    `recognise` and `read` need the file alone, `check` all rows at once (in the database).
    """

    name: str
    content: bytes | Callable[[], BinaryIO]
    why: str
    expected: str | None
    at: str = "read"

    def open(self) -> BinaryIO:
        return io.BytesIO(self.content) if isinstance(self.content, bytes) else self.content()

    def source(self) -> SourceFile:
        content = self.open()
        size = content.seek(0, 2)
        content.seek(0)
        return SourceFile(0, self.name, content, size)


class Repeated(io.RawIOBase):
    """A beginning, a unit many times over and an end: as large as one likes, and never in memory."""

    def __init__(self, start: bytes, unit: bytes, times: int, end: bytes = b"") -> None:
        self._start, self._end = start, end
        self._body = len(unit) * times
        self._block = unit * max(1, MEGABYTE // len(unit))
        self._at = 0
        self.size = len(start) + self._body + len(end)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset + (0, self._at, self.size)[whence]
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        data = self._here(len(buffer))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _here(self, most: int) -> bytes:
        at = self._at
        if at < len(self._start):
            return self._start[at : at + most]
        at -= len(self._start)
        if at < self._body:
            offset = at % len(self._block)
            return self._block[offset : offset + min(most, self._body - at)]
        return self._end[at - self._body :][:most]


def repeated(start: bytes, unit: bytes, times: int, end: bytes = b"") -> Callable[[], BinaryIO]:
    return lambda: cast("BinaryIO", io.BufferedReader(Repeated(start, unit, times, end)))


def page(**said: Any) -> dict[str, Any]:
    """Return a page of a Confluence export without a defect, but for what is said."""
    task = {
        "instruction_id": "TRT-12-1",
        "instruction_title": "Stop the queue\nand wait",
        "nominated_user": "",
        "instruction_assigned_team": "CORE",
        "associated_controls": "",
    }
    whole = {
        "step_type": "TRT",
        "step_number": 12,
        "title": "CORE - STOP",
        "predecessor": "",
        "successor": "",
        "primary_team": "CORE",
        "impacted_teams": "",
        "macro_time_sequence": "A - BEFORE",
        "time_sequence": "AA - QUEUES",
        "task_list": [task],
    }
    return {**whole, **said}


def json_of(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def zip_of(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP with these files; the same each time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def changed_zip(data: bytes, find: bytes, put: bytes) -> bytes:
    """Return the bytes with something in them replaced; it has to be there."""
    assert find in data
    return data.replace(find, put)
