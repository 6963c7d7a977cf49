"""What the data model's page says in words: one sentence for each table, in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass

INTRODUCTION = """# The data model

Written by `make docs` from the tables the code declares (`src/tminus/**/store`,
`src/tminus/platform/tables.py`); a test compares. The words are those of the [glossary](glossary.md).

Two sides. The **canonical** side is what people plan: a plan, its versions, and what a version consists of; an
approved version never changes. The **instance** side is what happens: an iteration copies everything its
execution depends on and never looks back. Rows have a UUID as key; people see codes (`TRT-1010`). Beside both
stands the **log**: what the other tables say now, the log says how it came to be so."""


@dataclass(frozen=True, slots=True)
class Group:
    """Tables that are understood together."""

    title: str
    sentence: str
    tables: dict[str, str]


PEOPLE = Group(
    "People",
    "Who there is, and who may do what. Users are global; teams and roles belong to a migration.",
    {
        "users": "A person who can sign in.",
        "migrations": "The programme that owns plans, iterations and teams.",
        "migration_roles": "A person's role in a migration; one person may have several.",
        "teams": "A team of a migration; steps name it.",
        "team_members": "Who belongs to a team.",
        "substitutes": "Who stands in for whom in a migration, from when until when.",
        "passwords": "The Argon2id hash of the password of a person who has set one.",
    },
)

PLANS = Group(
    "Plans",
    "The canonical side: plan > macro-phase > chapter > step > task, the links between them, and what they name.",
    {
        "plans": "A plan by its name.",
        "plan_versions": "One version of a plan: a draft, approved, or superseded by a newer approved one.",
        "plan_imports": "How imports were kept before there were batches; nothing writes it any more.",
        "import_batches": "An import: its raw file, what was made of it, and whether it was committed or undone.",
        "import_files": "A file of an import: the one, or a member of its archive.",
        "import_rows": "A row as a file writes it; filled by COPY, and never changed.",
        "import_links": "A link as a file writes it.",
        "import_findings": "What is wrong with a row, or with a file, and what would mend it.",
        "import_things": "The plan as an import would leave it: what is committed is this.",
        "import_thing_links": "The links of the plan as an import would leave it.",
        "import_copied": "Rows of a runsheet that somebody copied in with psql, until an import takes them.",
        "import_changes": "What differs between the plan as it is and as an import would leave it.",
        "macro_phases": "The coarsest part of a version.",
        "chapters": "A part of a macro-phase; a rollback chapter sleeps until a back-out.",
        "steps": "What one team does, a gate, or a milestone.",
        "tasks": "One thing to tick off inside a step.",
        "step_dependencies": "What must be over (or begun) before a step may begin (or end).",
        "group_dependencies": "The same with a chapter or a macro-phase at one end, or at both.",
        "step_types": "A step type of the plan's own, on one of the behaviours.",
        "step_iteration_scope": "Kinds of iteration, or iterations by name, that a step is part of; none = all.",
        "step_impacted_teams": "A team that is affected by a step it does not do.",
        "step_applications": "An application that a step concerns.",
        "step_undoes": "A forward step that a step of a rollback chapter takes back.",
        "controls": "What has to be shown before it is believed: who produces the evidence, who validates it.",
        "task_controls": "A control that a task is to satisfy.",
        "applications": "A system that steps of the migration concern.",
        "environments": "A real place where things run.",
        "environment_roles": "What an environment is in a plan: SOURCE, TARGET.",
        "plan_edits": "One change to a draft, with what takes it back.",
        "plan_proposals": "A lesson from an iteration's step, put forward for the plan.",
    },
)

ITERATIONS = Group(
    "Iterations",
    "The instance side: one execution of an approved version, frozen when it is made.",
    {
        "iterations": "One execution: a rehearsal or the cutover, with its state and its counts.",
        "iteration_macro_phases": "A macro-phase as it was when the iteration was made.",
        "iteration_chapters": "A chapter as it was when the iteration was made.",
        "forecasts": "What will happen in an iteration, as it was reckoned last; volatile, not part of the log.",
        "chapter_schedules": "When a chapter is to run in this iteration: typed in, or as its steps give it.",
        "iteration_steps": "A step in this iteration: what it is, where it stands, and its times.",
        "iteration_step_texts": "A step's instructions, apart because they are long and never change.",
        "iteration_tasks": "A task in this iteration, and who ticked it when.",
        "iteration_dependencies": "A link between two steps of this iteration.",
        "step_attempts": "An attempt at a step that was tried again, kept as it ended.",
        "iteration_groups": "A chapter or macro-phase that links name: how far its steps are.",
        "iteration_step_undoes": "A forward step that a step of the way back takes back, in this iteration.",
        "iteration_group_dependencies": "A link of this iteration with a chapter or macro-phase at an end, or at both.",
        "iteration_controls": "A control as it was when the iteration was made, and where it stands.",
        "iteration_task_controls": "A control that a task of this iteration is to satisfy.",
        "iteration_environments": "Which environment a role is in this iteration.",
        "guards": "What else must be open before a step may begin, set by its source.",
        "decisions": "A question with who may answer it and its outcome; it closes a gate.",
        "decision_voters": "Who is asked by name, in which capacity, with the hash of a personal link.",
        "decision_answers": "One person's answer, with the reason.",
        "evidence": "What somebody showed for a step, a task or a control: words, an address, a file.",
        "comments": "What somebody said of a step or of the iteration; a shift's hand-over note.",
        "comment_mentions": "A person or team that a comment names.",
        "impediments": "What stands in the way: severity, owner, when it should be resolved.",
        "roll_calls": "A roll-call before T-0.",
        "roll_call_teams": "A team of a roll-call, and when it checked in.",
        "progress_points": "A point of the burn-up chart, written after each event that moved it.",
    },
)

LOG = Group(
    "Log and messages",
    "What happened, how far each reader has read, and what is to be sent.",
    {
        "stream_heads": "The newest number and hash of a stream; a command locks this row first.",
        "iteration_heads": "The newest number of an iteration inside its migration's stream.",
        "event_log": "What happened: append-only, numbered without gaps, chained by hashes.",
        "consumer_cursors": "How far a reader of all streams has come in each.",
        "outbox": "A message, written with the change it tells of, and what became of it.",
        "message_templates": "A version of the words of one kind of message, as somebody saved it.",
        "access_log": "Sign-ins and refusals; outside the chain.",
    },
)

PLATFORM = Group(
    "Sign-in and clock",
    "How Tminus knows who asks, and what time it is. Secrets are kept as their SHA-256 alone.",
    {
        "sessions": "A signed-in browser.",
        "sign_in_links": "A link that signs a person in, once.",
        "api_tokens": "A token for programs, shown once.",
        "sign_in_attempts": "Sign-in attempts counted by minute, to slow down guessing.",
        "idempotency_keys": "A request that was already carried out, so that a repeat gets the same answer.",
        "server_clock": "The one row that says how the server's clock differs from the wall's.",
    },
)

GROUPS = (PEOPLE, PLANS, ITERATIONS, LOG, PLATFORM)
