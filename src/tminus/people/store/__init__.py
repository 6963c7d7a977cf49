"""Tables and SQL of people: users, migrations, teams, memberships, roles, substitutes, passwords."""

from tminus.people.store.migration_rows import (
    find_migration,
    find_migration_id,
    update_migration,
)
from tminus.people.store.tables import (
    migration_roles,
    migrations,
    passwords,
    substitutes,
    team_members,
    teams,
    users,
)
from tminus.people.store.team_rows import (
    delete_team,
    find_team,
    members_of,
    save_members,
    teams_of,
    update_team,
)
from tminus.people.store.user_rows import (
    find_user,
    find_user_by_email,
    is_in_a_team,
    other_admins,
    roles_of,
    save_roles,
    update_user,
)

__all__ = [
    "delete_team",
    "find_migration",
    "find_migration_id",
    "find_team",
    "find_user",
    "find_user_by_email",
    "is_in_a_team",
    "members_of",
    "migration_roles",
    "migrations",
    "other_admins",
    "passwords",
    "roles_of",
    "save_members",
    "save_roles",
    "substitutes",
    "team_members",
    "teams",
    "teams_of",
    "update_migration",
    "update_team",
    "update_user",
    "users",
]
