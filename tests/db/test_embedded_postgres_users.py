"""Who runs the embedded PostgreSQL, and what its roles may do: root, an ordinary user, the app, the owner."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import errors as sqlstate

from tests.db.postgres_support import (
    STRANGER,
    ask,
    launched,
    open_folder,
    programs,
    python_for,
    run_refused,
    wait_until_gone,
)
from tminus.platform.postgres import Cluster, errors
from tminus.platform.postgres.ways import choose_way, nobody

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def _open_to_others(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in (path, *path.parents))


for_others = pytest.mark.skipif(
    not (_open_to_others(Path(__file__).parent) and _open_to_others(Path(sys.prefix))),
    reason="this checkout lies in a folder that only its owner may enter, so no other user can run it",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "postgres"


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder, programs())
    yield made
    made.stop()


def test_the_app_may_use_what_it_was_given_and_no_more(cluster: Cluster) -> None:
    cluster.start()
    cluster.ensure_roles_and_database()
    cluster.ensure_roles_and_database()
    with psycopg.connect(cluster.owner_url) as owner:
        owner.execute("CREATE TABLE kept (n int)")
        owner.execute("GRANT SELECT, INSERT ON kept TO tminus_app")
    with psycopg.connect(cluster.app_url, autocommit=True) as app:
        app.execute("INSERT INTO kept VALUES (1)")
        for forbidden in (
            "UPDATE kept SET n = 2",
            "DELETE FROM kept",
            "TRUNCATE kept",
            "ALTER TABLE kept DISABLE TRIGGER ALL",
            "DROP TABLE kept",
            "CREATE TABLE own (n int)",
            "CREATE ROLE other",
            "SET ROLE tminus_owner",
            "SET session_replication_role = replica",
        ):
            with pytest.raises(sqlstate.InsufficientPrivilege):
                app.execute(forbidden)
    with psycopg.connect(cluster.owner_url) as owner, pytest.raises(sqlstate.InsufficientPrivilege):
        owner.execute("CREATE ROLE other")


def test_nobody_signs_in_without_a_password(cluster: Cluster) -> None:
    port = cluster.start()
    cluster.ensure_roles_and_database()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres@127.0.0.1:{port}/postgres")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(f"postgresql://postgres:guess@127.0.0.1:{port}/postgres")


@as_root
@for_others
def test_root_runs_it_as_nobody_where_there_are_no_namespaces() -> None:
    with open_folder() as place:
        way = nobody("nobody")
        cluster = Cluster(place / "postgres", programs(), way=way)
        try:
            cluster.start()
            assert cluster.data.stat().st_uid == way.uid
            assert cluster.process is not None
            assert Path(f"/proc/{cluster.process.pid}").stat().st_uid == way.uid
            assert (cluster.folder / "passwords.json").stat().st_uid == 0
        finally:
            cluster.stop()
        changed = Cluster(cluster.folder, programs(), way=choose_way())
        changed.start()
        changed.stop()
        assert (cluster.data / "PG_VERSION").stat().st_uid == changed.way.owner[0]


@as_root
def test_no_folder_is_opened_for_nobody(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    cluster = Cluster(closed / "postgres", programs(), way=nobody("nobody"))
    with pytest.raises(errors.FolderUnusable, match="nobody, as whom it would run, cannot enter"):
        cluster.start()
    assert closed.stat().st_mode & 0o777 == 0o700


@as_root
@for_others
@pytest.mark.parametrize("user", [pytest.param(1, id="known"), pytest.param(STRANGER, id="without a name")])
def test_an_ordinary_user_runs_it_as_who_it_is(user: int) -> None:
    python = python_for(user)
    if python is None:
        pytest.skip("no Python of this version that another user can run")
    with open_folder() as place:
        os.chown(place, user, user)
        with launched(place / "postgres", user=user, python=python) as other:
            assert Path(f"/proc/{other.pid}").stat().st_uid == user
            assert ask(Cluster(place / "postgres").app_url, "SELECT 1") == 1
            other.launcher.kill()
            assert wait_until_gone(other.pid)
        with launched(place / "postgres", user=user, python=python) as again:
            assert ask(Cluster(place / "postgres").app_url, "SELECT 1") == 1
            again.launcher.communicate()
            assert wait_until_gone(again.pid)


@as_root
@for_others
@pytest.mark.parametrize("whose", ["the whole folder", "only the data"])
def test_an_ordinary_user_is_refused_anothers_folder(whose: str) -> None:
    python = python_for(STRANGER)
    if python is None:
        pytest.skip("no Python of this version that another user can run")
    with open_folder() as place:
        mine = Cluster(place / "postgres", programs())
        mine.init()
        if whose == "only the data":
            for path in [mine.folder, *mine.folder.iterdir()]:
                if path != mine.data:
                    os.chown(path, STRANGER, STRANGER)
        refused = run_refused(mine.folder, user=STRANGER, python=python)
        assert "FolderUnusable" in refused
        assert "PermissionError" not in refused.splitlines()[-1]
