"""A night of four pilots, three approvers and sixty members against the running product, over HTTP and live.

People press opposite buttons, steps are blocked and fail, a critical control fails and is overridden by two, a gate
closes with a dissent, everything is held for a while, and in the end it is turned back. What must be so is read from
the log by code of its own.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from tests.api.test_live_channel import Listener
from tests.conftest import TestDatabase
from tests.night.crowd import APPROVERS, CONTROLLED, PILOTS, Crowd, gathered
from tests.night.ledger import Entry, Ledger, Tie
from tests.stack import Stack, eventually, running
from tminus.audit.queries import verify
from tminus.platform.clock import freeze
from tminus.platform.database import Database

BEGIN = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
DISSENT_AT = "GON-1090"
"""The gate that closes with a dissent."""
INCIDENTS = {1: "block", 4: "fail", 6: "race"}
"""What happens to every eighth step, by where it stands."""
BACK_OUT_AFTER = 40
"""So many steps are complete when it is turned back."""
LONGEST = 200
"""No night has more rounds."""
REFUSED = {403, 409, 422}


@dataclass(slots=True)
class Night:
    """One iteration, driven round by round; `answers` counts what the product answered."""

    crowd: Crowd
    database: Database
    iteration: str
    chance: random.Random
    now: datetime = BEGIN
    answers: Counter[int] = field(default_factory=Counter)
    races: int = 0
    did: Counter[str] = field(default_factory=Counter)
    incidents: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)

    @property
    def place(self) -> str:
        """Where the iteration is."""
        return f"/iterations/{self.iteration}"

    def pilot(self) -> str:
        """One of the pilots."""
        return self.chance.choice(PILOTS)

    def member(self, row: dict[str, Any]) -> str:
        """One of the step's team."""
        return self.chance.choice(self.crowd.teams[row["teamId"]])

    async def press(self, who: str, row: dict[str, Any], action: str, **body: Any) -> int:
        """Press a button of a step as it was seen."""
        return await self.post(
            who, f"{self.place}/steps/{row['code']}/{action}", version=row["version"], **body
        )

    async def post(self, who: str, path: str, **body: Any) -> int:
        """Send something; a fault of the server's is no answer."""
        answer = await self.crowd.post(who, path, **body)
        assert answer.status_code in {200, 201} | REFUSED, (path, answer.status_code, answer.text)
        self.answers[answer.status_code] += 1
        self.did[path.rsplit("/", 1)[1]] += answer.status_code < 300
        return answer.status_code

    async def board(self) -> dict[str, Any]:
        """The board as a pilot sees it."""
        found: dict[str, Any] = await self.crowd.get(PILOTS[0], f"{self.place}/board")
        return found

    async def wait(self, minutes: int) -> None:
        """Let time pass; the worker's ticker opens what it opens."""
        self.now += timedelta(minutes=minutes)
        async with self.database.engine.begin() as connection:
            await freeze(connection, self.now)

    async def round(self) -> bool:
        """Let everybody do what is theirs to do now; tell whether there was anything."""
        rows = (await self.board())["steps"]
        doing = [self._do(row) for row in rows if row["allowedActions"] or row["state"] == "verifying"]
        done = await asyncio.gather(*doing)
        return any(done)

    async def _do(self, row: dict[str, Any]) -> bool:
        match row["state"]:
            case "ready" if row["behaviour"] == "gate":
                return await self._decide(row)
            case "ready" if row["behaviour"] != "milestone":
                return await self.press(self.pilot(), row, "activate") == 200
            case "activated" if not row["takenAt"]:
                return await self.press(self.member(row), row, "taken") == 200
            case "activated":
                return await self.press(self.member(row), row, "start") == 200
            case "in_progress" | "verifying":
                return await self._work(row)
            case "blocked":
                return await self.press(self.member(row), row, "unblock") == 200
            case "failed":
                return await self.press(self.pilot(), row, "retry", reason="once more") == 200
        return False

    async def _work(self, row: dict[str, Any]) -> bool:
        who = self.member(row)
        step = await self.crowd.get(who, f"{self.place}/steps/{row['code']}")
        action = self._incident(row)
        if step["state"] == "in_progress" and action in ("block", "fail"):
            return await self.press(who, row, action, reason="it does not answer") == 200
        for task in step["tasks"]:
            if task["state"] == "open":
                await self.post(who, f"{self.place}/steps/{row['code']}/tasks/{task['code']}/done")
        if row["evidenceRequired"] and not row["evidenceCount"]:
            await self.post(who, f"{self.place}/steps/{row['code']}/evidence", kind="text", words="seen")
        if row["code"] == CONTROLLED and row["controlsOpen"]:
            return await self._control(row)
        if row["state"] == "verifying":
            return False
        row = next(one for one in (await self.board())["steps"] if one["code"] == row["code"])
        if action == "race":
            return await self._race(who, row)
        return await self.press(who, row, "complete") == 200

    def _incident(self, row: dict[str, Any]) -> str:
        """What happens to a step in its first attempt: settled by where it stands, whoever is faster that night."""
        if row["attempt"] > 1 or row["code"] in self.blocked:
            return ""
        found = INCIDENTS.get(row["position"] % 8, "")
        if found == "block":
            self.blocked.add(row["code"])
        return found

    async def _race(self, who: str, row: dict[str, Any]) -> bool:
        """Done and failed at the same moment: one wins, the other is told."""
        self.races += 1
        both = await asyncio.gather(
            self.press(who, row, "complete"), self.press(self.pilot(), row, "fail", reason="I saw an error")
        )
        assert sorted(both) == [200, 409], both
        return True

    async def _control(self, row: dict[str, Any]) -> bool:
        """The critical control fails, and is passed by order of two."""
        control = f"{self.place}/controls/C9001"
        if row["state"] != "verifying":
            finance = next(names for names in self.crowd.teams.values() if names[0].startswith("Fin"))
            await self.post(finance[0], f"{control}/fail", reason="one file cannot be read")
            return await self.press(self.member(row), row, "complete") == 200
        if "override" in self.incidents:
            return False
        self.incidents.add("override")
        assert await self.post(PILOTS[1], f"{control}/override", reason="the second copy can be read") == 200
        (asked,) = [
            one
            for one in await self._decisions()
            if one["kind"] == "second_signature" and one["status"] == "open"
        ]
        answer = f"/decisions/{asked['id']}/answer"
        assert await self.post(PILOTS[1], answer, answer="go", reason="mine") in REFUSED
        assert await self.post(PILOTS[2], answer, answer="go", reason="I looked too") == 200
        return True

    async def _decisions(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.crowd.get(PILOTS[0], f"{self.place}/decisions"))["items"]
        return found

    async def _decide(self, row: dict[str, Any]) -> bool:
        path = f"/decisions/{row['decisionId']}/answer"
        if row["code"] != DISSENT_AT:
            return (
                await self.post(self.chance.choice(APPROVERS), path, answer="go", reason="as planned") == 200
            )
        terms = await self.crowd.clients[PILOTS[0]].patch(
            f"/decisions/{row['decisionId']}", json={"quorum": 3}
        )
        assert terms.status_code == 200, terms.text
        said = [("go", "all are here"), ("no_go", "the line to Monterrey is slow"), ("go", "slow is enough")]
        answers = [
            self.post(who, path, answer=one, reason=why)
            for who, (one, why) in zip(APPROVERS, said, strict=True)
        ]
        assert await asyncio.gather(*answers) == [200, 200, 200]
        decision = await self.crowd.get(PILOTS[0], f"/decisions/{row['decisionId']}")
        assert (decision["outcome"], [a["user"] for a in decision["answers"] if a["dissent"]]) == (
            "go",
            ["Alan"],
        )
        self.incidents.add("dissent")
        return True

    async def hold(self, rows: list[dict[str, Any]]) -> None:
        """Everything is held: nothing begins, what runs goes on."""
        assert await self.post(PILOTS[3], f"{self.place}/hold", reason="a storm over Bothell") == 200
        tried = [self.press(self.pilot(), row, "start") for row in rows]
        assert set(await asyncio.gather(*tried)) == {409}
        assert await self.post(PILOTS[0], f"{self.place}/resume") == 200
        self.incidents.add("hold")

    async def turn_back(self) -> None:
        """There is no way forward any more."""
        path = f"{self.place}/back-out"
        assert await self.post(PILOTS[1], path, reason="the stock is wrong") == 200
        self.incidents.add("back-out")


