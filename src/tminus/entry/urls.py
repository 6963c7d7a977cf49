"""Where the database is: the operator's own, or the embedded one that runs on this machine."""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.conninfo import conninfo_to_dict

from tminus.platform.postgres import Cluster, find_binaries
from tminus.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """The app's role, and the owner's for upgrades; with a single role both are the same."""

    app: str
    owner: str

    @property
    def app_role(self) -> str:
        """The name of the app's role."""
        return str(conninfo_to_dict(self.app).get("user") or "")


def embedded_cluster(settings: Settings) -> Cluster:
    """Return the embedded server of this TMINUS_HOME, running or not."""
    return Cluster(settings.home / "postgres", find_binaries(settings.pg_bin))


def database_urls(settings: Settings) -> DatabaseUrls:
    """Return the operator's URLs, else those of the embedded server.

    Raises `platform.postgres.errors.NotRunning` where it does not run.
    """
    if settings.database_url:
        app = settings.database_url.get_secret_value()
        owner = settings.owner_url.get_secret_value() if settings.owner_url else app
        return DatabaseUrls(app, owner)
    cluster = embedded_cluster(settings)
    return DatabaseUrls(cluster.app_url, cluster.owner_url)
