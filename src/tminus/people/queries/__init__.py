"""What screens and the door ask of people."""

from tminus.people.queries.people import (
    leaving,
    list_members,
    list_users,
    migration_id_by_key,
    one_user,
    people_here,
    person_here,
    user_id_by_email,
)
from tminus.people.queries.substitutes import acting_for, list_substitutes, one_substitute
from tminus.people.queries.teams import list_teams, one_team
from tminus.people.queries.who import (
    TokenUse,
    newest_about_people,
    person_by_email,
    person_by_id,
    person_by_session,
    person_by_token,
)

__all__ = [
    "TokenUse",
    "acting_for",
    "leaving",
    "list_members",
    "list_substitutes",
    "list_teams",
    "list_users",
    "migration_id_by_key",
    "newest_about_people",
    "one_substitute",
    "one_team",
    "one_user",
    "people_here",
    "person_by_email",
    "person_by_id",
    "person_by_session",
    "person_by_token",
    "person_here",
    "user_id_by_email",
]
