"""The doctor's look at the database: the embedded one's programs and folder, and any one's roles and version.

Nothing is started, made or changed. No finding ever holds a password.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from tminus.kernel.errors import TminusError
from tminus.platform.postgres.binaries import find_binaries
from tminus.platform.postgres.cluster import Cluster
from tminus.platform.postgres.connections import examine_connections
from tminus.platform.postgres.finding import Finding
from tminus.platform.postgres.initdb import check_version
from tminus.platform.postgres.sockets import is_free, port_in_use

GIGABYTE = 1024**3
DISK_WARNING = 5 * GIGABYTE
DISK_ERROR = GIGABYTE // 2


def examine(
    *,
    folder: Path,
    app_url: str | None = None,
    owner_url: str | None = None,
    pg_bin: Path | None = None,
    pg_port: int | None = None,
) -> list[Finding]:
    """Look at the database that these settings mean, and say what was found.

    With `app_url` (TMINUS_DATABASE_URL) that is a server of the user's own, with `owner_url`
    (TMINUS_OWNER_URL) for the upgrades; without it the embedded one in `folder` (`home/postgres`).
    Raises nothing: what goes wrong is a finding.
    """
    if app_url is not None:
        return list(examine_connections(app_url, owner_url))
    return list(_embedded(Cluster(folder), pg_bin, pg_port))


def _embedded(cluster: Cluster, pg_bin: Path | None, pg_port: int | None) -> Iterator[Finding]:
    yield _caught("programs", lambda: _programs(cluster, pg_bin))
    yield _caught("data folder", lambda: _data_folder(cluster))
    yield _disk(cluster.folder)
    try:
        status = cluster.status()
    except TminusError:  # already said of the data folder
        return
    if status.port is None:
        yield _caught("server", lambda: _not_running(cluster, pg_port))
        return
    place = f"process {status.pid}, port {status.port} on 127.0.0.1"
    yield Finding("server", "ok", f"The embedded PostgreSQL is running ({place}).")
    try:
        addresses = cluster.app_url, cluster.owner_url
    except TminusError as error:
        yield _error("connection", error)
        return
    yield from examine_connections(*addresses)


def _caught(name: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except TminusError as error:
        return _error(name, error)
    except OSError as error:
        return Finding(
            name, "error", f"It could not be looked at: {error}.", "Check who may read this folder."
        )


def _error(name: str, error: TminusError) -> Finding:
    return Finding(name, "error", error.sentence, error.hint)


def _programs(cluster: Cluster, pg_bin: Path | None) -> Finding:
    found = find_binaries(pg_bin)
    number = ".".join(map(str, found.version))
    sentence = f"PostgreSQL {number} from {found.source}, in {found.bin_dir}."
    if (cluster.data / "PG_VERSION").exists():
        check_version(cluster.data, found)
    return Finding("programs", "ok", sentence)


def _data_folder(cluster: Cluster) -> Finding:
    if not cluster.status().initialised:
        return Finding("data folder", "ok", f"{cluster.folder} has no data yet; the first start makes them.")
    cluster.check_passwords()
    return Finding("data folder", "ok", f"{cluster.folder} holds the data.")


def _disk(folder: Path) -> Finding:
    existing = next(place for place in [folder, *folder.parents] if place.exists())
    free = shutil.disk_usage(existing).free
    sentence = f"{free / GIGABYTE:.1f} GB are free for {folder}."
    if free >= DISK_WARNING:
        return Finding("disk", "ok", sentence)
    hint = "Free some space, or move TMINUS_HOME to a larger disk while Tminus is stopped."
    return Finding("disk", "error" if free < DISK_ERROR else "warning", sentence, hint)


def _not_running(cluster: Cluster, pg_port: int | None) -> Finding:
    holder = cluster.status().lock_holder
    if holder is not None:
        sentence = f"Process {holder} holds {cluster.folder}, and its PostgreSQL is not answering (yet)."
        return Finding("server", "warning", sentence, f"Wait a moment, or look into {cluster.log.path}.")
    if pg_port is not None and not is_free(pg_port):
        raise port_in_use(pg_port)
    return Finding("server", "ok", "The embedded PostgreSQL is not running; it starts with Tminus.")