async def test_a_night_of_sixty_seven_people_keeps_every_rule(
    db: TestDatabase, database: Database, tmp_path: Path
) -> None:
    async with AsyncExitStack() as closing:
        stack = closing.enter_context(running(db, tmp_path))
        async with database.engine.begin() as connection:
            await freeze(connection, BEGIN)
        crowd = await closing.enter_async_context(gathered(database, stack))
        night = await _started(crowd, database)
        listeners = await _listening(closing, crowd, night, stack)
        await _played(night)
        await _proven(night, stack, listeners)


async def _started(crowd: Crowd, database: Database) -> Night:
    body = {
        "planVersionId": str(crowd.version_id),
        "name": "CUTOVER",
        "kind": "cutover",
        "plannedStart": BEGIN.isoformat(),
    }
    made = await crowd.post(PILOTS[0], "/iterations", **body)
    assert made.status_code == 201, made.text
    night = Night(crowd, database, made.json()["iteration"]["id"], random.Random(7))
    assert await night.post(PILOTS[0], f"{night.place}/schedule") == 200
    assert await night.post(PILOTS[0], f"{night.place}/start", comms="on") == 200
    return night


async def _listening(closing: AsyncExitStack, crowd: Crowd, night: Night, stack: Stack) -> list[Listener]:
    listeners = []
    for name in (*PILOTS, *APPROVERS, *(names[0] for names in crowd.teams.values())):
        listener = Listener()
        await listener.open(stack.base_url, crowd.cookies[name])
        closing.push_async_callback(listener.client.disconnect)
        what = {"migrationId": str(crowd.migration_id), "iterationId": night.iteration, "after": 0}
        assert (await listener.subscribe(**what))["ok"]
        listeners.append(listener)
    return listeners


