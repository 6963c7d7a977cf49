"""Files that are no plan in any form: each is to be called by its name, whatever it calls itself."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
from collections.abc import Iterator

from tests.broken.kit import MEGABYTE, Broken, repeated

_STARTS = {
    "runsheet.csv": (
        rb"{\rtf1\ansi\deff0 Code;Name\par TRT-1;Stop\par}",
        "an RTF document that is named csv",
    ),
    "plan.pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
    "plan.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    "plan.jpg": (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a photograph"),
    "plan.gif": (b"GIF89a\1\0\1\0", "a picture"),
    "plan.tiff": (b"II*\0\x08\0\0\0", "a scan"),
    "plan.webp": (b"RIFF\x24\0\0\0WEBPVP8 ", "a picture"),
    "plan.7z": (b"7z\xbc\xaf\x27\x1c\0\4", "a 7-Zip archive"),
    "plan.rar": (b"Rar!\x1a\x07\1\0", "a RAR archive"),
    "plan.zst": (b"\x28\xb5\x2f\xfd\x04\0", "Zstandard"),
    "plan.sqlite": (b"SQLite format 3\0\x10\0\1\1", "a database"),
    "plan.parquet": (b"PAR1\x15\x04", "Parquet"),
    "plan": (b"\x7fELF\2\1\1\0", "a program for Linux"),
    "plan.exe": (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff", "a program for Windows"),
    "plan.xer": (b"ERMHDR\t19.12\t2026-11-21\tProject\n%T\tTASK\n", "Primavera P6"),
    "plan.ics": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n", "a calendar"),
    "plan.eml": (b"From: a@example.org\r\nSubject: plan\r\n\r\nattached\r\n", "a mail"),
    "plan.pem": (b"-----BEGIN CERTIFICATE-----\nMIIB\n", "a certificate"),
    "plan.html": (
        b"<!DOCTYPE html>\n<html><body><table><tr><td>Code</td></tr></table></body></html>",
        "a web page",
    ),
    "plan.xls": (
        b"\xef\xbb\xbf<table><tr><td>Code</td><td>Name</td></tr></table>",
        "a table of HTML named xls",
    ),
    "plan.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a drawing"),
    "plan.xml": (b'<?xml version="1.0"?>\n<!-- a: b --><orders><order/></orders>', "XML of something else"),
    "p6.xml": (b'<?xml version="1.0"?><APIBusinessObjects/>', "Primavera P6 as XML"),
    "excel2003.xml": (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "Excel 2003 as XML",
    ),
    "biff2.xls": (b"\x09\x08\x10\0\0\6\5\0", "a workbook without a container"),
}


def foreign() -> Iterator[Broken]:
    for name, (data, why) in _STARTS.items():
        yield Broken(name, data, why, "wrong_format", "recognise")
    yield Broken("plan.csv.gz", gzip.compress(b"Code,Name\n", mtime=0), "gzip", "wrong_format", "recognise")
    yield Broken("plan.csv.bz2", bz2.compress(b"Code,Name\n"), "bzip2", "wrong_format", "recognise")
    yield Broken("plan.csv.xz", lzma.compress(b"Code,Name\n"), "xz", "wrong_format", "recognise")
    yield Broken("pages.tar", _tar(), "a tar archive", "wrong_format", "recognise")
    yield Broken("empty.csv", b"", "no bytes", "empty", "recognise")
    yield Broken("blanks.csv", b"\xef\xbb\xbf \r\n\t\r\n", "blanks alone", "empty", "recognise")
    yield Broken("nul.csv", b"\0", "one NUL", "not_text", "recognise")
    yield Broken("zeros.xlsx", b"\0" * 70_000, "a file that was never written", "not_text", "recognise")
    yield Broken("noise.csv", bytes(range(256)) * 8, "noise", "not_text", "recognise")
    prose = b"Dear all,\n\nplease find the plan in the other mail.\nKind regards\n"
    yield Broken("letter.txt", prose, "prose", "unknown_format", "recognise")
    yield Broken(
        "large.csv", repeated(b"Code,Name\n", b"a,b\n", 30 * MEGABYTE), "120 MB", "too_large", "recognise"
    )
    yield from _compound()


def _compound() -> Iterator[Broken]:
    yield Broken(
        "secret.xlsx", ole("EncryptionInfo", "EncryptedPackage"), "a password", "encrypted", "recognise"
    )
    yield Broken(
        "plan.mpp", ole("Props14", "CompObj"), "Microsoft Project, binary", "wrong_format", "recognise"
    )
    yield Broken("plan.doc", ole("WordDocument"), "Word of old", "wrong_format", "recognise")
    yield Broken("plan.ppt", ole("PowerPoint Document"), "PowerPoint of old", "wrong_format", "recognise")
    yield Broken("plan.msg", ole("__substg1.0_001A001E"), "an Outlook message", "wrong_format", "recognise")
    yield Broken("setup.msi", ole("Other"), "an installer", "wrong_format", "recognise")
    yield Broken("cut.xls", ole("Workbook")[:600], "cut off before its directory", "truncated", "recognise")
    yield Broken(
        "circle.xls", ole("Other", follows=0), "a directory that follows itself", "truncated", "recognise"
    )
    circle = ole("Workbook", follows=0)
    yield Broken("endless.xls", circle, "a workbook whose chain never ends", "truncated", "recognise")
    yield Broken("hollow.xls", ole("Workbook"), "a workbook without a byte in it", "*", "read")


def ole(*names: str, follows: int = 0xFFFFFFFE) -> bytes:
    """Return a compound file: its header, its directory (sector 0) and its allocation table (sector 1)."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHH", header, 24, 0x3E, 3, 0xFFFE, 9)
    struct.pack_into("<I", header, 32, 6)
    struct.pack_into("<I", header, 44, 1)
    struct.pack_into("<II", header, 48, 0, 0)
    struct.pack_into("<IIIIII", header, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 1)
    struct.pack_into("<108I", header, 80, *([0xFFFFFFFF] * 108))
    directory = b"".join(_entry(name, 5 if n == 0 else 2) for n, name in enumerate(("Root Entry", *names)))
    table = struct.pack("<128I", follows, 0xFFFFFFFD, *([0xFFFFFFFF] * 126))
    return bytes(header) + directory.ljust(512, b"\0") + table


def _entry(name: str, kind: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    entry = bytearray(128)
    entry[: len(text)] = text
    struct.pack_into("<HB", entry, 64, len(text), kind)
    struct.pack_into("<I", entry, 116, 0xFFFFFFFE)
    return bytes(entry)


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        info = tarfile.TarInfo("TRT-1.json")
        info.size = 2
        archive.addfile(info, io.BytesIO(b"{}"))
    return out.getvalue()
