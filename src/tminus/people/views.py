"""What other slices may join: who and which team, never the rights behind them."""

from __future__ import annotations

from sqlalchemy import select

from tminus.people import store

migrations = select(
    store.migrations.c.id, store.migrations.c.key, store.migrations.c.name, store.migrations.c.zone
).subquery("migration")
teams = select(
    store.teams.c.id,
    store.teams.c.migration_id,
    store.teams.c.code,
    store.teams.c.name,
    store.teams.c.email,
    store.teams.c.phone,
).subquery("team")
users = select(store.users.c.id, store.users.c.name, store.users.c.email).subquery("person")
team_members = select(store.team_members.c.team_id, store.team_members.c.user_id).subquery("membership")
