"""What a file is, by its own bytes: its name and what the sender calls it are not asked.

Ten kinds are known and taken; everything else is refused, and named where it can be told.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from tminus.kernel.errors import Invalid

HEAD = 4096
PIECE = 256 * 1024
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_EXECUTABLES = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe",
    b"dex\n",
    b"\x00asm",
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_OFFICE_KINDS = (
    ("xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet"),
    ("word/document.xml", f"{_OFFICE}wordprocessingml.document"),
)
_MARKUP = re.compile(
    rb"<(!doctype\s+html|html|head|body|svg|script|iframe|object|embed|meta|link|style|img|form|a\s|div|\?xml)",
    re.IGNORECASE,
)
_RUN = (
    "bat",
    "cmd",
    "com",
    "exe",
    "dll",
    "msi",
    "scr",
    "ps1",
    "psm1",
    "vbs",
    "vbe",
    "js",
    "jse",
    "mjs",
    "wsf",
    "wsh",
)
_RUN_TOO = ("hta", "jar", "sh", "bash", "zsh", "py", "pl", "rb", "php", "cpl", "lnk", "reg")
_DRAWN = (
    "html",
    "htm",
    "xhtml",
    "svg",
    "svgz",
    "mht",
    "mhtml",
    "docm",
    "xlsm",
    "pptm",
    "dotm",
    "xltm",
    "xlam",
)
_SCRIPT_ENDINGS = frozenset((*_RUN, *_RUN_TOO, *_DRAWN))
"""Endings that a double click runs, or a browser draws: whatever is inside."""
_MOST_MEMBERS = 10_000


def media_type(content: BinaryIO, name: str) -> str:
    """Return what the content is, read from its beginning and left there. Raises `Invalid`, saying what it is not.

    The name may only make it worse: an ending that runs is refused, an ending that promises is not believed.
    """
    content.seek(0)
    try:
        head = content.read(HEAD)
        ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
        if ending in _SCRIPT_ENDINGS:
            raise _refused(f"a .{ending} file, which a computer would run or a browser would draw")
        for start, kind in _IMAGES:
            if head.startswith(start):
                return kind
        if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
            return "image/webp"
        if head.startswith(_EXECUTABLES):
            raise _refused("a program")
        if head.startswith(b"PK\x03\x04"):
            return _zipped(content)
        return _text(content, head, ending)
    finally:
        content.seek(0)


def _zipped(content: BinaryIO) -> str:
    try:
        with ZipFile(content) as archive:
            names = archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _refused("a damaged ZIP file") from error
    if len(names) > _MOST_MEMBERS:
        raise _refused(f"a ZIP file of more than {_MOST_MEMBERS} members")
    lower = {one.lower() for one in names}
    if any(one.endswith("vbaproject.bin") for one in lower):
        raise _refused("an office file with macros")
    if any(one.endswith(".class") for one in lower) or "meta-inf/manifest.mf" in lower:
        raise _refused("a program")
    return next((kind for member, kind in _OFFICE_KINDS if member in lower), "application/zip")


def _text(content: BinaryIO, head: bytes, ending: str) -> str:
    plain = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if plain.startswith(b"#!"):
        raise _refused("a script")
    if plain.startswith(b"<") and _MARKUP.match(plain):
        raise _refused("HTML, SVG or XML, which a browser would draw")
    if not _is_text(content):
        raise _refused("of a kind that Tminus does not know")
    if plain[:1] in b"{[" and _is_json(content):
        return "application/json"
    return "text/csv" if ending == "csv" else "text/plain"


def _is_text(content: BinaryIO) -> bool:
    """Printable UTF-8 or Windows-1252, all of it: no zero byte, and hardly a control character."""
    content.seek(0)
    decoder, utf8, western, strange, size = codecs.getincrementaldecoder("utf-8")(), True, True, 0, 0
    while piece := content.read(PIECE):
        size += len(piece)
        if b"\0" in piece:
            return False
        strange += len(_CONTROL.findall(piece))
        western = western and not _NOT_WESTERN.search(piece)
        utf8 = utf8 and _decodes(decoder, piece)
        if not utf8 and not western:
            return False
    return strange * 100 <= size


def _decodes(decoder: codecs.IncrementalDecoder, piece: bytes) -> bool:
    try:
        decoder.decode(piece)
    except UnicodeDecodeError:
        return False
    return True


_CONTROL = re.compile(rb"[\x01-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_NOT_WESTERN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_MOST_JSON = 4 * 1024 * 1024


def _is_json(content: BinaryIO) -> bool:
    content.seek(0)
    data = content.read(_MOST_JSON + 1)
    if len(data) > _MOST_JSON:
        return False
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return False
    return True


def _refused(what: str) -> Invalid:
    return Invalid(
        f"The file is {what}. Nothing was kept.",
        hint="Taken are PNG, JPEG, GIF, WebP, PDF, text, CSV, JSON, XLSX, DOCX and ZIP files, by what is in them.",
    )
