"""The expectation: who may do what, by the domain's own table, and the requests that ask for it.

Nothing here is read from the code that decides. A new route needs a row: `tests/api/test_rights_matrix.py` says which.
Each request is made so that it changes nothing, or the same again, for whoever may: a stale version, a code that is
taken, a draft that is there already. So all of them are asked of one and the same world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.api.rights_places import ROLES
from tminus.people.domain.rights import Right

ALL = frozenset(ROLES)
AT_WORK = frozenset({"member", "data_lead", "pilot"})
PILOT = frozenset({"pilot"})
ADMIN = frozenset({"admin"})
APPROVER = frozenset({"approver"})

# The rights table of the domain, right by right; `machine` is the command line.
TABLE: Mapping[Right, frozenset[str]] = {
    Right.SEE: ALL | {"admin", "machine"},
    Right.OWN_STEPS: AT_WORK,
    Right.ANY_STEP: PILOT,
    Right.ITERATIONS: PILOT | {"machine"},
    Right.SCHEDULE: PILOT,
    Right.PLANS: PILOT | {"machine"},
    Right.DATA: frozenset({"data_lead", "pilot"}),
    Right.ASK_ROLLBACK: frozenset({"data_lead", "pilot"}),
    Right.CONFIRM_ROLLBACK: APPROVER,
    Right.DECIDE: APPROVER,
    Right.SECOND_SIGNATURE: frozenset({"pilot", "approver"}),
    Right.FOLLOW_UP: frozenset({"data_lead", "pilot", "approver"}),
    Right.ADMINISTER: ADMIN | {"machine"},
}
WITHOUT_ROUTE = frozenset(
    {
        Right.ASK_ROLLBACK,
        Right.CONFIRM_ROLLBACK,
        Right.FOLLOW_UP,
    }
)
"""Rights that nothing asks for yet: what they say is shown by `GET /rights`, and decided by `may` alone."""
FOR_ANYBODY = frozenset(
    {
        "POST /sign-in",
        "POST /sign-in/password",
        "POST /sign-in/link",
        "POST /sign-out",
        "POST /decision-links/look",
        "POST /decision-links/answer",
    }
)
"""The door: no session is asked for."""
FOR_WHOEVER_IS_SIGNED_IN = frozenset(
    {
        "GET /session",
        "POST /session/password",
        "DELETE /session/password",
        "GET /tokens",
        "POST /tokens",
        "DELETE /tokens/{token_id}",
        "GET /rights",
        "GET /step-actions",
        "GET /plan-import-fields",
        "GET /clock",
        "POST /clock/advance",  # in a demo alone, and there by whoever is a pilot anywhere: tests of its own
        "GET /mails",  # in a demo alone
    }
)
"""What is one's own, or everybody's."""


@dataclass(frozen=True, slots=True)
class Row:
    """One request, and who may make it. `$name` in what it sends is the key of that thing in the place it is asked of.

    `shows` = who may gets an answer with this in it; who may not, one without. `anew` = whoever may has changed
    something, which is then made as it was. `once` = it is about no migration. Whoever has all the roles of
    `together` may too.
    """

    operation: str
    who: frozenset[str]
    fill: Mapping[str, str] = field(default_factory=dict)
    json: Any = None
    params: Mapping[str, str] = field(default_factory=dict)
    content: str | None = None
    stale: bool = False
    shows: str | None = None
    anew: bool = False
    once: bool = False
    together: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """How a failure names it."""
        filled = " ".join(f"{name}={value}" for name, value in self.fill.items())
        return f"{self.operation} {filled}{f' → {self.shows}' if self.shows else ''}".strip()


IN, M = "/iterations/{iteration_id}", "/migrations/{migration_id}"
STEP, VERSION = IN + "/steps/{code}", "/plan-versions/{version_id}"
SUBSTITUTES = f"{M}/substitutes"
FUTURE = {"from": "2036-01-01T00:00:00Z", "until": "2036-01-02T00:00:00Z"}
OF_TEAMS = ("start", "complete", "fail", "taken", "undo", "block", "unblock")
OF_PILOTS = ("activate", "skip", "retry", "reopen", "cancel", "override", "waive")
BULK = {"mode": "together"}
OLD = {"version": 999, "reason": "To see who may."}


def reads(operation: str, **more: Any) -> Row:
    """See: every role, and admins."""
    return Row(f"GET {operation}", ALL | ADMIN, **more)


def stands_in_for(absent: str, who: frozenset[str], **more: Any) -> Row:
    """Name a substitute; after the first time it is there already."""
    body = {"absentId": f"${absent}", "substituteId": "$idle", **FUTURE}
    return Row(f"POST {SUBSTITUTES}", who, json=body, **more)


def pressing(button: str, who: frozenset[str], step: str) -> Row:
    """Press a step's button at a version that is not its."""
    return Row(f"POST {STEP}/{{button}}", who, {"code": f"${step}", "button": button}, json=OLD)


