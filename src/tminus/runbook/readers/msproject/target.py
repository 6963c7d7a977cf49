"""Takes the parser's events of an MS Project file, and holds of it the one record that is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from tminus.runbook.readers.file_text import refuse
from tminus.runbook.readers.msproject.terms import NAMESPACE

LONGEST_TEXT = 65_536
"""Characters of one value that are kept, and one more to know that there are more of them."""
MOST_PARTS = 1_000
"""Links and custom fields read of one task: what has more is no task that people planned."""
DEEPEST = 32
"""Levels of elements; MSPDI has eight."""

_RECORDS = frozenset({"Task", "Resource", "Assignment", "ExtendedAttribute", "Calendar"})
_PARTS = frozenset({"PredecessorLink", "ExtendedAttribute"})
_OF_PROJECT = frozenset({"Name", "Title", "StartDate", "MinutesPerDay"})


@dataclass(slots=True)
class Record:
    """An element with its values by tag, blanks around them kept; `parts` = links and custom fields inside it.

    `more` = it has more parts than are read. Values of the project itself come as records with one field, `text`.
    """

    tag: str
    fields: dict[str, str] = field(default_factory=dict)
    parts: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    more: bool = False


class Target:
    """What the parser calls; only what is wanted of the open record is in memory.

    `done` = records that are complete, `events` = calls so far. Raises `file_text.Unreadable` for what is no such file.
    """

    def __init__(self) -> None:
        self.done: list[Record] = []
        self.events = 0
        self._path: list[str] = []
        self._record: Record | None = None
        self._part: dict[str, str] | None = None
        self._text: list[str] = []
        self._length = 0

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """Begin an element."""
        self.events += 1
        name = tag.rsplit("}", 1)[-1]
        self._path.append(name)
        depth = len(self._path)
        if depth == 1 and tag not in ("Project", f"{{{NAMESPACE}}}Project"):
            said = f"This XML file is no MS Project file: it begins with “{name[:60]}”."
            raise refuse("not_msproject", said, suggestion="In MS Project: Save as, type XML (*.xml).")
        if depth > DEEPEST:
            raise refuse(
                "too_deep_xml", f"The file nests elements {depth} deep, which no MS Project file does."
            )
        if depth == 3 and name in _RECORDS:
            self._record = Record(name)
        elif depth == 4 and self._record and name in _PARTS:
            self._part = {}
        self._text.clear()
        self._length = 0

    def data(self, text: str) -> None:
        """Take a piece of text, as long as it is wanted."""
        self.events += 1
        room = LONGEST_TEXT + 1 - self._length
        if room > 0:
            self._text.append(text[:room])
            self._length += len(text)

    def end(self, _tag: str) -> None:
        """End an element, and a record with it."""
        self.events += 1
        depth, name, text = len(self._path), self._path.pop(), "".join(self._text)
        self._text.clear()
        self._length = 0
        if depth == 2 and name in _OF_PROJECT:
            self.done.append(Record(name, {"text": text}))
        elif self._record:
            self._end_inside(self._record, depth, name, text)

    def _end_inside(self, record: Record, depth: int, name: str, text: str) -> None:
        if depth == 3:
            self.done.append(record)
            self._record = None
        elif depth == 4 and self._part is not None:
            record.more = record.more or len(record.parts) == MOST_PARTS
            if not record.more:
                record.parts.append((name, self._part))
            self._part = None
        elif depth == 4:
            record.fields.setdefault(name, text)
        elif depth == 5 and self._part is not None:
            self._part.setdefault(name, text)
        elif record.tag == "Calendar" and _is_rest(name, text):
            record.fields["rests"] = "1"

    def close(self) -> None:
        """Nothing is built."""


def _is_rest(name: str, text: str) -> bool:
    """Return whether this value says that a calendar is not around the clock."""
    if name == "DayWorking":
        return text.strip() == "0"
    return name in ("FromTime", "ToTime") and text.strip() != "00:00:00"
