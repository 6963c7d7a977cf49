"""The columns of base data, described once: the reader and its sentences follow this."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tminus.runbook.domain.base_data.said import BaseKind
from tminus.runbook.readers.table.columns_guess import fold

PERSON, TEAM = BaseKind.USER, BaseKind.TEAM
PLACES = (BaseKind.APPLICATION, BaseKind.ENVIRONMENT, BaseKind.ENVIRONMENT_ROLE)
KIND = "kind"
"""The column that says what a row is; its other words are few, since *Type* means something else in most tables."""
KEY = "key"


@dataclass(frozen=True, slots=True)
class BaseColumn:
    """One column: `field` is its name in `Said.values` (or `key`), `kinds` whose rows it speaks of.

    `aliases` are other words for it, divided by semicolons.
    """

    field: str
    heading: str
    kinds: tuple[BaseKind, ...]
    aliases: str = ""


COLUMNS = (
    BaseColumn(KIND, "Kind", tuple(BaseKind), "row kind; record type; art"),
    BaseColumn(
        KEY, "Email", (PERSON,), "e-mail; mail; email address; mail address; e-mail-adresse; login; courriel"
    ),
    BaseColumn(KEY, "Code", (TEAM,), "team code; team; team key; key; id; kürzel"),
    BaseColumn(
        KEY,
        "Code",
        (BaseKind.APPLICATION,),
        "application code; application; app; app code; system; key; id; anwendung; kürzel",
    ),
    BaseColumn(
        KEY, "Code", (BaseKind.ENVIRONMENT,), "environment code; environment; env; key; id; umgebung; kürzel"
    ),
    BaseColumn(KEY, "Code", (BaseKind.ENVIRONMENT_ROLE,), "environment role; role code; key; id; kürzel"),
    BaseColumn("name", "Name", (PERSON,), "full name; person; user; display name; user name; nom"),
    BaseColumn("name", "Name", (TEAM,), "team name; teamname; nom"),
    BaseColumn(
        "name", "Name", (BaseKind.APPLICATION,), "application name; app name; system name; bezeichnung"
    ),
    BaseColumn("name", "Name", (BaseKind.ENVIRONMENT,), "environment name; env name; bezeichnung"),
    BaseColumn("name", "Name", (BaseKind.ENVIRONMENT_ROLE,), "role name; environment role name; bezeichnung"),
    BaseColumn("email", "Email", (TEAM,), "e-mail; mail; shared mailbox; mailbox; email address; team email"),
    BaseColumn("phone", "Phone", (PERSON, TEAM), "telephone; telefon; mobile; phone number; téléphone"),
    BaseColumn(
        "roles", "Roles", (PERSON,), "role; role in the migration; rights; rolle; rollen; rôle; rôles"
    ),
    BaseColumn("teams", "Teams", (PERSON,), "team; team code; team codes; member of; équipe; équipes"),
)
"""Every column; one heading may mean another thing in rows of another kind."""

_KINDS = {
    BaseKind.TEAM: "team; teams; équipe; équipes",
    BaseKind.USER: "user; users; person; persons; people; member; members; benutzer; personen; utilisateurs",
    BaseKind.APPLICATION: "application; applications; app; apps; system; systems; anwendung; anwendungen",
    BaseKind.ENVIRONMENT: "environment; environments; env; envs; umgebung; umgebungen; environnements",
    BaseKind.ENVIRONMENT_ROLE: "environment role; environment roles; env roles; umgebungsrollen",
}


@cache
def kind_words() -> dict[str, BaseKind]:
    """Return every word for a kind, as sheets, files and the column *Kind* write it, folded."""
    return {fold(word): kind for kind, words in _KINDS.items() for word in words.split(";")}


@cache
def words_of(kind: BaseKind) -> dict[str, str]:
    """Return every heading of a kind's rows, folded, with its field; a column's own heading wins over aliases."""
    mine = [column for column in COLUMNS if kind in column.kinds]
    aliases = {fold(alias): one.field for one in mine for alias in one.aliases.split(";")}
    return aliases | {fold(one.heading): one.field for one in mine}
