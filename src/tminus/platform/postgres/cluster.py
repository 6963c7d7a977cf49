"""One PostgreSQL on one folder: made, started, watched, ended.

    folder/            (`home/postgres`; 0700, or 0711 where the user nobody must pass through)
      data/            PostgreSQL's own
      passwords.json   of the three roles, 0600
      server.log       what PostgreSQL writes
      lock             held by the process that runs it

A start is: lock → make the data if there are none → end a server that a killed launcher left → launch →
wait until it answers. The lock is the launcher's, so that a killed one lets go of it by dying; the server
is our child and is told to end when we do (process.py). A `Cluster` that was never started still answers
`status` and the URLs of a server run by another process: that is how the command line finds it.
"""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from tminus.platform.postgres.binaries import Binaries, find_binaries
from tminus.platform.postgres.errors import FolderInUse, NotRunning
from tminus.platform.postgres.initdb import check_version, initialise
from tminus.platform.postgres.launch import Launch, Launcher, end_server
from tminus.platform.postgres.lock import FolderLock
from tminus.platform.postgres.passwords import (
    APP,
    OWNER,
    SUPERUSER,
    Passwords,
    make_passwords,
    read_passwords,
    url,
)
from tminus.platform.postgres.postmaster import end_leftover, find_postmaster, forget_stranger
from tminus.platform.postgres.roles import ensure_database, ensure_roles
from tminus.platform.postgres.serverlog import ServerLog
from tminus.platform.postgres.sockets import remove_socket_folder, socket_folder
from tminus.platform.postgres.ways import Way, check_reachable, choose_way, give, unusable


@dataclass(frozen=True)
class Status:
    """What is so now: whether there are data, the server's pid and port, the pid that holds the lock.

    None = not running, not listening yet, held by nobody.
    """

    initialised: bool
    pid: int | None
    port: int | None
    lock_holder: int | None


