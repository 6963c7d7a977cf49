"""Reads MSPDI as a stream of records: one task, resource or assignment at a time, and nothing of it kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree.ElementTree import ParseError  # the exception only: what parses is defusedxml

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from tminus.runbook.domain.findings import Place
from tminus.runbook.readers.file_text import refuse
from tminus.runbook.readers.msproject.target import Record, Target

_CHUNK = 65_536
_LONGEST_TOKEN = 1 << 20
"""Bytes without an element's end or text: a tag so long is held in memory whole, so reading stops there."""


def records(content: BinaryIO) -> Iterator[Record]:
    """Yield the file's records in its order, from where `content` stands.

    Raises `file_text.Unreadable`: `not_xml`, `unsafe_xml` (document types and entities), `not_msproject`,
    `too_deep_xml`, `line_too_long`.
    """
    target = Target()
    parser = XMLParser(target=target, forbid_dtd=True)
    silent = 0
    try:
        while chunk := content.read(_CHUNK):
            before = target.events
            parser.feed(chunk)
            silent = silent + len(chunk) if target.events == before else 0
            if silent > _LONGEST_TOKEN:
                raise refuse(
                    "line_too_long", "One tag of the file is longer than 1 MiB; it was not read any further."
                )
            yield from target.done
            target.done.clear()
        parser.close()
    except DefusedXmlException:
        said = "The file brings a document type or entities of its own, which no MS Project file does; it was not read."
        raise refuse("unsafe_xml", said, suggestion="Save it again as XML in MS Project.") from None
    except (ParseError, LookupError, ValueError) as error:
        raise _broken(error) from None
    yield from target.done


def _broken(error: Exception) -> Exception:
    line, column = getattr(error, "position", (1, 0))
    said = f"From here on the file is not XML ({str(error).split(':')[0]})."
    hint = "It may have been cut off: save it again as XML in MS Project."
    return refuse("not_xml", said, Place(line, column + 1), hint)
