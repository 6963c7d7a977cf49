"""What has to be known of an MS Project file before its first task can be told: one small entry for each of its tasks.

The format needs it: links may point forward, and who does a task stands behind all the tasks.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tminus.runbook.readers.msproject.target import Record


@dataclass(slots=True)
class Known:
    """A task: its level, its code, how long it is (None: not said), whether others are inside, why it is left out."""

    code: str
    level: int
    seconds: int | None
    group: bool
    out: str = ""
    chapters: tuple[str, ...] = ()
    own: bool = False


@dataclass(slots=True)
class Index:
    """The project's own values, the fields that are Tminus's, teams by UID, tasks by UID in the file's order.

    `chapters` of a group = the codes of what it becomes: itself where it is a macro-phase, else its chapters; `own`
    says whether it is one of them.
    """

    project: dict[str, str] = field(default_factory=dict)
    task_keys: dict[str, str] = field(default_factory=dict)
    team_keys: dict[str, str] = field(default_factory=dict)
    teams: dict[str, str] = field(default_factory=dict)
    assigned: dict[str, list[str]] = field(default_factory=dict)
    tasks: dict[str, Known] = field(default_factory=dict)
    calendars: int = 0
    rests: bool = False

    @property
    def ours(self) -> bool:
        """Whether Tminus wrote the file: it then speaks of all that Tminus writes, empty or not."""
        return "code" in self.task_keys.values()

    def own_fields(self, record: Record) -> dict[str, str]:
        """Return the values of the fields that Tminus added, by the name of what they hold."""
        keys = self.team_keys if record.tag == "Resource" else self.task_keys
        found: dict[str, str] = {}
        for tag, values in record.parts:
            key = keys.get(values.get("FieldID", "").strip()) if tag == "ExtendedAttribute" else None
            if key and (text := values.get("Value", "").strip()):
                found.setdefault(key, text)
        return found

    def code_of(self, record: Record) -> str | None:
        """Return the code of a task: the one that Tminus gave it, else of its UID, which stays while it is edited."""
        own = self.own_fields(record).get("code")
        uid = uid_of(record.fields.get("UID"))
        return own or (f"T-{uid}" if uid else None)


def uid_of(text: str | None) -> str | None:
    """Return a UID as it is compared, None where there is none."""
    bare = (text or "").strip()
    return (bare.lstrip("0") or "0") if bare.isascii() and bare.isdigit() else None


def level_of(record: Record) -> int:
    """Return how deep a task stands, from 1; 0 is the project itself."""
    written = record.fields.get("OutlineLevel", "").strip()
    if written.isascii() and written.isdigit() and len(written) < 4:
        return int(written)
    outline = record.fields.get("OutlineNumber", "").strip()
    return outline.count(".") + 1 if outline and outline != "0" else 1
