"""Which of the numbers counted as written say something of a file: what its format never has, it does not lack."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_OF_CODES = ("null_number", "task_not_under_its_step", "steps_with_duplicate_task_id")
_CODES = ("distinct_codes", "pages_sharing_a_code")


def telling_counts(
    counts: Mapping[str, int], *, pages: bool, fields: Collection[str | None]
) -> dict[str, int]:
    """Return the counts without those that a format has by nature.

    `pages` = an export of Confluence, where each page has everything: all stay. `fields` = what the columns of a
    table are. A checklist has no codes, a table without that column neither; a task is its step's team's to do
    unless it says otherwise; its predecessors may be rows and titles, which are looked up later, so that the finding
    of that name counts those that nobody is; and where no step at all names a macro-phase, the file has none to name.
    """
    if pages:
        return dict(counts)
    idle = {"task_without_team", "unknown_predecessor"}
    if "code" not in fields:
        idle.update(_OF_CODES)
        idle.update(_CODES if not counts.get("distinct_codes") else ())
    if counts.get("macro_phase_empty") == counts.get("pages"):
        idle.add("macro_phase_empty")
    return {name: count for name, count in counts.items() if name not in idle}
