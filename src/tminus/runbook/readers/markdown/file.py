"""Reads a Markdown checklist: headings are the plan's parts, tick boxes its steps, nested ones their tasks.

    # Branch weekend
    What the plan is for.

    ## Friday night
    ### Close the day
    - [ ] TRT-12 Stop the batch (15m) @BATCH
      Tell the desk first; the queue must be empty.
      - [ ] Queue is empty @DESK
      - [ ] Scheduler is stopped
    - [ ] Back up the ledger (1h 30m) @DBA after: TRT-12
    - [ ] Open the portal (5m) @"IT MGMT" after: Back up the ledger, TRT-12

Without any `###`, each `##` is a chapter and the one macro-phase is called like the plan. `@` names the team,
further ones are impacted. `after:` takes codes or titles, one with a comma in quotes; `undoes:`, of a step on the way
back, codes. Everything else under a step is its instructions. A row is the number of a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tminus.runbook.domain.findings import Finding, Severity
from tminus.runbook.readers.encoding.stream import open_text
from tminus.runbook.readers.file_text import Unreadable
from tminus.runbook.readers.markdown.item import has_box
from tminus.runbook.readers.markdown.lines import heading_of, lines_of
from tminus.runbook.readers.markdown.reader import Reader
from tminus.runbook.readers.staged import Reading, SourceFile, Staged


def read_markdown(source: SourceFile) -> Reading:
    """Read a checklist, line by line; the file is gone through twice. Never raises for what is in it."""
    try:
        for staged in _read(source):
            yield replace(staged, file=source.name) if isinstance(staged, Finding) else staged
    except Unreadable as error:
        yield replace(error.finding, file=source.name)


def _read(source: SourceFile) -> Iterator[Staged]:
    deepest, steps = 0, 0
    for _, line, fenced in lines_of(source.content):
        heading = None if fenced else heading_of(line)
        deepest = max(deepest, heading[0] if heading else 0)
        steps += not fenced and has_box(line)
    if not steps:
        said = "There is no tick box in the checklist, and so no step."
        yield Finding("no_steps", Severity.ERROR, said, "Write steps as “- [ ] Stop the batch (15m) @TEAM”.")
        return
    stream = open_text(source.content)
    if stream.finding:
        yield stream.finding
    yield from Reader(source.content, chapters=deepest >= 3).read()
