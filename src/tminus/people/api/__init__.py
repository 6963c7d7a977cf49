"""Routes of people: coming in, tokens, the clock, users, migrations, roles, teams, substitutes."""

from fastapi import APIRouter

from tminus.people.api import door, migrations, own, substitutes, teams, users
from tminus.people.identify import PersonDep, current_person

__all__ = ["PersonDep", "current_person", "router"]

router = APIRouter()
for part in (door, own, users, migrations, teams, substitutes):
    router.include_router(part.router)