class Cluster:
    """The PostgreSQL of one folder. Synchronous; call it from a thread where an event loop runs.

    `settings` are PostgreSQL's own (`fsync`, …) and win over ours; `way` is chosen by what works here.
    Not for use by two threads at once.
    """

    def __init__(
        self,
        folder: Path,
        binaries: Binaries | None = None,
        *,
        settings: Mapping[str, str] | None = None,
        way: Way | None = None,
    ) -> None:
        self.folder = folder.absolute()
        self.data = self.folder / "data"
        self.log = ServerLog(self.folder / "server.log")
        self._given_binaries = binaries
        self._settings = dict(settings or {})
        self._way = way
        self._lock = FolderLock(self.folder / "lock")
        self._launch: Launch | None = None
        self._socket_folder: Path | None = None

    @property
    def process(self) -> "subprocess.Popen[bytes] | None":
        """The server started here, to be watched (`wait`, `poll`); None when none was. A dead one stays until
        the next start."""
        return self._launch.process if self._launch else None

    @property
    def binaries(self) -> Binaries:
        """The programs this cluster uses: the given ones, else those that `find_binaries(None)` finds when
        first needed. Raises BinariesMissing, BinariesTooOld."""
        if self._given_binaries is None:
            self._given_binaries = find_binaries(None)
        return self._given_binaries

    @property
    def port(self) -> int:
        """The port on 127.0.0.1, also of a server run by another process. Raises NotRunning."""
        if self._launch is not None and self._launch.process.poll() is None:
            return self._launch.port
        found = self.status().port
        if found is None:
            raise NotRunning(
                f"The PostgreSQL of {self.folder} is not running, so it has no address; "
                "its data are untouched.",
                hint="Start Tminus on this TMINUS_HOME first.",
            )
        return found

    @property
    def app_url(self) -> str:
        """Where the app signs in: the role that owns nothing. Raises NotRunning, PasswordsMissing."""
        port = self.port
        return url(APP, self._passwords().app, port)

    @property
    def owner_url(self) -> str:
        """Where the upgrades sign in: the owner of the database. Raises NotRunning, PasswordsMissing."""
        port = self.port
        return url(OWNER, self._passwords().owner, port)

    @property
    def superuser_url(self) -> str:
        """Where only this launcher and tests sign in. Raises NotRunning, PasswordsMissing."""
        port = self.port
        return url(SUPERUSER, self._passwords().superuser, port, "postgres")

    def status(self) -> Status:
        """What is so now; changes nothing and needs no lock. Raises FolderUnusable when it may not look."""
        try:
            found = find_postmaster(self.data)
            initialised = (self.data / "PG_VERSION").exists()
            holder = self._lock.holder()
        except OSError as error:
            raise unusable(self.folder, error) from error
        return Status(initialised, found.pid if found else None, found.port if found else None, holder)

    def init(self) -> None:
        """Make the data folder and the passwords where they are missing; does nothing when they are there.

        Raises FolderInUse, FolderUnusable, StartFailed, BinariesMissing, BinariesTooOld.
        """
        had_lock = self._lock.held
        self._take_folder()
        try:
            self._initialise()
        finally:
            if not had_lock:
                self._lock.release()

    def start(self, port: int | None = None) -> int:
        """Start the server and wait until it answers; returns its port (`port`, or a free one).

        After the server died by itself, a second call starts it again, on the same port if it is free.
        Raises FolderInUse, PortInUse, FolderUnusable, VersionMismatch, PasswordsMissing, StartFailed,
        StopFailed; then no server of ours runs and the lock is free again.
        """
        if self.process is not None and self.process.poll() is None:
            raise FolderInUse(
                f"The PostgreSQL of {self.folder} is already running here; it goes on undisturbed.",
                hint="Stop it before starting it again.",
            )
        self._take_folder()
        try:
            self._initialise()
            self._clear_leftover()
            self._launch = self._begin(port)
        except BaseException:
            self._let_go()
            raise
        return self._launch.port

    def stop(self) -> None:
        """End the server started here, fast but in order, and free the folder; does nothing if none was.

        Raises StopFailed when it does not end; the lock is then kept.
        """
        if self._launch is not None:
            end_server(self._launch.process)
            self._launch = None
        self._let_go()

    def ensure_roles_and_database(self) -> None:
        """Make the roles tminus_owner and tminus_app and the database tminus where they are missing."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            ensure_roles(connection, self._passwords())
            ensure_database(connection)

    def check_passwords(self) -> None:
        """Raise PasswordsMissing when the file with the passwords cannot be used."""
        self._passwords()

    def create_database(self, name: str, template: str | None = None) -> None:
        """Make a database of the same roles, empty or a copy of `template`; does nothing when it is there."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            ensure_database(connection, name, template)

    def drop_database(self, name: str) -> None:
        """Drop a database with all in it, and end whoever is connected to it; for tests."""
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(statement.format(sql.Identifier(name)))

    def _passwords(self) -> Passwords:
        return read_passwords(self.folder / "passwords.json")

    @property
    def way(self) -> Way:
        """How PostgreSQL is run here: the given way, else the one that is found to work when first needed."""
        if self._way is None:
            self._way = choose_way()
        return self._way

    def _take_folder(self) -> None:
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock.take()
        except OSError as error:
            raise unusable(self.folder, error) from error

    def _initialise(self) -> None:
        way = self.way
        if way.kind == "nobody":
            self.folder.chmod(0o711)  # this folder is ours; those above it are not touched
            check_reachable(way, [self.folder, self.binaries.bin_dir])
        if self.data.exists():
            give(self.data, way)
            return
        secret = self.folder / "passwords.json"
        # Passwords first: data without them would be of no use, passwords without data are simply used.
        passwords = read_passwords(secret) if secret.exists() else make_passwords(secret)
        sync = self._settings.get("fsync") != "off"
        initialise(self.data, self.binaries, way, passwords.superuser, sync=sync)

    def _clear_leftover(self) -> None:
        leftover = find_postmaster(self.data)
        if leftover is not None:
            end_leftover(self.data, leftover)
        else:
            forget_stranger(self.data)

    def _begin(self, port: int | None) -> Launch:
        way = self.way
        check_version(self.data, self.binaries)
        self._socket_folder = socket_folder(self.data, way)
        launcher = Launcher(
            program=self.binaries.program("postgres"),
            data=self.data,
            sockets=self._socket_folder,
            log=self.log,
            way=way,
            password=self._passwords().superuser,
            settings=self._settings,
        )
        # Whoever waits to connect again after a crash knows the old port.
        return launcher.launch(port, wished=self._launch.port if self._launch else None)

    def _let_go(self) -> None:
        if self._socket_folder is not None:
            remove_socket_folder(self._socket_folder)
            self._socket_folder = None
        self._lock.release()
