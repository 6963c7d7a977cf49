"""Reads a Confluence step export: one JSON page a step, in a folder, a ZIP, or a list in one file.

A page's row is its number, from 1, in the order of the names. Its tasks have the same row and name it as `of`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.archive.member import Member
from tminus.runbook.readers.archive.members import zip_members
from tminus.runbook.readers.confluence.json import values_of
from tminus.runbook.readers.confluence.pages import Pages
from tminus.runbook.readers.file_text import Unreadable
from tminus.runbook.readers.staged import NewMember, Reading, SourceFile


def read_confluence_file(source: SourceFile) -> Reading:
    """Read one file: a page, a list of pages, or pages one after another. Never raises for what is in it."""
    pages = Pages()
    try:
        for page in values_of(source.content):
            yield from pages.take(page, source.name)
    except Unreadable as error:
        yield replace(error.finding, file=source.name)


def read_confluence_zip(source: SourceFile) -> Reading:
    """Read a ZIP of pages; `NewMember` comes before what is said of each. Never raises for what is in it."""
    try:
        yield from read_confluence_members(zip_members(source.content))
    except Unreadable as error:
        yield replace(error.finding, file=source.name)


def read_confluence_members(members: Iterable[Member | Finding]) -> Reading:
    """Read the pages of a ZIP or of a folder (`archives.folder_members`), one member at a time."""
    pages = Pages()
    for member in members:
        if isinstance(member, Finding):
            yield member
            continue
        yield NewMember(member.name)
        try:
            yield from pages.take_member(member)
        except Unreadable as error:
            yield replace(error.finding, file=member.name)
