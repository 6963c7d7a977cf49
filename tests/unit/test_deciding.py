"""What a decision comes to: its quorum, its majority, its dissent, and who may still answer. Each rule has its test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.people.domain.rights import Person, Role
from tminus.runbook.domain.deciding import majority, outcome_with
from tminus.runbook.domain.deciding_rules import (
    check_deadline,
    check_quorum,
    check_version,
    check_withdrawing,
)
from tminus.runbook.domain.decision import Answer, Decision, Given, Kind, Standing, Voter
from tminus.runbook.domain.decision_words import standing_words
from tminus.runbook.domain.electorate import answering, may_answer

NOW = datetime(2026, 11, 21, 1, 10, tzinfo=UTC)
HERE = UUID(int=7)
GO, NO = Answer.GO, Answer.NO_GO


def decision(*answers: Answer, quorum: int = 3, **more: object) -> Decision:
    """A poll with these answers, in this order."""
    said = tuple(Given(UUID(int=100 + n), f"P{n}", one, "Because.", NOW) for n, one in enumerate(answers))
    voters = tuple(Voter(UUID(int=100 + n), f"P{n}", "owner") for n in range(9))
    blank = Decision(
        uuid4(), HERE, uuid4(), None, Kind.POLL, "Go?", "", "named", quorum, None, NOW, UUID(int=1), "Priya",
        {}, None, None, None, None, None, None, None, 1, voters, said,
    )  # fmt: skip
    return replace(blank, **more)  # type: ignore[arg-type] # a test's own words


def person(key: int, *roles: Role, substituting: tuple[Person, ...] = ()) -> Person:
    """Somebody with roles here."""
    return Person(
        UUID(int=key), f"N{key}", roles={HERE: frozenset(roles)} if roles else {}, substituting=substituting
    )


def ask(
    one: Decision, user: int = 108, answer: Answer = GO, reason: str = "Green.", at: datetime = NOW
) -> Answer | None:
    """Let somebody answer."""
    return outcome_with(one, UUID(int=user), answer, reason, at, "Europe/Berlin")


@given(st.lists(st.sampled_from(Answer), min_size=1, max_size=30), st.integers(1, 30))
def test_it_closes_with_the_answer_that_reaches_the_quorum_and_the_majority_decides(
    answers: list[Answer], quorum: int
) -> None:
    *before, last = answers[:quorum]
    result = ask(decision(*before, quorum=quorum), user=999, answer=last)
    if len(answers) < quorum:
        assert result is None
        return
    for_it, against = answers[:quorum].count(GO), answers[:quorum].count(NO)
    assert result is (GO if for_it > against else NO)


@given(st.lists(st.sampled_from(Answer), min_size=1, max_size=30))
def test_the_order_of_answers_changes_nothing_and_opposites_mirror_but_in_a_tie(
    answers: list[Answer],
) -> None:
    assert majority(answers) is majority(list(reversed(answers)))
    mirrored = majority([NO if one is GO else GO for one in answers])
    tie = answers.count(GO) == answers.count(NO)
    assert (mirrored is majority(answers)) is tie
    if tie:
        assert majority(answers) is NO


@given(st.lists(st.sampled_from(Answer), min_size=1, max_size=9))
def test_dissent_is_every_answer_against_the_outcome_and_none_is_lost(answers: list[Answer]) -> None:
    closed = decision(*answers, outcome=majority(answers), closed_at=NOW)
    agreeing = [one for one in closed.answers if one not in closed.dissent]
    assert len(agreeing) + len(closed.dissent) == len(answers)
    assert all(one.answer is not closed.outcome for one in closed.dissent)
    assert len(agreeing) >= len(closed.dissent)


def test_each_person_answers_once() -> None:
    with pytest.raises(Refused, match=r"already answered no-go, at 02:10 CET") as refused:
        ask(decision(NO), user=100)
    assert refused.value.code == "already_answered"


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_a_reason_always(reason: str) -> None:
    with pytest.raises(Invalid, match="takes a reason"):
        ask(decision(), reason=reason)


def test_who_comes_after_it_closed_hears_who_decided_what_and_when() -> None:
    closed = decision(GO, NO, GO, outcome=GO, closed_at=NOW)
    with pytest.raises(
        Refused, match="already decided: go at 02:10 CET by P0 and P2; P1 said otherwise"
    ) as late:
        ask(closed)
    assert late.value.code == "already_decided"


def test_a_tie_says_that_it_is_one() -> None:
    assert "a tie is no-go" in standing_words(decision(GO, NO, outcome=NO, closed_at=NOW), NOW, "UTC")


def test_from_the_deadline_on_nobody_answers_and_it_stands_as_ended() -> None:
    due = decision(GO, deadline=NOW)
    assert due.standing(NOW - timedelta(microseconds=1)) is Standing.OPEN
    assert ask(due, at=NOW - timedelta(microseconds=1)) is None
    with pytest.raises(
        Refused, match="ended without a decision at 02:10 CET, with 1 of 3 answers"
    ) as refused:
        ask(due)
    assert refused.value.code == "ended"
    assert ask(replace(due, deadline=NOW + timedelta(minutes=5))) is None


def test_what_is_withdrawn_takes_no_answer() -> None:
    gone = decision(withdrawn_at=NOW, withdrawn_by="Priya", withdrawn_reason="Wrong question")
    with pytest.raises(Refused, match="withdrawn by Priya at 02:10 CET: Wrong question"):
        ask(gone)


def test_a_gates_decision_is_not_withdrawn_nor_is_what_is_decided() -> None:
    with pytest.raises(Refused, match="not withdrawn"):
        check_withdrawing(decision(kind=Kind.GATE), NOW, "UTC")
    with pytest.raises(Refused, match="already decided"):
        check_withdrawing(decision(GO, outcome=GO, closed_at=NOW, quorum=1), NOW, "UTC")
    check_withdrawing(decision(deadline=NOW), NOW, "UTC")


def test_no_more_answers_are_asked_for_than_people_can_give() -> None:
    check_quorum(2, 2)
    with pytest.raises(Invalid, match="3 answers are asked for, and only 2 people"):
        check_quorum(3, 2)


def test_a_deadline_lies_ahead_and_a_stale_version_is_refused() -> None:
    check_deadline(NOW + timedelta(seconds=1), NOW, "UTC")
    with pytest.raises(Invalid, match="has passed"):
        check_deadline(NOW, NOW, "UTC")
    check_version(decision(), 1)
    with pytest.raises(Refused, match="changed since you looked"):
        check_version(decision(), 2)


def test_a_poll_is_answered_by_those_who_are_named_alone() -> None:
    assert may_answer(person(100), decision())
    assert not may_answer(person(5, Role.PILOT, Role.APPROVER), decision())


def test_a_gate_is_answered_by_approvers_and_of_them_by_those_who_are_named() -> None:
    gate = decision(kind=Kind.GATE, voters=())
    assert may_answer(person(5, Role.APPROVER), gate)
    assert not may_answer(person(5, Role.PILOT), gate)
    named = replace(gate, voters=(Voter(UUID(int=6), "N6", "sponsor"),))
    assert may_answer(person(6, Role.APPROVER), named)
    assert not may_answer(person(6, Role.PILOT), named)
    assert not may_answer(person(5, Role.APPROVER), named)


def test_the_doer_never_signs_nor_who_only_stands_in_for_the_doer() -> None:
    wanted = decision(kind=Kind.SECOND_SIGNATURE, voters=(), quorum=1)
    doer = person(1, Role.PILOT)
    with pytest.raises(Forbidden, match="another person"):
        answering(doer, wanted)
    with pytest.raises(Forbidden, match="not a second person"):
        answering(person(2, substituting=(doer,)), wanted)
    assert answering(person(2, Role.APPROVER, substituting=(doer,)), wanted).name == "N2"
    other = person(3, Role.PILOT)
    assert answering(person(2, substituting=(doer, other)), wanted).name == "N2 for N3"
    with pytest.raises(Forbidden):
        answering(person(4, Role.MEMBER), wanted)
    with pytest.raises(Forbidden, match="by a person"):
        answering(Person(None, "cli:root", machine=True), wanted)