def marking(mark: str, who: frozenset[str], step: str) -> Row:
    """Tick a task, at a version that is not its."""
    fill = {"code": f"${step}", "task_code": f"${step}-1", "mark": mark}
    return Row(f"POST {STEP}/tasks/{{task_code}}/{{mark}}", who, fill, json={"version": 999})


def showing(place: str, code: str, who: frozenset[str]) -> tuple[Row, ...]:
    """Show what shows nothing, for a step that was not begun or a control."""
    link, fill = {"kind": "link", "words": "javascript:alert(1)"}, {"code": f"${code}"}
    file = {"fileName": "a.exe"}
    return (
        Row(f"POST {place}/evidence", who, fill, json=link),
        Row(f"POST {place}/evidence/file", who, fill, params=file, content="x"),
    )


def validating(action: str, who: frozenset[str], control: str) -> Row:
    """Validate a control at a version that is not its."""
    fill = {"code": f"${control}", "action": action}
    return Row(f"POST {IN}/controls/{{code}}/{{action}}", who, fill, json=OLD)


def catalogue(kind: str, code: str) -> tuple[Row, ...]:
    """Applications, environments, their roles: plans are made of them, and they are the migration's."""
    entry = {"entry_id": f"${kind}"}
    keepers = PILOT | ADMIN
    return (
        reads(f"{M}/{kind}"),
        Row(f"POST {M}/{kind}", keepers, json={"code": code, "name": "Taken"}),
        Row(f"PATCH /{kind}/{{entry_id}}", keepers, entry, json={"name": "Stale"}, stale=True),
        Row(f"DELETE /{kind}/{{entry_id}}", keepers, entry),
    )


def opening_impediment(of: str, who: frozenset[str]) -> tuple[Row, ...]:
    """Open one for an owner who is nobody, and change the one that is there as nobody has seen it."""
    there = {"impediment_id": f"$impediment_{of}"}
    step = {} if of == "whole" else {"stepCode": f"${of}"}
    body = {"title": "Disk", "severity": "LOW", "ownerId": "$migration_id", **step}
    return (
        Row(f"POST {IN}/impediments", who, json=body),
        Row("PATCH /impediments/{impediment_id}", who, there, json={"title": "Stale"}, stale=True),
        Row(
            "POST /impediments/{impediment_id}/resolve", who, there, json={"resolution": "x", "version": 999}
        ),
        Row("POST /impediments/{impediment_id}/reopen", who, there, json={"reason": "x", "version": 999}),
    )


