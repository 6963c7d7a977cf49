"""Whom a text names after an @."""

from __future__ import annotations

from uuid import UUID

import pytest

from tminus.kernel.errors import Invalid
from tminus.runbook.domain.mention import MOST, Mentionable, mentions_in

DANA, DAN, TWIN, DBA, NET = (UUID(int=n) for n in range(1, 6))
KNOWN = (
    Mentionable(DANA, "user", ("Dana Ruiz", "dana.ruiz", "dana.ruiz@erp.example")),
    Mentionable(DAN, "user", ("Dan", "dan", "dan@erp.example")),
    Mentionable(TWIN, "user", ("Dan", "d.an", "d.an@other.example")),
    Mentionable(DBA, "team", ("DBA",)),
    Mentionable(NET, "team", ("NET-EU",)),
)


def named(text: str) -> tuple[set[tuple[UUID, str]], tuple[str, ...]]:
    found = mentions_in(text, KNOWN)
    return {(one.target, one.name) for one in found.found}, found.unknown


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("@Dana Ruiz, look", {(DANA, "Dana Ruiz")}),
        ("(@dana.ruiz)", {(DANA, "dana.ruiz")}),
        ("ask @dana.ruiz@erp.example.", {(DANA, "dana.ruiz@erp.example")}),
        ("@DBA and\n@net-eu: now!", {(DBA, "DBA"), (NET, "net-eu")}),
        ("@dba @DBA", {(DBA, "dba")}),
        ("@Dan", {(DAN, "Dan"), (TWIN, "Dan")}),  # both have that name: better told twice than not
    ],
)
def test_a_name_a_mail_address_and_a_teams_code_name_somebody(text: str, whom: set[tuple[UUID, str]]) -> None:
    assert named(text) == (whom, ())


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("@nobody!", ("nobody",)),
        ("@Dana, who?", ("Dana",)),  # a first name alone may be anybody's
        ("@DBA-2 @DBAs", ("DBA-2", "DBAs")),
        ("@x @x", ("x",)),
        ("write to dana.ruiz@erp.example, 5 @ 3, @@DBA, @ DBA", ()),
        ("<b>@dba2</b>", ("dba2",)),
    ],
)
def test_what_names_nobody_stays_text(text: str, unknown: tuple[str, ...]) -> None:
    assert named(text) == (set(), unknown)


def test_a_text_names_no_crowd() -> None:
    people = [Mentionable(UUID(int=n), "user", (f"p{n}",)) for n in range(1, 201)]
    some = mentions_in(" ".join(f"@p{n}" for n in range(1, MOST + 1)), people)
    assert len(some.of("user")) == MOST
    with pytest.raises(Invalid, match="names 200 people and teams; up to 20"):
        mentions_in(" ".join(f"@p{n}" for n in range(1, 201)), people)
