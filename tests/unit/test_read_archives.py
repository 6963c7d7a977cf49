"""The files of a ZIP and of a folder: by name, once each, within bounds, and never outside."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from tests.broken.kit import MEGABYTE, zip_of
from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.archive import members as archives
from tminus.runbook.readers.archive.bounds import MOST_MEMBERS, open_zip
from tminus.runbook.readers.archive.member import Member
from tminus.runbook.readers.archive.members import folder_members, zip_members
from tminus.runbook.readers.file_text import Unreadable


def names_in(data: bytes) -> list[str]:
    return [member.name for member in zip_members(io.BytesIO(data)) if isinstance(member, Member)]


def test_members_come_by_name_with_their_content() -> None:
    data = zip_of({"b/2.json": b"two", "a.json": b"one", "b/": b"", "b/1.json": b"x" * 300_000})
    read = {
        member.name: member.read(MEGABYTE)
        for member in zip_members(io.BytesIO(data))
        if isinstance(member, Member)
    }
    assert list(read) == ["a.json", "b/1.json", "b/2.json"]
    assert [len(content) for content in read.values()] == [3, 300_000, 3]


def test_what_file_managers_leave_is_passed_over_and_nothing_else() -> None:
    debris = ["__MACOSX/a.json", "x/__MACOSX/._a", ".DS_Store", "x/.DS_Store", "Thumbs.db", "._a.json"]
    kept = ["x.DS_Store.json", "a._b", "MACOSX/a.json", "x/Thumbs.db.json"]
    assert names_in(zip_of(dict.fromkeys([*debris, *kept], b"x"))) == sorted(kept)


@pytest.mark.parametrize(
    "name", ["", "../a", "a/../../b", "/a", "C:\\a", "c:a", "..\\a", "\\\\host\\a", "a\nb"], ids=ascii
)
def test_a_name_that_leads_outside_is_told_and_its_file_is_not_handed_on(name: str) -> None:
    (found,) = zip_members(io.BytesIO(zip_of({name: b"x"})))
    assert isinstance(found, Finding)
    assert (found.code, found.is_error) == ("unsafe_member", True)
    assert found.file.isprintable()


@pytest.mark.parametrize("name", ["a..b.json", "..a", "a/...", "C.json", "é.json"])
def test_a_name_with_dots_is_only_a_name(name: str) -> None:
    assert names_in(zip_of({name: b"x"})) == [name]


def test_a_member_larger_than_asked_for_is_refused_before_and_while_it_is_read() -> None:
    (member,) = zip_members(io.BytesIO(zip_of({"a": b"x" * 100})))
    assert isinstance(member, Member)
    for refused in (member, Member("a", 10, lambda: io.BytesIO(b"x" * 100))):
        with pytest.raises(Unreadable) as error:
            refused.read(99)
        assert error.value.finding.code == "too_large"


def test_every_cut_of_an_archive_is_refused_or_a_finding_and_never_raises_anything_else() -> None:
    data = zip_of({"a.json": b"{}" * 50, "b.json": b"[]"}, zipfile.ZIP_STORED)
    for end in range(4, len(data)):
        with pytest.raises(Unreadable) as error:
            open_zip(io.BytesIO(data[:end]))
        assert error.value.finding.code == "truncated"


def test_every_flipped_byte_is_told_or_harmless() -> None:
    good = zip_of({"a.json": b'{"x": 1}' * 20})
    told = 0
    for at in range(len(good)):
        data = bytearray(good)
        data[at] ^= 0xFF
        try:
            members = [
                member for member in zip_members(io.BytesIO(bytes(data))) if isinstance(member, Member)
            ]
            told += not members
            for member in members:
                told += member.read(MEGABYTE) != b'{"x": 1}' * 20
        except Unreadable as error:
            told += error.finding.code in {
                "truncated",
                "encrypted",
                "zip_bomb",
                "too_large",
                "too_many_members",
            }
    assert told > len(good) // 2


def test_as_many_members_as_there_may_be_are_read() -> None:
    assert len(names_in(zip_of({f"{n:05}": b"" for n in range(MOST_MEMBERS)}))) == MOST_MEMBERS


def test_a_folder_is_read_as_a_zip_of_it_would_be(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/2.json", "a.json", "b.json", ".DS_Store"):
        (tmp_path / name).write_bytes(name.encode())
    read = [(m.name, m.read(99)) for m in folder_members(tmp_path) if isinstance(m, Member)]
    assert read == [("a.json", b"a.json"), ("b.json", b"b.json"), ("b/2.json", b"b/2.json")]


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to("/etc/hostname")
    (tmp_path / "up").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe")
    found = list(folder_members(tmp_path))
    assert [(f.file, f.code) for f in found if isinstance(f, Finding)] == [
        ("a.json", "unsafe_member"),
        ("pipe", "unsafe_member"),
    ]
    assert len(found) == 2


def test_a_folder_with_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(4):
        (tmp_path / str(n)).touch()
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with pytest.raises(Unreadable) as error:
        list(folder_members(tmp_path))
    assert error.value.finding.code == "too_many_members"
