"""The plan file, format 1, described once; the reader, the JSON Schema and the reference follow it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from tminus.runbook.domain.plan import TRT, Behaviour, LinkKind

FORMAT = 1
"""What `tminus:` says at the top of a plan file."""

CODE_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]*"
LONGEST_DURATION = 366 * 86_400
"""Seconds; also the longest lag, either way."""


class Kind(StrEnum):
    """What may stand behind a key."""

    FORMAT = "format"
    CODE = "code"
    LINE = "line"
    TEXT = "text"
    EMAIL = "email"
    ZONE = "zone"
    FLAG = "flag"
    DURATION = "duration"
    LAG = "lag"
    STEP_TYPE = "stepType"
    LINK_KIND = "linkKind"
    BEHAVIOUR = "behaviour"
    MOMENT = "moment"
    CODES = "codes"
    WORDS = "words"
    LINKS = "links"
    OBJECT = "object"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Field:
    """One key: what it means, what may stand there, and what it is where nothing does.

    `needed`: whatever is new cannot do without it. `of` names the object behind OBJECT and LIST.
    """

    key: str
    kind: Kind
    meaning: str
    needed: bool = False
    empty: object = None
    longest: int = 300
    of: str = ""
    name: str = ""

    @property
    def attribute(self) -> str:
        """The value's name in Python."""
        return self.name or re.sub(r"(?<=[a-z])([A-Z])", lambda match: "_" + match[1].lower(), self.key)


def _code(meaning: str, longest: int = 60) -> Field:
    return Field("code", Kind.CODE, meaning, needed=True, longest=longest)


def _text(key: str, meaning: str) -> Field:
    return Field(key, Kind.TEXT, meaning, empty="", longest=20_000)


def _named(code: str) -> tuple[Field, ...]:
    return _code(code), Field("name", Kind.LINE, "Name, as people know it.", needed=True)


def _after(meaning: str) -> Field:
    return Field("after", Kind.LINKS, meaning, empty=(), of="link")


