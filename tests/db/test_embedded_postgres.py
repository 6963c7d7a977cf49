"""The embedded PostgreSQL, started, killed, fought over and started again; every server here is real."""

import json
import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import psycopg
import pytest

from tests.db.postgres_support import (
    ask,
    has_child,
    launched,
    programs,
    wait_until_gone,
)
from tminus.platform.postgres import Cluster, Way, errors
from tminus.platform.postgres.process import spawn
from tminus.platform.postgres.ways import choose_way


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "postgres"


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    made = Cluster(folder, programs())
    yield made
    made.stop()


def remember(cluster: Cluster, note: str) -> None:
    with psycopg.connect(cluster.owner_url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS notes (note text)")
        connection.execute("INSERT INTO notes VALUES (%s)", [note])


def kill_server(cluster: Cluster) -> None:
    assert cluster.process is not None
    cluster.process.kill()
    cluster.process.wait(10)


def test_starts_keeps_data_over_a_stop_and_starts_again(cluster: Cluster, folder: Path) -> None:
    port = cluster.start()
    cluster.ensure_roles_and_database()
    remember(cluster, "before")
    cluster.stop()
    assert cluster.status().pid is None

    cluster.start()
    cluster.ensure_roles_and_database()
    assert ask(cluster.owner_url, "SELECT note FROM notes") == "before"
    assert port != 0
    for setting, value in {"fsync": "on", "max_connections": "200", "server_encoding": "UTF8"}.items():
        assert ask(cluster.app_url, f"SHOW {setting}") == value
    assert ask(cluster.app_url, "SELECT lower('ÉÀ')") == "éà"
    secret = folder / "passwords.json"
    assert secret.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o077 == 0


def test_another_process_finds_the_running_server(cluster: Cluster, folder: Path) -> None:
    elsewhere = Cluster(folder)
    assert elsewhere.status().initialised is False
    with pytest.raises(errors.NotRunning, match="not running"):
        _ = elsewhere.app_url
    cluster.start()
    cluster.ensure_roles_and_database()
    assert ask(elsewhere.app_url, "SELECT current_user") == "tminus_app"
    status = elsewhere.status()
    assert cluster.process is not None
    assert (status.pid, status.port, status.lock_holder) == (cluster.process.pid, cluster.port, os.getpid())
    elsewhere.stop()
    assert cluster.process.poll() is None, "who did not start it does not end it"


def test_a_second_start_on_one_folder_is_refused_and_disturbs_nothing(cluster: Cluster, folder: Path) -> None:
    with launched(folder) as first:
        with pytest.raises(errors.FolderInUse, match=f"process {first.launcher.pid}") as refusal:
            cluster.start()
        assert "TMINUS_HOME" in refusal.value.hint
        with pytest.raises(errors.FolderInUse):
            cluster.init()
        assert ask(cluster.app_url, "SELECT 1") == 1
    cluster.start()
    with pytest.raises(errors.FolderInUse, match="already running here"):
        cluster.start()
    assert ask(cluster.superuser_url, "SELECT 1") == 1


def test_a_killed_server_starts_again_on_its_port_with_its_data(cluster: Cluster) -> None:
    port = cluster.start()
    cluster.ensure_roles_and_database()
    remember(cluster, "committed")
    kill_server(cluster)
    assert cluster.start() == port
    assert ask(cluster.owner_url, "SELECT note FROM notes") == "committed"


def test_a_start_waits_for_backends_of_a_killed_server(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.start()
    busy = psycopg.connect(cluster.superuser_url, autocommit=True)
    busy.execute("SET statement_timeout = '2s'")

    def compute() -> None:
        # Never waits, so it does not notice that its server is gone until the time is over.
        with pytest.raises(psycopg.Error):
            busy.execute("SELECT count(*) FROM generate_series(1, 10000000000)")

    with ThreadPoolExecutor(1) as pool:
        computing = pool.submit(compute)
        while not has_child_that_computes(cluster):
            assert not computing.done()
        kill_server(cluster)
        with monkeypatch.context() as impatient:
            impatient.setattr("tminus.platform.postgres.launch.LEFTOVER_SECONDS", 0.3)
            with pytest.raises(errors.StartFailed, match="Processes of a killed PostgreSQL still hold"):
                cluster.start()
        cluster.start()
        computing.result()
    assert "shared memory block" in cluster.log.path.read_text(), "the case this test is about did not arise"
    assert ask(cluster.superuser_url, "SELECT 1") == 1
    busy.close()


def has_child_that_computes(cluster: Cluster) -> bool:
    assert cluster.process is not None
    return has_child(cluster.process.pid, "SELECT")


def test_the_server_ends_when_its_launcher_is_killed(cluster: Cluster, folder: Path) -> None:
    with launched(folder) as other:
        remember(cluster, "kept")
        other.launcher.kill()
        assert wait_until_gone(other.pid), "PostgreSQL outlived the process that started it"
    cluster.start()
    assert ask(cluster.owner_url, "SELECT note FROM notes") == "kept"


def test_a_start_at_once_after_the_launcher_was_killed(cluster: Cluster, folder: Path) -> None:
    with launched(folder) as other:
        remember(cluster, "kept")
        other.launcher.kill()
        other.launcher.wait()
        cluster.start()
    assert ask(cluster.owner_url, "SELECT note FROM notes") == "kept"


def test_a_server_left_without_launcher_is_ended_first(
    cluster: Cluster, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.init()
    sockets = folder.parent
    program = [programs().program("postgres"), "-D", str(cluster.data), "-c", "port=1"]
    program += ["-c", "listen_addresses=", "-c", f"unix_socket_directories={sockets}"]
    # As if the kernel had sent nothing when the launcher died: no signal of death is asked for.
    left = subprocess.Popen(choose_way().command(program), stderr=subprocess.PIPE, text=True)
    assert left.stderr is not None
    while "ready to accept" not in left.stderr.readline():
        assert left.poll() is None
    assert cluster.status().pid == left.pid
    for seconds in ("FAST_SECONDS", "IMMEDIATE_SECONDS"):
        monkeypatch.setattr(f"tminus.platform.postgres.postmaster.{seconds}", 0.1)
    left.send_signal(signal.SIGSTOP)
    with pytest.raises(errors.StopFailed, match=f"process {left.pid}"):
        cluster.start()
    monkeypatch.undo()
    left.send_signal(signal.SIGCONT)
    cluster.start()
    left.stderr.close()
    left.wait(5)
    assert ask(cluster.superuser_url, "SELECT 1") == 1


def test_a_pid_file_that_names_a_stranger_stops_nothing(cluster: Cluster) -> None:
    cluster.start()
    pid_file = cluster.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    kill_server(cluster)
    with subprocess.Popen(["cat"], stdin=subprocess.PIPE) as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        assert cluster.status().pid is None
        cluster.start()
        assert stranger.poll() is None


def test_a_server_outlives_the_thread_that_started_it(cluster: Cluster) -> None:
    thread = Thread(target=cluster.start)
    thread.start()
    thread.join()
    assert cluster.process is not None
    with pytest.raises(subprocess.TimeoutExpired):
        cluster.process.wait(0.3)
    assert ask(cluster.superuser_url, "SELECT 1") == 1


def test_a_port_in_use_is_named_and_the_folder_is_free_again(cluster: Cluster) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port: int = taken.getsockname()[1]
        with pytest.raises(errors.PortInUse, match=str(port)) as refusal:
            cluster.start(port)
        assert "TMINUS_PG_PORT" in refusal.value.hint
        assert cluster.status().lock_holder is None
    assert cluster.start(port) == port


def test_after_a_crash_a_taken_port_is_replaced(cluster: Cluster) -> None:
    port = cluster.start()
    kill_server(cluster)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        assert cluster.start() != port


def test_a_failed_start_shows_the_servers_last_words(folder: Path) -> None:
    broken = Cluster(folder, programs(), settings={"shared_buffers": "plenty"})
    with pytest.raises(errors.StartFailed, match='invalid value for parameter "shared_buffers"'):
        broken.start()
    assert broken.status().lock_holder is None


def test_making_the_data_starts_over_after_it_was_cut_off(cluster: Cluster, folder: Path) -> None:
    (folder / "data.draft").mkdir(parents=True)
    (folder / "data.draft" / "PG_VERSION").write_text("half")
    cluster.start()
    assert not (folder / "data.draft").exists()


def test_data_of_another_version_are_refused_untouched(cluster: Cluster) -> None:
    cluster.init()
    (cluster.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(errors.VersionMismatch, match="written by PostgreSQL 13") as refusal:
        cluster.start()
    assert "TMINUS_PG_BIN" in refusal.value.hint


def test_lost_and_wrong_passwords_are_told_apart_from_lost_data(cluster: Cluster, folder: Path) -> None:
    cluster.init()
    secret = folder / "passwords.json"
    right = secret.read_text()
    secret.unlink()
    with pytest.raises(errors.PasswordsMissing, match="data themselves are untouched"):
        cluster.start()
    secret.write_text(re.sub(r'"superuser": "[^"]*"', '"superuser": "guess"', right))
    with pytest.raises(errors.PasswordsMissing, match="not those of this database"):
        cluster.start()
    assert cluster.status().pid is None
    secret.write_text(right)
    cluster.start()


def test_new_passwords_are_given_as_the_how_to_says(cluster: Cluster, folder: Path) -> None:
    cluster.init()
    made = {"superuser": "s1", "owner": "o1", "app": "a1"}
    (folder / "passwords.json").write_text(json.dumps(made))
    rules = cluster.data / "pg_hba.conf"
    guarded = rules.read_text()
    opened, lines = re.subn(r"(127\.0\.0\.1/32 +)scram-sha-256", r"\1trust", guarded)
    assert lines > 0
    rules.write_text(opened)
    cluster.start()
    cluster.ensure_roles_and_database()
    cluster.stop()
    rules.write_text(guarded)
    cluster.start()
    assert ask(cluster.superuser_url, "SELECT 1") == ask(cluster.app_url, "SELECT 1") == 1


def test_a_long_log_is_put_aside(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster.start()
    cluster.stop()
    before = cluster.log.path.read_text()
    monkeypatch.setattr("tminus.platform.postgres.serverlog.LARGEST", len(before) - 1)
    cluster.start()
    assert cluster.log.path.with_name("server.log.1").read_text() == before
    assert "ready to accept connections" in cluster.log.path.read_text()


def test_databases_are_copied_and_dropped(cluster: Cluster) -> None:
    cluster.start()
    cluster.ensure_roles_and_database()
    remember(cluster, "copied")
    cluster.create_database("copy", template="tminus")
    copy = cluster.owner_url.rsplit("/", 1)[0] + "/copy"
    assert ask(copy, "SELECT note FROM notes") == "copied"
    cluster.drop_database("copy")
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(copy)


def test_a_child_whose_parent_is_gone_does_not_start(tmp_path: Path) -> None:
    way = Way("plain", os.geteuid(), os.getegid())
    command = way.command(["/bin/true"], signal.SIGINT)
    command[command.index(str(os.getpid()))] = "1"
    answer = subprocess.run(command, capture_output=True, text=True)
    assert answer.returncode == 126
    assert "launching process has ended" in answer.stderr


def test_a_program_that_cannot_be_run_is_an_error_of_the_start(tmp_path: Path) -> None:
    with (tmp_path / "log").open("ab") as log:
        process = spawn(Way("plain", 0, 0), [str(tmp_path / "missing")], log)
        assert process.wait(10) == 126
    assert "No such file" in (tmp_path / "log").read_text()
