"""Who plays in the demo: seven people to sign in as, and one in each team beside them."""

from __future__ import annotations

from dataclasses import dataclass

from tminus.people.domain.rights import Role


@dataclass(frozen=True, slots=True)
class Character:
    """One of the seven: what the terminal calls them, and what they are in both migrations."""

    label: str
    name: str
    email: str
    roles: tuple[Role, ...]
    teams: tuple[str, ...] = ()
    admin: bool = False


CAST = (
    Character("pilot", "Priya Nair", "priya@adventure-works.example", (Role.PILOT,)),
    Character("second pilot", "Marco Rossi", "marco@adventure-works.example", (Role.PILOT,)),
    Character("member of the DBA team", "Dana Kim", "dana@adventure-works.example", (Role.MEMBER,), ("DBA",)),
    Character("data lead", "Lena Vogt", "lena@adventure-works.example", (Role.DATA_LEAD,), ("DATA",)),
    Character("approver", "Arno Dekker", "arno@adventure-works.example", (Role.APPROVER,)),
    Character("viewer", "Vera Lindqvist", "vera@adventure-works.example", (Role.VIEWER,)),
    Character("admin", "Adam Osei", "adam@adventure-works.example", (), admin=True),
)

EXTRAS = (
    "Aiko Tanaka", "Ben Carter", "Carla Mendes", "Dev Patel", "Elif Kaya", "Felix Brandt", "Grace Obi",
    "Hugo Laurent", "Ines Costa", "Jonas Berg", "Kira Novak", "Liam Doyle", "Mina Rahimi", "Noah Weiss",
    "Olga Petrova", "Pavel Horak", "Quinn Avery", "Rosa Marin", "Sven Dahl", "Tara Singh", "Uma Iyer",
    "Viktor Blom", "Wanda Krol", "Yusuf Demir", "Zoe Martin",
)  # fmt: skip
"""One for each team, in the teams' order, so that every step has a name beside it."""


def extra_email(name: str) -> str:
    """Return an extra's address."""
    return f"{name.split()[0].lower()}@adventure-works.example"