async def _played(night: Night) -> None:
    for _ in range(LONGEST):
        await night.round()
        await night.wait(10)
        board = await night.board()
        waiting = [row for row in board["steps"] if row["state"] in ("ready", "activated")]
        startable = [row for row in waiting if row["behaviour"] == "work"]
        counts = board["iteration"]["progress"]["counts"]
        if "hold" not in night.incidents and night.did["complete"] > 10 and startable:
            await night.hold(startable)
        if night.incidents == {"override", "dissent", "hold"} and counts.get("complete", 0) > BACK_OUT_AFTER:
            await night.turn_back()
        elif "back-out" in night.incidents and not set(counts) - {"complete", "skipped", "cancelled"}:
            break
    assert await night.post(PILOTS[0], f"{night.place}/complete") == 200
    assert await night.post(PILOTS[0], f"{night.place}/close") == 200
    assert (await night.board())["iteration"]["state"] == "closed"
    assert night.incidents == {"override", "dissent", "hold", "back-out"}
    assert night.races >= 3
    assert min(night.did[one] for one in ("block", "unblock", "fail", "retry", "complete")) >= 3, night.did


async def _proven(night: Night, stack: Stack, listeners: list[Listener]) -> None:
    entries, ties = await _log(night)
    assert Ledger(ties).replay(entries) == []
    verdict = await verify(night.database)
    assert (verdict.finding_count, verdict.evaluated) == (0, True)
    head = entries[-1].seq
    for listener in listeners:
        await eventually(lambda one=listener: one.events and one.events[-1]["seq"] == head, 30)
        assert [e["prev"] for e in listener.events] == [0, *(e["seq"] for e in listener.events[:-1])]
    await _messages_as_settled(night, stack, entries)
    board = await night.board()
    told = {
        entry.step: entry for entry in entries if entry.type.startswith("step.") and "version" in entry.after
    }
    for row in board["steps"]:
        if row["code"] in told:
            assert told[row["code"]].after["version"] == row["version"], row["code"]


_ENTRIES = text(
    """
    SELECT e.seq, e.at, e.type, e.actor, s.code, e.detail FROM event_log AS e
    LEFT JOIN iteration_steps AS s ON s.id = e.step_id WHERE e.iteration_id = :iteration ORDER BY e.seq
    """
)
_TIES = text(
    """
    SELECT p.code AS before, s.code AS after, d.kind, d.lag_seconds, sc.rollback AND NOT pc.rollback AS back
    FROM iteration_dependencies AS d
    JOIN iteration_steps AS p ON p.id = d.predecessor_id JOIN iteration_chapters AS pc ON pc.id = p.chapter_id
    JOIN iteration_steps AS s ON s.id = d.successor_id JOIN iteration_chapters AS sc ON sc.id = s.chapter_id
    WHERE d.iteration_id = :iteration
    """
)


async def _log(night: Night) -> tuple[list[Entry], list[Tie]]:
    of = {"iteration": UUID(night.iteration)}
    async with night.database.read() as connection:
        entries = [
            Entry(
                row.seq,
                row.at,
                row.type,
                row.actor,
                row.code,
                row.detail.get("before", {}),
                row.detail.get("after", {}),
                row.detail.get("sentence", ""),
            )
            for row in await connection.execute(_ENTRIES, of)
        ]
        ties = [
            Tie(r.before, r.after, r.kind, r.lag_seconds, r.back) for r in await connection.execute(_TIES, of)
        ]
    return entries, ties


_OUTBOX = text(
    "SELECT occasion, recipient, status, message_id, step_id FROM outbox WHERE iteration_id = :iteration"
)


async def _messages_as_settled(night: Night, stack: Stack, entries: list[Entry]) -> None:
    """Everything was sent, once; each activation told its whole team."""

    async def all_sent() -> list[Any]:
        async with night.database.read() as connection:
            rows = (await connection.execute(_OUTBOX, {"iteration": UUID(night.iteration)})).all()
        return [] if any(row.status in ("queued", "sending") for row in rows) else list(rows)

    rows = await eventually(all_sent, 120)
    assert Counter(row.status for row in rows) == {"sent": len(rows)}
    taken = Counter(str(mail["Message-ID"]) for mail in stack.mailbox.mails)
    assert {row.message_id: 1 for row in rows} == {
        key: taken[key] for key in (row.message_id for row in rows)
    }
    activated = sum(entry.type == "step.activated" for entry in entries)
    assert (
        sum(row.occasion == "activated" for row in rows) == activated * 5
    )  # four members and the team's address
