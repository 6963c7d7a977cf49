"""What a task of an MS Project file waits for: kinds, lags in seconds, and links of groups."""

from __future__ import annotations

from collections.abc import Iterator

from tminus.runbook.readers.msproject.cells import Cells
from tminus.runbook.readers.msproject.index import Index, Known, uid_of
from tminus.runbook.readers.msproject.target import MOST_PARTS
from tminus.runbook.readers.msproject.terms import ELAPSED, LAG_UNIT, LINK_KINDS, PERCENT
from tminus.runbook.readers.plan_format import LONGEST_DURATION
from tminus.runbook.readers.staged import StagedLink

FIELD = "PredecessorLink"


def links_of(cells: Cells, index: Index) -> list[StagedLink]:
    """Return the links of a task as it writes them; one that means nothing here is a finding of `cells`."""
    if cells.record.more:
        said = f"It has more than {MOST_PARTS:,} links and custom fields; those after were not read."
        cells.error("too_many_links", said, FIELD)
    found: list[StagedLink] = []
    for tag, values in cells.record.parts:
        if tag == FIELD:
            found.extend(_link(cells, index, values))
    return found


def elapsed_in(cells: Cells) -> bool:
    """Return whether the task's duration or one of its lags runs by the clock where others are working time."""
    formats = [
        values.get("LagFormat", "") for _, values in cells.record.parts if values.get("LinkLag", "0") != "0"
    ]
    return not ELAPSED.isdisjoint([cells.record.fields.get("DurationFormat", "").strip(), *formats])


def _link(cells: Cells, index: Index, values: dict[str, str]) -> Iterator[StagedLink]:
    uid = uid_of(values.get("PredecessorUID"))
    kind = LINK_KINDS.get(values.get("Type", "1").strip())
    if values.get("CrossProject", "0").strip() in ("1", "true"):
        where = values.get("CrossProjectName", "").strip()[:200] or "another project"
        cells.warn(
            "external_link", f"It waits for a task of {where}, which is not in this file: left out.", FIELD
        )
    elif uid is None or kind is None:
        wrong = "PredecessorUID" if uid is None else "Type"
        said = f"One of its links has “{values.get(wrong, '')[:40]}” as its {wrong}: the link was not read."
        cells.error("bad_link", said, FIELD, "Type is 0 (FF), 1 (FS), 2 (SF) or 3 (SS).")
    else:
        known = index.tasks.get(uid)
        if known and known.out:
            said = f"It waits for {known.code}, which is left out ({known.out}): the link too."
            cells.warn("link_left_out", said, FIELD)
            return
        lag = _lag(cells, values, known)
        for code in _codes(uid, known) if lag is not None else ():
            yield StagedLink(code, kind, lag or 0, column=FIELD)


def _codes(uid: str, known: Known | None) -> tuple[str, ...]:
    """Name what is meant; what the file does not have is named by its UID, and found missing later."""
    if known is None:
        return (f"T-{uid}",)
    return known.chapters if known.group else (known.code,)


def _lag(cells: Cells, values: dict[str, str], known: Known | None) -> int | None:
    written = values.get("LinkLag", "").strip() or "0"
    bare = written.removeprefix("-")
    seconds = (
        _seconds(cells, values, known, int(written))
        if bare.isascii() and bare.isdigit() and len(bare) < 11
        else None
    )
    if seconds is None or abs(seconds) > LONGEST_DURATION:
        said = f"One of its links has “{written[:40]}” as its LinkLag: the link was not read."
        cells.error("bad_link", said, FIELD, "A lag counts tenths of minutes and is shorter than a year.")
        return None
    return seconds


def _seconds(cells: Cells, values: dict[str, str], known: Known | None, lag: int) -> int:
    if values.get("LagFormat", "").strip() not in PERCENT or not lag:
        return lag * LAG_UNIT
    of = (known.seconds if known else None) or 0
    seconds = round(of * lag / 100)
    name = known.code if known else "a task that is not in the file"
    said = f"A lag of {lag} % of {name} was taken as {seconds} s; it no longer follows that duration."
    cells.warn("percent_lag", said, FIELD)
    return seconds
