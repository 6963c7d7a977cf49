"""Personal links over HTTP: one person, one decision, once, while it is open; and nothing told to whoever guesses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from tests.api.door import client_for, settings_for
from tests.api.test_sign_in import tried
from tests.world import NIGHT, World, plan_of, step
from tminus.runbook.api.decision_links import A_MINUTE
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.decision_ask import AskPoll, ask_poll
from tminus.runbook.commands.decision_extend import Extend, extend
from tminus.runbook.commands.decision_remind import Remind, remind
from tminus.runbook.commands.decision_withdraw import Withdraw, withdraw
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.decision import Answer

DUE = NIGHT + timedelta(minutes=30)
API = "/api/v1/decision-links"


@pytest.fixture
async def browser(world: World, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that nobody is signed in with."""
    async with client_for(world, settings_for(tmp_path)) as client:
        yield client


async def ask(world: World, *who: str) -> UUID:
    """A poll of these people."""
    iteration = await world.iteration(plan_of(step("TRT-1")))
    voters = [(world.people[one].id, "owner") for one in who]
    command = AskPoll(iteration, "Go live?", "All green.", voters, len(who), DUE)  # type: ignore[arg-type] # all have keys
    return (await ask_poll(world.services, Caller(world.people["Priya"]), command)).decision_id


async def links(world: World, who: str) -> list[str]:
    """The secrets somebody was mailed, the oldest first."""
    query = text(
        "SELECT body_text FROM outbox WHERE recipient = :to AND body_text LIKE '%/decide#%' ORDER BY occasion"
    )
    async with world.database.read() as connection:
        found = await connection.execute(query, {"to": f"{who.lower()}@erp.example"})
        return [row.body_text.split("/decide#", 1)[1].split()[0] for row in found]


async def link(world: World, who: str) -> str:
    """The newest secret somebody was mailed."""
    return (await links(world, who))[-1]


async def look(browser: httpx.AsyncClient, token: str) -> httpx.Response:
    """Open a link, as its page does."""
    return await browser.post(f"{API}/look", json={"token": token})


async def say(browser: httpx.AsyncClient, token: str, answer: str = "go", **more: Any) -> httpx.Response:
    """Answer by a link."""
    body = {"token": token, "answer": answer, "reason": "All checked.", **more}
    return await browser.post(f"{API}/answer", json=body)


async def test_it_shows_the_question_takes_one_answer_and_is_dead_then(
    world: World, browser: httpx.AsyncClient
) -> None:
    await ask(world, "Dana", "Arno")
    token = await link(world, "Dana")
    shown = (await look(browser, token)).json()
    assert (shown["question"], shown["detail"], shown["name"], shown["as"]) == (
        "Go live?",
        "All green.",
        "Dana",
        "owner",
    )
    assert [one["name"] for one in shown["asked"]] == ["Arno", "Dana"]
    assert (shown["allowedAnswers"], shown["dead"]) == (["go", "no_go"], None)

    answered = await say(browser, token)
    assert answered.status_code == 200, answered.text
    dead = "This link was used at 21:30 CET: you answered go."
    assert (answered.json()["dead"], (await look(browser, token)).json()["dead"]) == (dead, dead)
    again = await say(browser, token, "no_go")
    assert (again.status_code, again.json()["code"]) == (409, "already_answered")
    assert again.json()["detail"].startswith("You have already answered go, at 21:30 CET")
    async with world.database.read() as connection:
        query = text("SELECT detail ->> 'sentence' FROM event_log WHERE type = 'decision.answered'")
        (sentence,) = (await connection.execute(query)).scalars()
    assert sentence == "Dana (owner) answered go to “Go live?”, by personal link: All checked."


async def test_what_opens_links_before_their_reader_uses_nothing_up(
    world: World, browser: httpx.AsyncClient
) -> None:
    await ask(world, "Dana")
    token = await link(world, "Dana")
    for path in (f"/decide#{token}", f"{API}/look", f"{API}/answer", f"{API}/{token}"):
        await browser.get(path)
        await browser.head(path)
    for _ in range(3):
        assert (await look(browser, token)).json()["dead"] is None
    assert (await say(browser, token)).status_code == 200


