"""Verifying a stream of the log, entry by entry, in bounded memory.

hash = SHA-256(hash of the previous entry ‖ canonical bytes). The rule is written down here a second time, on
purpose: what checks a log must not share the code that writes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from uuid import UUID

from tminus.audit.domain.columns import altered_columns
from tminus.audit.domain.entries import Anchor, Finding, Head, Stored


class StreamCheck:
    """The check of one stream: `feed` its rows in order of their numbers, then `end` with its head row.

    Each call yields the findings it leads to. `checked` counts rows.
    """

    def __init__(self, stream: UUID, anchors: Iterable[Anchor] = ()) -> None:
        self.stream = stream
        self.checked = 0
        self._anchors: dict[int, set[bytes]] = {}
        for anchor in anchors:
            if anchor.stream == stream:
                self._anchors.setdefault(anchor.seq, set()).add(anchor.hash)
        self._seq = 0
        self._links: frozenset[bytes] = frozenset({b""})
        self._suspect: Stored | None = None

    def feed(self, row: Stored) -> Iterator[Finding]:
        """Check one row against itself and the one before it."""
        self.checked += 1
        names = altered_columns(row)
        if names:
            yield self._finding(row.seq, "row_altered", _differs(row.seq, names))
        expected = self._seq + 1
        if row.seq < expected:
            yield self._finding(
                row.seq, "wrong_number", f"Entry {row.seq} has a number no entry can have here"
            )
            return
        yield from self._suspicion(row.prev_hash)
        yield from self._gap(expected, row.seq)
        yield from self._hashes(row, linked=row.seq == expected)
        yield from self._anchored(row)
        self._seq = row.seq

    def end(self, head: Head | None) -> Iterator[Finding]:
        """Compare the head row with the last entry, and settle the anchors that met no entry."""
        yield from self._suspicion(head.hash if head else None)
        if head is None:
            yield self._finding(0, "head_missing", "The stream has entries but no head row: it was removed.")
        elif head.seq > self._seq:
            text = f"The head row says {head.seq}, the last entry is {self._seq}: the tail was cut off"
            yield self._finding(head.seq, "tail_cut", text)
        elif head.seq < self._seq:
            text = (
                f"The head row says {head.seq}, but there are entries up to {self._seq}: one of them is false"
            )
            yield self._finding(head.seq, "head_differs", text)
        elif head.hash not in self._links:
            text = f"The hash of the head row is not that of entry {self._seq}: one of them was altered"
            yield self._finding(head.seq, "head_differs", text)
        yield from self._unmet()

    def _gap(self, expected: int, found: int) -> Iterator[Finding]:
        if found == expected + 1:
            yield self._finding(expected, "gap", f"Entry {expected} is missing: it was removed or renumbered")
        elif found > expected:
            text = f"Entries {expected} to {found - 1} are missing: they were removed or renumbered"
            yield self._finding(expected, "gap", text)

    def _hashes(self, row: Stored, linked: bool) -> Iterator[Finding]:
        """Check the row's own hash and its link; after a gap there is nothing to link to."""
        follows = not linked or row.prev_hash in self._links
        own = _hash(row.prev_hash, row.canonical)
        self._links = frozenset({row.hash})
        if own == row.hash:
            if not follows:
                text = (
                    f"Entry {row.seq} does not follow the entry before it:"
                    " one of the two was altered and its hash made anew"
                )
                yield self._finding(row.seq, "chain_broken", text)
            return
        if not follows:
            text = f"Entry {row.seq} was altered: prev_hash, the link to the one before"
            yield self._finding(row.seq, "prev_hash_altered", text)
            return
        # Which of the two was altered shows in the next entry, which was linked to the hash as it was.
        self._suspect = row
        self._links = frozenset({row.hash, own})

    def _suspicion(self, next_link: bytes | None) -> Iterator[Finding]:
        row, self._suspect = self._suspect, None
        if row is None:
            return
        if next_link == _hash(row.prev_hash, row.canonical):
            yield self._finding(row.seq, "hash_altered", f"Entry {row.seq} was altered: hash")
        elif next_link == row.hash:
            text = f"Entry {row.seq} was altered: canonical, the bytes that were hashed"
            yield self._finding(row.seq, "canonical_altered", text)
        else:
            text = f"Entry {row.seq} was altered: canonical or hash, they do not belong together"
            yield self._finding(row.seq, "hash_mismatch", text)

    def _anchored(self, row: Stored) -> Iterator[Finding]:
        for known in self._anchors.pop(row.seq, ()):
            if known != row.hash:
                text = f"Entry {row.seq} is not the one the anchor was made from: the log was rewritten"
                yield self._finding(row.seq, "anchor_differs", text)

    def _unmet(self) -> Iterator[Finding]:
        for seq in sorted(self._anchors):
            where = f"but the log ends at {self._seq}" if seq > self._seq else "which is missing"
            text = f"The anchor is of entry {seq}, {where}: what was there was removed"
            yield self._finding(seq, "anchor_unmet", text)

    def _finding(self, seq: int, code: str, sentence: str) -> Finding:
        return Finding(self.stream, seq, code, sentence.rstrip(".") + ".")


def _hash(prev_hash: bytes, canonical: bytes) -> bytes:
    return hashlib.sha256(prev_hash + canonical).digest()


def _differs(seq: int, names: list[str]) -> str:
    if names == ["canonical"]:
        return f"Entry {seq} was altered: canonical, which is not what Tminus writes"
    return f"Entry {seq} was altered: {', '.join(names)}; its canonical bytes say something else"
