"""What a text is by its structure: JSON, XML, a plan file, a Markdown checklist, a table."""

from __future__ import annotations

import codecs
import re

from tminus.runbook.domain.findings import Place
from tminus.runbook.readers.confluence.marks import has_marks
from tminus.runbook.readers.encoding.marks import FALLBACK
from tminus.runbook.readers.file_text import refuse
from tminus.runbook.readers.recognise.json import keys_of
from tminus.runbook.readers.recognise.table import delimiter_of
from tminus.runbook.readers.recognise.xml import kind_of_xml

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PLAN_KEY = re.compile(r"^(?:tminus|plan|macroPhases)[ \t]*:(?:\s|$)", re.MULTILINE)
_TICK_BOX = re.compile(r"^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]?\](?:[ \t]|$)", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
_YAML_LINE = re.compile(r"^[ \t]*(?:- )?[A-Za-z][\w ]{0,40}:(?:[ \t]|$)")


def kind_of_text(head: bytes, encoding: str, *, whole: bool) -> str:
    """Return the format of a text by its first bytes (without their mark).

    Raises `Unreadable`: `not_text`, `empty`, `wrong_format` (HTML, other XML), `unknown_format`.
    """
    text = _decoded(head, encoding)
    bad = _CONTROL.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise refuse(
            "not_text",
            f"This is not a text file: line {line:,} holds the character U+{ord(bad[0]):04X}, and no text does.",
            Place(line, bad.start() - text.rfind("\n", 0, bad.start())),
            "Save it again as UTF-8 text, or import the program's own file, such as xlsx.",
        )
    bare = text.lstrip("\ufeff \t\r\n")
    if not bare and whole:
        raise refuse(
            "empty", "The file is empty: it holds blanks alone.", Place(1, 1), "Export or save it again."
        )
    if bare.startswith(("{", "[")) and not _TICK_BOX.match(bare):
        return "confluence_page" if has_marks(keys_of(bare)) else "plan_file"
    return kind_of_xml(bare) if bare.startswith("<") else _by_structure(text)


def _decoded(head: bytes, encoding: str) -> str:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return head.decode(FALLBACK if encoding == "utf-8" else encoding, errors="replace")


def _by_structure(text: str) -> str:
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    if _PLAN_KEY.search(unified):
        return "plan_file"
    if _TICK_BOX.search(unified):
        return "markdown"
    if delimiter_of(unified):
        return "table_csv"
    if _HEADING.search(unified):
        return "markdown"
    lines = [line for line in unified.split("\n") if line.strip()]
    if sum(bool(_YAML_LINE.match(line)) for line in lines) > len(lines) / 2:
        return "plan_file"
    raise refuse(
        "unknown_format",
        "This is text, but no plan: neither a table, nor a plan file (YAML, JSON), nor a Markdown checklist.",
        suggestion="A table has its headings in the first row; a checklist has lines such as “- [ ] Stop the batch”.",
    )