async def test_after_its_end_it_is_dead_and_says_so_until_the_deadline_is_extended(
    world: World, browser: httpx.AsyncClient
) -> None:
    key = await ask(world, "Dana")
    token = await link(world, "Dana")
    await world.at(DUE)
    assert "ended without a decision at 22:00 CET" in (await look(browser, token)).json()["dead"]
    late = await say(browser, token)
    assert (late.status_code, late.json()["code"]) == (409, "ended")
    await extend(world.services, Caller(world.people["Priya"]), Extend(key, DUE + timedelta(minutes=9)))
    assert (await say(browser, token)).status_code == 200


async def test_withdrawn_or_decided_it_is_dead_and_says_so(world: World, browser: httpx.AsyncClient) -> None:
    key = await ask(world, "Dana")
    token = await link(world, "Dana")
    await withdraw(world.services, Caller(world.people["Priya"]), Withdraw(key, "Wrong hour"))
    assert "withdrawn by Priya at 21:30 CET: Wrong hour" in (await look(browser, token)).json()["dead"]
    assert (await say(browser, token)).json()["code"] == "withdrawn"


async def test_who_answered_on_the_page_has_used_the_link_too(
    world: World, browser: httpx.AsyncClient
) -> None:
    key = await ask(world, "Dana", "Arno")
    token = await link(world, "Dana")
    answer = AnswerCommand(key, Answer.NO_GO, "Not yet.")
    await answer_decision(world.services, Caller(world.people["Dana"]), answer)
    assert (await look(browser, token)).json()["dead"].endswith("you answered no-go.")


async def test_an_unknown_link_tells_nothing_and_an_old_one_is_as_unknown_after_a_reminder(
    world: World, browser: httpx.AsyncClient
) -> None:
    key = await ask(world, "Dana")
    old = await link(world, "Dana")
    await remind(world.services, Caller(world.people["Priya"]), Remind(key))
    for token in ("A" * 43, old):
        for answer in (await look(browser, token), await say(browser, token)):
            assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
            assert "Go live?" not in answer.text
            assert "Dana" not in answer.text
    asked, reminded = await links(world, "Dana")
    assert asked == old
    assert (await look(browser, reminded)).status_code == 200


async def test_it_opens_nothing_else_and_dies_with_its_persons_rights(
    world: World, browser: httpx.AsyncClient
) -> None:
    key = await ask(world, "Dana")
    token = await link(world, "Dana")
    other = await browser.get(f"/api/v1/decisions/{key}", headers={"Authorization": f"Bearer {token}"})
    assert other.status_code == 401
    async with world.database.engine.begin() as connection:
        await connection.execute(
            text("DELETE FROM migration_roles WHERE user_id = :id"), {"id": world.people["Dana"].id}
        )
    gone = await look(browser, token)
    assert gone.status_code == 404
    assert "Go live?" not in gone.text
    assert (await say(browser, token)).status_code in (403, 404)


async def test_guessing_is_counted(world: World, browser: httpx.AsyncClient) -> None:
    await ask(world, "Dana")
    token = await link(world, "Dana")
    await tried(world, "decision-link:192.0.2.7", A_MINUTE)
    for answer in (await look(browser, token), await say(browser, token)):
        assert (answer.status_code, answer.json()["code"]) == (429, "too_many_attempts")


@pytest.mark.parametrize("reason", ["", "  ", "\u202ereversed", "x" * 2001])
async def test_a_reason_is_asked_for_and_bounded(
    world: World, browser: httpx.AsyncClient, reason: str
) -> None:
    await ask(world, "Dana")
    token = await link(world, "Dana")
    assert (await say(browser, token, reason=reason)).status_code == 422
    assert (await look(browser, token)).json()["dead"] is None
