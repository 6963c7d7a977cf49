"""The columns of a runsheet table, described once: the reader, both writers and the reference follow this.

A table holds a whole plan: each row is one thing, its column *Kind* says which (a step where it says nothing).
Other programs call the same columns otherwise; their words are the aliases.
"""

from __future__ import annotations

from dataclasses import dataclass

WORK = ("step", "task")
GROUPS = ("macroPhase", "chapter")
NAMED = ("team", "application", "environment", "environmentRole", "type", "control", *GROUPS, *WORK)
CODED = ("migration", *NAMED)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `field` is its name in `StagedRow` (`after` for links), `kinds` whose rows it speaks of.

    `aliases` are other programs' and languages' words for it, divided by semicolons.
    """

    field: str
    heading: str
    kinds: tuple[str, ...]
    meaning: str
    aliases: str = ""


COLUMNS = (
    Column(
        "kind",
        "Kind",
        (),
        "What the row is: plan, migration, team, application, environment, environment role, type, control, "
        "macro-phase, chapter, step or task. Blank, or no such column: a step.",
        "row kind; record type; art der zeile; nature",
    ),
    Column(
        "number",
        "#",
        (),
        "The sheet's own numbering, which `#12` among the predecessors means. Where no column holds codes, "
        "the numbers are the codes. An export has no such column.",
        "no; nr; n°; number; nummer; numéro; row; row id; row number; line; lfd nr; pos; seq; sequence; id; task id; "
        "step no; step number; task no; task number; unique id; activity id; item",
    ),
    Column(
        "code",
        "Code",
        CODED,
        "Code, unique in the plan; of the migration its key.",
        "step code; task code; key; step id; reference; ref; kürzel; schlüssel; kennung",
    ),
    Column(
        "name",
        "Name",
        ("plan", *CODED),
        "Name, as people know it; of a task its title.",
        "title; task name; step name; task; activity; activity name; action; subject; summary; primary column; "
        "bezeichnung; titel; vorgangsname; vorgang; aufgabe; schritt; tätigkeit; nom; titre; tâche; étape; "
        "nom de la tâche; libellé",
    ),
    Column(
        "type",
        "Type",
        ("step",),
        "Code of the step's type, as in `TRT`; blank is `TRT`.",
        "step type; task type; typ; schritttyp; type d'étape; type de tâche",
    ),
    Column(
        "phase",
        "Macro-phase",
        ("chapter", "step"),
        "Code or name of the macro-phase it stands in.",
        "phase; stream; workstream; macro time sequence; hauptphase; macrophase; étape majeure",
    ),
    Column(
        "parent",
        "Chapter",
        ("step",),
        "Code or name of the chapter it stands in.",
        "sub stream; substream; section; group; task group; time sequence; kapitel; abschnitt; gruppe; chapitre; "
        "groupe",
    ),
    Column(
        "step",
        "Step",
        ("task",),
        "Code of the step that a task belongs to; blank: the step above it.",
        "of step; parent step; parent task",
    ),
    Column(
        "team",
        "Team",
        WORK,
        "Code or name of the team that does it; of a task only where it is not the step's.",
        "assigned team; assigned team name; runbook team; assigned to; owner; owner team; primary team; "
        "responsible; responsible team; resource names; resources; assignee; zuständig; verantwortlich; "
        "ressourcennamen; équipe; responsable; noms ressources",
    ),
    Column(
        "duration_seconds",
        "Duration",
        ("step",),
        "How long it takes: `45m`, `2h 30m`, `1h30`, `1.5h`, `01:30`; a bare number is minutes, unless the heading "
        "says hours, seconds or days.",
        "planned duration; estimated duration; estimate; effort; dauer; geplante dauer; durée; durée prévue; "
        "scheduled duration; dur",
    ),
    Column(
        "after",
        "Predecessors",
        (*GROUPS, "step"),
        "What comes first, divided by `,` `;` `|` or line breaks: `TRT-12`, `14FS+2h`, `TRT-12SS-15m`; `#12` is "
        "the row with that number. Without a kind it is FS, without a lag there is none.",
        "predecessor; pred; predecessor ids; depends on; dependencies; dependency; after; waits for; vorgänger; "
        "abhängig von; prédécesseurs; prédécesseur; dépend de",
    ),
    Column(
        "before",
        "Successors",
        (*GROUPS, "step"),
        "What comes after it. Only a hint, as the predecessors are what counts; an export has no such column.",
        "successor; successor ids; nachfolger; successeurs",
    ),
    Column(
        "instructions",
        "Instructions",
        WORK,
        "How it is done; plain text, line breaks are kept.",
        "notes; details; comments; how; procedure; command; notizen; anweisung; anleitung; consignes; "
        "remarques; remarks",
    ),
    Column(
        "impacted_teams",
        "Impacted teams",
        ("step",),
        "Teams it affects that do not do it, divided by `,` `;` or line breaks.",
        "impacted team; affected teams; informed; betroffene teams; équipes impactées",
    ),
    Column("labels", "Labels", ("step",), "Words to find it by, divided so too.", "tags; label; stichworte"),
    Column(
        "applications",
        "Applications",
        ("step",),
        "Codes of the applications it concerns, divided so too.",
        "application; system; systems; systeme; anwendung; anwendungen",
    ),
    Column(
        "environment",
        "Environment",
        ("step",),
        "Role of the environment it is done on, as in `TARGET`.",
        "environment role; umgebung; environnement",
    ),
    Column(
        "scope",
        "Scope",
        ("step",),
        "Kinds of iteration, or iterations by name, that it is part of; blank: all.",
        "iterations; in scope of; umfang",
    ),
    Column(
        "auto_activate",
        "Auto-activate",
        ("step",),
        "`yes`: its team is told as soon as it is ready.",
        "autoactivate; auto start; automatic",
    ),
    Column(
        "point_of_no_return",
        "Point of no return",
        ("step",),
        "`yes`: from here on there is no way back.",
        "ponr; pnr",
    ),
    Column(
        "evidence_required",
        "Evidence required",
        ("step",),
        "`yes`: not complete before somebody has shown evidence.",
        "evidence; evidence needed; nachweis; preuve",
    ),
    Column(
        "not_before",
        "Not before",
        ("step",),
        "Planned no earlier: `T+14h`, from the planned start on, or `Sun 06:00`, by the week's clock.",
        "earliest start; start no earlier than; nicht vor; frühester beginn; pas avant",
    ),
    Column(
        "fixed_start",
        "Fixed start",
        ("step",),
        "Locked until then, written so too.",
        "planned fixed time; planned fixed date; fixed time; fixed date; start fixed; fester beginn; "
        "début fixe; must start on",
    ),
    Column(
        "undoes",
        "Undoes",
        ("step",),
        "Codes of the steps it takes back, where it stands in a rollback chapter; divided as teams are.",
        "undo; reverses; backs out; rolls back; macht rückgängig; annule",
    ),
    Column(
        "rollback",
        "Rollback",
        ("chapter",),
        "`yes`: its steps sleep until a back-out wakes them.",
        "backout; rückfall",
    ),
    Column(
        "required",
        "Required",
        ("task",),
        "`no`: the step can be complete without it. Blank is `yes`.",
        "mandatory; pflicht; obligatoire",
    ),
    Column(
        "nominee",
        "Nominee",
        ("task",),
        "Who is meant to do it: mail address or name.",
        "nominated user; assigned user; person",
    ),
    Column(
        "controls", "Controls", ("task",), "Codes of the controls it is to satisfy.", "associated controls"
    ),
    Column(
        "description",
        "Description",
        ("plan", "migration", "control"),
        "What it is about. In a table without *Kind* these are a step's instructions.",
        "beschreibung; task description; step description",
    ),
    Column("producer", "Producer", ("control",), "Team that produces the evidence.", "producer team"),
    Column("validator", "Validator", ("control",), "Team that validates it.", "validator team"),
    Column("critical", "Critical", ("control",), "`yes`: it holds its step until it has passed.", "kritisch"),
    Column(
        "behaviour",
        "Behaviour",
        ("type",),
        "How its steps act: work, checkpoint, gate or milestone.",
        "behavior; verhalten",
    ),
    Column("email", "Email", ("team",), "Address its messages go to.", "e-mail; mail; email address"),
    Column("phone", "Phone", ("team",), "Number to call when mail goes unread.", "telephone; telefon"),
    Column(
        "zone", "Zone", ("migration",), "IANA time zone its people think in.", "time zone; timezone; zeitzone"
    ),
)
"""Every column, in the order in which an export writes them."""

READ_ONLY = frozenset({"number", "before"})
"""Fields that are read and never written."""

BY_FIELD = {column.field: column for column in COLUMNS}

WRITTEN = tuple(column for column in COLUMNS if column.field not in READ_ONLY)

NOT_OF_PLAN = (
    "state; status; attempt; progress; % complete; percent complete; percentage complete; % abgeschlossen; "
    "planned start; planned end; planned finish; planned start time; planned end time; forecast start; forecast end; "
    "actual start; actual end; actual finish; actual duration; baseline start; baseline end; baseline finish; "
    "start; end; finish; start date; end date; finish date; start time; end time; delay; reason; completion type; "
    "planned due date; planned due time; tatsächlicher beginn; tatsächliches ende; anfang; ende; beginn; début; fin"
)
"""Headings of what happened or is reckoned: known, and left aside, for it is not the plan that says it."""


FIELDS = tuple(column.field for column in COLUMNS)
"""Names of the fields, for who says which column is which."""
