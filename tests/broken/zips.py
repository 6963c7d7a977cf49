"""Archives that are cut off, lie, lead outside, or unpack to more than there is room for."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Iterator

from tests.broken.kit import MEGABYTE, Broken, changed_zip, json_of, page, zip_of

_PAGE = json_of(page())
_TYPES = "[Content_Types].xml"


def zips() -> Iterator[Broken]:
    good = zip_of({"TRT-12.json": _PAGE})
    yield Broken("cut.zip", good[:-30], "its table of contents is cut off", "truncated", "recognise")
    yield Broken("half.zip", good[: len(good) // 2], "half of it is missing", "truncated", "recognise")
    yield Broken("start.zip", b"PK\x03\x04", "nothing but its first bytes", "truncated", "recognise")
    yield Broken("garbled.zip", _garbled(good), "its table of contents is garbled", "truncated", "recognise")
    yield Broken("empty.zip", zip_of({}), "no file in it", "empty", "recognise")
    yield Broken("secret.zip", _flagged(good), "a password", "encrypted", "recognise")
    yield Broken(
        "bomb.zip",
        zip_of({"TRT-1.json": b"\0" * (8 * MEGABYTE)}),
        "1,000 times its size",
        "zip_bomb",
        "recognise",
    )
    yield Broken("big.zip", _lying(good, 600 * MEGABYTE), "600 MB, it says", "zip_bomb", "recognise")
    yield Broken(
        "many.zip",
        zip_of({f"{n}.json": b"" for n in range(10_001)}),
        "10,001 files",
        "too_many_members",
        "recognise",
    )
    yield Broken(
        "contents.zip",
        _huge_contents(),
        "a table of contents of 2 GB, it says",
        "too_many_members",
        "recognise",
    )
    yield Broken(
        "zip64.zip", _zip64(), "a table of contents of 2**63 bytes, it says", "too_many_members", "recognise"
    )
    yield Broken("crc.zip", _damaged(), "a page whose checksum is wrong", "truncated")
    yield Broken("short.zip", _lying(good, len(_PAGE) - 10), "a page longer than it says", "truncated")
    yield Broken("packed.zip", _packed(good), "packed in a way nobody supports", "truncated")
    yield from _members()
    yield from _office()


def _members() -> Iterator[Broken]:
    inner = zip_of({"TRT-13.json": _PAGE})
    yield Broken(
        "nested.zip", zip_of({"TRT-12.json": _PAGE, "more.zip": inner}), "a ZIP in a ZIP", "nested_archive"
    )
    for name, why in (
        ("../../etc/TRT-9.json", "a name that leads out"),
        ("/etc/TRT-9.json", "a name from the root of the disk"),
        ("C:/TRT-9.json", "a name with a drive"),
        ("a\\..\\TRT-9.json", "a name that leads out, in the way of Windows"),
        ("TRT-\x1b[2J9.json", "a name with a control character"),
    ):
        yield Broken("names.zip", zip_of({"TRT-12.json": _PAGE, name: _PAGE}), why, "unsafe_member")
    yield Broken("link.zip", _with_link(), "a link to a password file", "unsafe_member")
    yield Broken(
        "truth.zip", zip_of({"x.truth.json": b'{"pages": 1}', "TRT-12.json": _PAGE}), "counts", "not_a_page"
    )
    yield Broken(
        "picture.zip", zip_of({"TRT-12.json": _PAGE, "a.png": b"\x89PNG"}), "a picture", "not_a_page"
    )
    yield Broken(
        "hollow.zip", zip_of({"TRT-12.json": _PAGE, "TRT-13.json": b""}), "a page without a byte", "empty"
    )
    yield Broken(
        "fat.zip", zip_of({"TRT-12.json": _PAGE, "TRT-13.json": _fat()}), "a page of 6 MB", "too_large"
    )
    debris = {"__MACOSX/._TRT-12.json": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1", "TRT-12.json": _PAGE}
    yield Broken("mac.zip", zip_of(debris), "what a Mac leaves behind", None)
    attached = zip_of({_TYPES: b"<Types/>", "word/document.xml": b"<w/>"})
    yield Broken(
        "attached.zip", zip_of({"TRT-12.json": _PAGE, "a.docx": attached}), "an attachment", "not_a_page"
    )


def _office() -> Iterator[Broken]:
    for name, member, why in (
        ("plan.docx", "word/document.xml", "Word"),
        ("plan.pptx", "ppt/presentation.xml", "PowerPoint"),
        ("plan.xlsb", "xl/workbook.bin", "a binary workbook"),
        ("plan.thmx", "theme/theme1.xml", "Office, but nothing to read"),
    ):
        yield Broken(name, zip_of({_TYPES: b"<Types/>", member: b"x"}), why, "wrong_format", "recognise")
    ods = zip_of({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<o/>"})
    yield Broken("plan.ods", ods, "LibreOffice", "wrong_format", "recognise")
    macros = {_TYPES: b"<Types/>", "xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": b"\xd0\xcf"}
    yield Broken("plan.xlsx", zip_of(macros), "macros in a workbook named xlsx", "macros", "recognise")
    said = b'<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    yield Broken(
        "plan.xlsm", zip_of({_TYPES: said, "xl/workbook.xml": b"<w/>"}), "xlsm", "macros", "recognise"
    )


def _fat() -> bytes:
    # Digits in an order that does not repeat soon, so that it is no bomb as well.
    words = " ".join(str(n * 7919 % 1_000_003) for n in range(900_000))
    return json_of(page(title=words))


def _garbled(good: bytes) -> bytes:
    return changed_zip(good, b"PK\x01\x02", b"PK\x07\x07")


def _flagged(good: bytes) -> bytes:
    """Set the bit that says a file is encrypted, in its own heading and in the table of contents."""
    data = bytearray(good)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def _lying(good: bytes, size: int) -> bytes:
    data = bytearray(good)
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(mark) + offset, size)
    return bytes(data)


def _packed(good: bytes) -> bytes:
    data = bytearray(good)
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        struct.pack_into("<H", data, data.find(mark) + offset, 97)
    other = zip_of({"TRT-13.json": _PAGE})
    # One good page beside it, so that the archive is known for what it is.
    return _joined(bytes(data), other)


def _joined(first: bytes, second: bytes) -> bytes:
    """Return one archive of two with one file each."""
    cut_1, cut_2 = first.find(b"PK\x01\x02"), second.find(b"PK\x01\x02")
    end_1, end_2 = first.find(b"PK\x05\x06"), second.find(b"PK\x05\x06")
    entry = bytearray(second[cut_2:end_2])
    struct.pack_into("<I", entry, 42, cut_1)
    contents = first[cut_1:end_1] + bytes(entry)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 2, 2, len(contents), cut_1 + cut_2, 0)
    return first[:cut_1] + second[:cut_2] + contents + end


def _huge_contents() -> bytes:
    return (
        b"PK\x03\x04" + b"\0" * 40 + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 9, 9, 2_000_000_000, 0, 0)
    )


def _zip64() -> bytes:
    start = b"PK\x03\x04" + b"\0" * 40
    record = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 2**63, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(start), 1)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    return start + record + locator + end


def _damaged() -> bytes:
    stored = zip_of({"TRT-12.json": _PAGE, "TRT-13.json": json_of(page(title="HERE"))}, zipfile.ZIP_STORED)
    return changed_zip(stored, b"HERE", b"THEN")


def _with_link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("TRT-12.json"), _PAGE)
        link = zipfile.ZipInfo("TRT-9.json")
        link.create_system = 3
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()