ROWS: tuple[Row, ...] = (
    # see
    reads("/migrations", shows="$migration_id"),
    reads(M),
    reads(f"{M}/people"),
    reads("/teams", params={"migrationId": "$migration_id"}),
    reads(SUBSTITUTES),
    reads(IN),
    reads(f"{IN}/board"),
    reads(STEP, fill={"code": "$own"}),
    reads(f"{IN}/events"),
    reads(f"{IN}/messages"),
    reads(f"{M}/message-templates"),
    reads(f"{M}/message-templates/{{occasion}}", fill={"occasion": "hold"}),
    Row(
        f"POST {M}/message-templates/{{occasion}}/preview",
        ALL | ADMIN,
        {"occasion": "hold"},
        json={"subject": "Hold", "body": "Stop."},
    ),
    Row(
        f"PUT {M}/message-templates/{{occasion}}",
        PILOT,
        {"occasion": "hold"},
        json={"subject": "Hold", "body": "Stop.", "seen": 999},
    ),
    Row(f"GET {STEP}/activation-message", PILOT, {"code": "$own"}),
    Row("POST /messages/{message_id}/resend", PILOT),
    Row("POST /messages/{message_id}/handled", PILOT, json={"note": "By phone."}),
    reads(f"{IN}/progress-history"),
    reads(f"{IN}/start-check"),
    reads(f"{IN}/end-check"),
    reads(f"{IN}/rollup"),
    reads(f"{IN}/forecast"),
    Row(f"POST {IN}/what-if", ALL | ADMIN, json={"suppositions": [{"what": "window"}]}),
    reads(f"{IN}/now"),
    reads("/plans", shows="$plan_id"),
    reads("/plans", params={"migrationId": "$migration_id"}),
    reads("/plans/{plan_id}/proposals"),
    reads("/plans/{plan_id}/rehearsals"),
    reads(VERSION),
    reads(f"{VERSION}/export"),
    reads(f"{VERSION}/export/left-out", params={"format": "msproject"}),
    reads(f"{IN}/export", params={"format": "csv"}),
    reads(f"{VERSION}/findings"),
    reads(f"{VERSION}/items/{{level}}/{{code}}", fill={"level": "step", "code": "$own"}),
    reads(f"{VERSION}/diff", params={"base": "$approved_id"}),
    reads(f"{VERSION}/schedule-effect", params={"base": "$approved_id"}),
    reads(f"{VERSION}/scope", params={"kind": "run"}),
    reads(f"{VERSION}/edits"),
    Row("GET /my-work", ALL, shows="$own"),  # what one's team has to do, and nobody else's
    # the own team's steps and tasks; any step
    *(pressing(button, AT_WORK, "own") for button in OF_TEAMS),
    *(pressing(button, PILOT, "other") for button in OF_TEAMS),
    *(pressing(button, PILOT, step) for button in OF_PILOTS for step in ("own", "other")),
    Row(
        f"POST {IN}/bulk",
        AT_WORK,
        json={"action": "start", "steps": [{"code": "$own", "version": 999}], **BULK},
    ),
    Row(
        f"POST {IN}/bulk",
        PILOT,
        json={"action": "start", "steps": [{"code": "$other", "version": 999}], **BULK},
    ),
    *(marking(mark, AT_WORK, "own") for mark in ("done", "undone", "fail", "not-applicable")),
    *(marking(mark, PILOT, "other") for mark in ("done", "undone", "fail", "not-applicable")),
    # evidence: the team that does the work, or has to do with the control; a pilot
    reads(f"{STEP}/evidence", fill={"code": "$own"}),
    *showing(STEP, "own", AT_WORK),
    *showing(STEP, "other", PILOT),
    *showing(f"{IN}/controls/{{code}}", "ours", AT_WORK),
    *showing(f"{IN}/controls/{{code}}", "theirs", PILOT),
    reads("/evidence/{evidence_id}/file"),
    Row(
        "POST /evidence/{evidence_id}/withdraw", PILOT, json={"reason": ""}
    ),  # the maker's, and why is not said
    # controls: the team that validates them; a pilot, who alone cancels, reopens and overrides
    reads(f"{IN}/controls"),
    *(validating(action, AT_WORK, "ours") for action in ("pass", "fail")),
    *(validating(action, PILOT, "theirs") for action in ("pass", "fail")),
    *(validating(action, PILOT, "ours") for action in ("cancel", "reopen", "override")),
    Row(f"POST {STEP}/proposals", AT_WORK, {"code": "$own"}, json={"lesson": "It takes longer."}),
    Row(f"POST {STEP}/proposals", PILOT, {"code": "$other"}, json={"lesson": "It takes longer."}),
    # the conversation: everybody who sees; what was said, whoever said it
    reads(f"{IN}/comments"),
    reads(f"{IN}/mentionables"),
    Row(f"POST {IN}/comments", ALL | ADMIN, json={"body": "x", "kind": "handover", "stepCode": "$own"}),
    Row("PATCH /comments/{comment_id}", frozenset(), json={"body": "Not mine"}, stale=True),
    Row("DELETE /comments/{comment_id}", frozenset()),
    # impediments: a step's team; a data lead of the whole iteration; a pilot of all
    reads(f"{IN}/impediments"),
    *opening_impediment("own", AT_WORK),
    *opening_impediment("other", PILOT),
    *opening_impediment("whole", frozenset({"data_lead", "pilot"})),
    # the roll-call: a pilot calls it; a team, or a pilot for it, answers
    reads(f"{IN}/roll-call"),
    Row(f"POST {IN}/roll-call", PILOT, json={}),
    Row(f"POST {IN}/roll-call/teams/{{team_id}}/here", AT_WORK, json={}),
    Row(f"POST {IN}/roll-call/teams/{{team_id}}/here", PILOT, {"team_id": "$other_team"}, json={}),
    Row(f"POST {IN}/roll-call/close", PILOT),
    # substitutes: a pilot for whoever is in a team and is no more than a pilot
    stands_in_for("idle_member", PILOT | ADMIN),
    stands_in_for("idle_lead", PILOT | ADMIN),
    stands_in_for("idle_approver", ADMIN, together=PILOT | APPROVER),
    Row(f"POST {SUBSTITUTES}/{{substitute_id}}/end", PILOT | ADMIN),
    # iterations
    Row(f"PATCH {IN}", PILOT, json={"dataVolume": 1}, stale=True),
    Row(
        "POST /iterations",
        PILOT,
        json={
            "planVersionId": "$version_id",  # a draft: none is made from it
            "name": "RUN2",
            "kind": "run",
            "plannedStart": "2026-11-21T20:30:00Z",
            "environments": {"TARGET": "PROD"},
        },
    ),
    *(
        Row(f"POST {IN}/{{button}}", PILOT, {"button": button}, json=OLD)
        for button in ("schedule", "start", "hold", "resume", "complete", "back-out", "abandon", "close")
    ),
    # the schedule: at a version that nobody has seen
    reads(f"{IN}/schedule"),
    reads(f"{IN}/schedule/export", params={"form": "page"}),
    Row(f"PUT {IN}/schedule", PILOT, json={"version": 999, "chapters": [{"chapterCode": "A1"}]}),
    Row(f"POST {IN}/schedule/preview", PILOT, json={"chapters": [{"chapterCode": "A1"}]}),
    Row(f"POST {IN}/schedule/shift", PILOT, json={"version": 999, "minutes": 5}),
    Row(f"POST {IN}/schedule/shift/preview", PILOT, json={"minutes": 5}),
    Row(f"POST {IN}/schedule/fit", PILOT, json={"version": 999}),
    Row(f"POST {IN}/schedule/derive", PILOT, json={"version": 999}),
    Row(f"POST {IN}/schedule/re-baseline", PILOT, json=OLD),
    Row(f"POST {M}/status", PILOT | ADMIN, json={"action": "fail", **OLD}),
    # plans
    Row("POST /plan-imports", PILOT, content="$file", params={"migrationId": "$migration_id"}),
    Row("GET /plan-imports/{import_id}/outline", PILOT),
    Row("GET /plan-imports/{import_id}/outline/steps", PILOT, params={"chapter": "A1"}),
    Row("POST /plan-imports/{import_id}/commit", PILOT),
    Row("GET /plan-imports", PILOT, params={"migrationId": "$migration_id"}),
    *(
        Row(f"GET /plan-imports/{{import_id}}{part}", PILOT)
        for part in ("", "/findings", "/changes", "/groups", "/quality", "/quality.csv")
    ),
    # An import that was carried out is decided on no more.
    Row("POST /plan-imports/{import_id}/accept", PILOT, json={"kinds": ["all"]}),
    Row("POST /plan-imports/{import_id}/mapping", PILOT, json={"columns": {}}),
    Row("POST /plan-imports/{import_id}/check", PILOT),
    Row("POST /plan-imports/{import_id}/undo", PILOT),
    Row("DELETE /plan-imports/{import_id}", PILOT),
    Row(f"POST {VERSION}/approve", PILOT, json={"version": 999}),
    Row("POST /plans/{plan_id}/drafts", PILOT, json={}),
    Row(f"DELETE {VERSION}", PILOT, {"version_id": "$approved_id"}),
    Row(
        f"POST {VERSION}/edits",
        PILOT,
        json={"edits": [{"op": "remove", "level": "step", "code": "NOBODY"}]},
    ),
    Row(f"POST {VERSION}/edits/{{number}}/undo", PILOT, {"number": "999"}),
    Row("POST /plans/{plan_id}/insights/{insight_id}/accept", PILOT, {"insight_id": "0" * 24}, json={}),
    Row(
        "POST /plans/{plan_id}/insights/{insight_id}/decline",
        PILOT,
        {"insight_id": "0" * 24},
        json={"reason": "No such insight."},
    ),
    Row("POST /plan-proposals/{proposal_id}/accept", PILOT, json={"versionId": "$version_id"}),
    Row("POST /plan-proposals/{proposal_id}/decline", PILOT, json={"reason": "It was declined before."}),
    *catalogue("applications", "SHOP"),
    *catalogue("environments", "PROD"),
    *catalogue("environment-roles", "TARGET"),
    # decisions
    Row(
        "POST /decisions/{decision_id}/answer", APPROVER, json={"answer": "no_go", "reason": "No."}, anew=True
    ),
    Row("GET /my-work", APPROVER, shows="$gate"),
    reads(f"{IN}/decisions"),
    reads("/decisions/{decision_id}"),
    Row(
        f"POST {IN}/decisions",  # a quorum nobody can reach: nothing is asked
        PILOT | APPROVER,
        json={"question": "Go?", "voters": [{"userId": "$idle_member", "role": "owner"}], "quorum": 9},
    ),
    Row("PATCH /decisions/{decision_id}", PILOT, json={"quorum": 1}, stale=True),
    Row("POST /decisions/{decision_id}/remind", PILOT, json={"version": 999}),
    Row(
        "POST /decisions/{decision_id}/extend",
        PILOT,
        json={"deadline": "2036-01-01T00:00:00Z", "version": 999},
    ),
    Row("POST /decisions/{decision_id}/withdraw", PILOT, json={"reason": "To see who may.", "version": 999}),
    # migrations, users, teams
    Row("POST /migrations", ADMIN, json={"key": "HERE", "name": "Taken"}, once=True),
    Row(f"PATCH {M}", ADMIN, json={"name": "Stale"}, stale=True),
    Row(
        f"PUT {M}/people/{{user_id}}/roles", ADMIN, {"user_id": "$idle"}, json={"roles": [], "was": ["pilot"]}
    ),
    Row(f"POST {M}/teams", ADMIN, json={"code": "DBA", "name": "Taken"}),
    Row("PATCH /teams/{team_id}", ADMIN, json={"name": "Stale"}, stale=True),
    Row("DELETE /teams/{team_id}", ADMIN),
    Row("PUT /teams/{team_id}/members", ADMIN, json={"userIds": [], "was": []}),
    Row(f"POST {M}/base-data", ADMIN, content="x", params={"dryRun": "true"}),
    Row("GET /users", ADMIN, once=True),
    Row("POST /users", ADMIN, json={"email": "idle@erp.example", "name": "Taken"}, once=True),
    Row("PATCH /users/{user_id}", ADMIN, {"user_id": "$idle"}, json={"name": "Stale"}, stale=True, once=True),
    Row("POST /users/{user_id}/sign-out", ADMIN, {"user_id": "$idle"}, once=True),
    Row("DELETE /users/{user_id}/password", ADMIN, {"user_id": "$idle"}, once=True),
    Row("POST /users/{user_id}/sign-in-link", ADMIN, {"user_id": "$idle"}, once=True),
)
