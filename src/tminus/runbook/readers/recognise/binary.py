"""Files that are no plan in any form, by their first bytes: each is told what it is."""

from __future__ import annotations

from tminus.runbook.readers.file_text import refuse

_AS_TABLE = "Save it as CSV or xlsx and import that."
_UNPACK = "Unpack it and import what is in it, or pack the files as ZIP."
_COPIED = "Import the file the plan was written in, and not a picture of it."

_STARTS: tuple[tuple[bytes, str, str], ...] = (
    (b"{\\rtf", "an RTF document (Word, WordPad)", "save it as CSV"),
    (b"%PDF", "a PDF document", _COPIED),
    (b"\x89PNG", "a picture (PNG)", _COPIED),
    (b"\xff\xd8\xff", "a picture (JPEG)", _COPIED),
    (b"GIF8", "a picture (GIF)", _COPIED),
    (b"II*\0", "a picture (TIFF)", _COPIED),
    (b"MM\0*", "a picture (TIFF)", _COPIED),
    (b"RIFF", "a picture or a sound (RIFF)", _COPIED),
    (b"\x1f\x8b", "a file packed with gzip", _UNPACK),
    (b"BZh91AY&SY", "a file packed with bzip2", _UNPACK),
    (b"\xfd7zXZ\0", "a file packed with xz", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a file packed with Zstandard", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"SQLite format 3\0", "an SQLite database", "Export its table as CSV and import that."),
    (b"PAR1", "a Parquet file", _AS_TABLE),
    (b"\x7fELF", "a program", "Check which file was meant."),
    (b"\xca\xfe\xba\xbe", "a program", "Check which file was meant."),
    (b"\x09\x08\x10\0", "a workbook of a very old Excel", "Open it in Excel and save it as xlsx."),
    (b"\x09\x04\x06\0", "a workbook of a very old Excel", "Open it in Excel and save it as xlsx."),
    (b"BEGIN:VCALENDAR", "a calendar (iCalendar)", "A plan needs a table: " + _AS_TABLE),
    (b"ERMHDR\t", "a Primavera P6 file (XER)", "Export it from P6 as Microsoft Project XML and import that."),
    (b"From: ", "a mail", "Save the file attached to it and import that."),
    (b"Received: ", "a mail", "Save the file attached to it and import that."),
    (b"-----BEGIN ", "a key or a certificate", "Check which file was meant; do not hand keys on."),
)
_MARKS = b"\xef\xbb\xbf"


def refuse_foreign(head: bytes) -> None:
    """Raise `Unreadable` (`wrong_format`) where the first bytes are those of something that is no plan."""
    bare = head.removeprefix(_MARKS).lstrip(b" \t\r\n")
    for start, what, then in _STARTS:
        if head.startswith(start) or bare.startswith(start):
            raise refuse(
                "wrong_format", f"This is {what}, whatever its name says{_said(then)}", suggestion=_hint(then)
            )
    if head[257:262] == b"ustar":
        raise refuse("wrong_format", "This is a tar archive, whatever its name says.", suggestion=_UNPACK)
    if head.startswith(b"MZ") and b"\0" in head[:64]:
        raise refuse(
            "wrong_format",
            "This is a program, whatever its name says.",
            suggestion="Check which file was meant.",
        )


def _said(then: str) -> str:
    # One that is often met (WordPad saves CSV so) has what to do in the sentence itself.
    return f": {then}." if then[:1].islower() else "."


def _hint(then: str) -> str:
    return _AS_TABLE if then[:1].islower() else then
