"""What an XML or HTML text is, by its outermost element; nothing of it is parsed, so no entity can unfold."""

from __future__ import annotations

import re

from tminus.runbook.readers.file_text import refuse

_BEFORE = re.compile(r"<\?.*?\?>|<!--.*?-->|\s+|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ROOT = re.compile(r"<(?:([\w.-]+):)?([\w.-]+)([^>]*)", re.DOTALL)
_PROJECT = "schemas.microsoft.com/project"
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def kind_of_xml(text: str) -> str:
    """Return `msproject_xml`. Raises `Unreadable` (`wrong_format`) for HTML and every other XML."""
    at = 0
    doctype = ""
    while before := _BEFORE.match(text, at):
        doctype = before[0] if before[0][:9].lower() == "<!doctype" else doctype
        at = before.end()
    root = _ROOT.match(text, at)
    name, rest = (root[2], root[3]) if root else ("", "")
    if name == "Project" and (_PROJECT in rest or "xmlns" not in rest):
        return "msproject_xml"
    what, then = _other(name.lower(), rest, doctype.lower())
    raise refuse("wrong_format", f"This is {what}, whatever its name says.", suggestion=then)


def _other(name: str, rest: str, doctype: str) -> tuple[str, str]:
    if name in ("html", "head", "body", "table", "div", "p", "meta") or " html" in doctype:
        return (
            "a web page (HTML)",
            "Save its table as CSV or xlsx, or export the pages as JSON, and import that.",
        )
    if _SPREADSHEET in rest:
        return "an Excel workbook of 2003 (XML)", "Open it in Excel and save it as xlsx."
    if name == "apibusinessobjects":
        return "a Primavera P6 file (XML)", "Export it from P6 as Microsoft Project XML and import that."
    if name == "svg":
        return "a drawing (SVG)", "Import the file the plan was written in."
    said = f"XML (“{name[:40]}”), but not Microsoft Project's" if name else "no XML that can be read"
    return said, "From Microsoft Project: File, Save As, XML (*.xml); else save it as CSV or xlsx."