OBJECTS: dict[str, tuple[Field, ...]] = {
    "file": (
        Field("tminus", Kind.FORMAT, "Version of this format: 1.", needed=True),
        Field("migration", Kind.OBJECT, "The migration (programme) the plan belongs to.", of="migration"),
        Field("plan", Kind.OBJECT, "The plan itself.", needed=True, of="plan"),
        Field("teams", Kind.LIST, "Who does steps.", of="team"),
        Field("applications", Kind.LIST, "Systems that steps concern.", of="application"),
        Field("environments", Kind.LIST, "Real places where things run.", of="environment"),
        Field("environmentRoles", Kind.LIST, "What an environment is in the plan.", of="environmentRole"),
        Field("types", Kind.LIST, "The plan's own step types, beside the standard ones.", of="type"),
        Field("controls", Kind.LIST, "What has to be shown before it is believed.", of="control"),
        Field("macroPhases", Kind.LIST, "The plan, top to bottom.", of="macroPhase"),
    ),
    "migration": (
        Field("key", Kind.CODE, "Short code, as in addresses of pages.", needed=True, longest=40),
        Field("name", Kind.LINE, "Name, as people know it. Used where the key is new.", needed=True),
        Field("zone", Kind.ZONE, "IANA time zone its people think in.", empty="UTC"),
        _text("description", "What it is about."),
    ),
    "plan": (
        Field("name", Kind.LINE, "Name of the plan, unique in its migration.", needed=True),
        _text("description", "What the plan is for."),
    ),
    "team": (
        _code("Code by which steps and tasks name the team."),
        Field("name", Kind.LINE, "Name, as people know it.", needed=True),
        Field("email", Kind.EMAIL, "Address its messages go to.", longest=254),
        Field("phone", Kind.LINE, "Number to call when mail goes unread.", longest=60),
    ),
    "application": _named("Code by which steps name it."),
    "environment": _named("Code by which iterations name it."),
    "environmentRole": _named("Code by which steps name it, as in `TARGET`."),
    "type": (
        _code("Code by which steps name it, as in `NET`.", longest=20),
        Field("name", Kind.LINE, "Name, as people know it.", needed=True),
        Field("behaviour", Kind.BEHAVIOUR, "How its steps act.", empty=Behaviour.WORK),
    ),
    "control": (
        _code("Code, as in `C1042`."),
        Field("name", Kind.LINE, "What is to be shown.", needed=True),
        _text("description", "How it is shown, and what counts as passed."),
        Field("producer", Kind.CODE, "Team that produces the evidence.", longest=60),
        Field("validator", Kind.CODE, "Team that validates it.", longest=60),
        Field("critical", Kind.FLAG, "It holds its step until it has passed.", empty=False),
    ),
    "macroPhase": (
        _code("Code, unique in the plan."),
        Field("name", Kind.LINE, "What leadership calls it.", needed=True),
        _after("What comes before all of it."),
        Field("chapters", Kind.LIST, "Its chapters, top to bottom.", of="chapter"),
    ),
    "chapter": (
        _code("Code, unique in the plan."),
        Field("name", Kind.LINE, "What its steps have in common.", needed=True),
        Field("rollback", Kind.FLAG, "Its steps sleep until a back-out wakes them.", empty=False),
        _after("What comes before all of it."),
        Field("steps", Kind.LIST, "Its steps, top to bottom.", of="step"),
    ),
    "step": (
        _code("Code, unique in the plan, as in `TRT-1010`."),
        Field("type", Kind.STEP_TYPE, "What kind of step it is, and so how it behaves.", empty=TRT.code),
        Field("name", Kind.LINE, "What is done.", needed=True),
        Field("team", Kind.CODE, "Code of the team that does it.", longest=60),
        Field("duration", Kind.DURATION, "How long it takes.", empty=0, name="duration_seconds"),
        _text("instructions", "How it is done; plain text, line breaks are kept."),
        Field("autoActivate", Kind.FLAG, "Its team is told as soon as it is ready.", empty=False),
        Field("pointOfNoReturn", Kind.FLAG, "From here on there is no way back.", empty=False),
        Field(
            "evidence",
            Kind.FLAG,
            "It is not complete before somebody has shown evidence.",
            empty=False,
            name="evidence_required",
        ),
        Field("environment", Kind.CODE, "Role of the environment it is done on.", longest=60),
        Field("notBefore", Kind.MOMENT, "Planned and forecast no earlier."),
        Field("fixedStart", Kind.MOMENT, "Locked until then."),
        Field(
            "scope", Kind.WORDS, "Kinds of iteration, or iterations by name, that it is part of.", empty=()
        ),
        Field("impactedTeams", Kind.CODES, "Teams it affects that do not do it.", empty=()),
        Field("applications", Kind.CODES, "Applications it concerns.", empty=()),
        Field("labels", Kind.WORDS, "Words to find it by.", empty=(), longest=60),
        Field("undoes", Kind.CODES, "Steps it takes back, where it is in a rollback chapter.", empty=()),
        _after("What comes before it."),
        Field("tasks", Kind.LIST, "What is ticked off inside it.", of="task"),
    ),
    "link": (
        _code("Code of the step, chapter or macro-phase that comes first."),
        Field("kind", Kind.LINK_KIND, "From its end or start, to one's own start or end.", empty=LinkKind.FS),
        Field("lag", Kind.LAG, "Time between the two; negative = overlap.", empty=0, name="lag_seconds"),
    ),
    "task": (
        _code("Code, unique in the plan, as in `TRT-1010-1`."),
        Field("title", Kind.LINE, "What is to be ticked off.", needed=True),
        _text("instructions", "How it is done."),
        Field("team", Kind.CODE, "Its team, where it is not the step's.", longest=60),
        Field("required", Kind.FLAG, "The step is not complete before it is done.", empty=True),
        Field("nominee", Kind.LINE, "Who is meant to do it: mail address or name."),
        Field("controls", Kind.CODES, "Controls that it is to satisfy.", empty=()),
    ),
}
"""Every object of a plan file with its keys, in the order in which an export writes them."""
