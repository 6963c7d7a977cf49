"""What tells a page of a step export from the other files that lie beside it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from tminus.runbook.domain.findings import Finding, Severity

PAGE_MARKS = frozenset(
    {"step_type", "step_number", "task_list", "primary_team", "macro_time_sequence", "time_sequence"}
)
"""Fields that only a page of a step export has."""

_LINK_MARKS = frozenset({"predecessor", "successor"})
_ZIP = b"PK\x03\x04"
_OFFICE = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"word/", b"ppt/", b"mimetype")
"""What stands first in a ZIP that is a document: an attachment, and no pack of pages."""


def has_marks(keys: Collection[str]) -> bool:
    """Return whether an object with these keys is a page."""
    return not PAGE_MARKS.isdisjoint(keys) or set(keys) >= _LINK_MARKS


def is_page(value: Any) -> bool:
    """Return whether a JSON value is a page."""
    return isinstance(value, dict) and has_marks(value.keys())


def no_step(name: str) -> Finding:
    """Return the warning that this is JSON, but of something else."""
    return Finding(
        "not_a_page",
        Severity.WARNING,
        "This is no page of a step: it has none of the fields that steps have. Nothing of it was taken over.",
        file=name,
    )


def not_a_page(name: str, start: bytes) -> Finding | None:
    """Return what is to be said of a file of an archive that is no JSON by its first bytes; None where it is."""
    if start.startswith(_ZIP) and not start[30:60].startswith(_OFFICE):
        return Finding(
            "nested_archive",
            Severity.ERROR,
            "This is an archive inside the archive; it was not opened.",
            "Unpack it and import its files, or pack all pages into one archive.",
            file=name,
        )
    bare = start.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    if bare.startswith((b"{", b"[")) or (not bare and name.lower().endswith(".json")):
        return None
    return Finding(
        "not_a_page",
        Severity.WARNING,
        "This file is not JSON, so it is no page of a step. Nothing of it was taken over.",
        file=name,
    )
