"""What the doctor finds of the database: each state it tells apart, made real."""

import os
import socket
from pathlib import Path

import psycopg
import pytest

from tests.db.postgres_support import launched, programs
from tests.postgres_fixture import shared_cluster
from tminus.platform.postgres import Binaries, Cluster, Finding, errors, examine, find_binaries
from tminus.platform.postgres.doctor import _disk

NOWHERE = Path("/nowhere")


@pytest.fixture
def cluster() -> Cluster:
    return shared_cluster()


def said(findings: list[Finding], name: str) -> Finding:
    return next(finding for finding in findings if finding.name == name)


def fake_programs(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    for name in ("postgres", "initdb"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {version}'\n")
        program.chmod(0o755)
    return folder


def other(url: str, name: str) -> str:
    """The same sign-in to another database of the server."""
    return f"{url.rpartition('/')[0]}/{name}"


def database(cluster: Cluster, role: str, name: str) -> str:
    """An own server's single role: it owns its database and signs in for everything."""
    with psycopg.connect(cluster.superuser_url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'open-sesame'".encode())
        connection.execute(f"CREATE DATABASE {name} OWNER {role}".encode())
    return f"postgresql://{role}:open-sesame@127.0.0.1:{cluster.port}/{name}"


def test_all_is_well_with_a_running_embedded_server(tmp_path: Path) -> None:
    with launched(tmp_path / "postgres") as server:
        findings = examine(folder=tmp_path / "postgres", pg_bin=programs().bin_dir)
        assert {finding.state for finding in findings if finding.name != "disk"} == {"ok"}, findings
        assert f"port {server.port}" in said(findings, "server").sentence
        assert "tminus_app" in said(findings, "roles").sentence
        assert str(programs().version[0]) in said(findings, "version").sentence


def test_before_the_first_start_nothing_is_wrong_and_nothing_is_made(tmp_path: Path) -> None:
    findings = examine(folder=tmp_path / "deep" / "postgres", pg_bin=programs().bin_dir)
    assert {finding.state for finding in findings if finding.name != "disk"} == {"ok"}
    assert "no data yet" in said(findings, "data folder").sentence
    assert "starts with Tminus" in said(findings, "server").sentence
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_lost_passwords_and_a_held_folder_are_found(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, programs())
    cluster.init()
    (tmp_path / "passwords.json").unlink()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        findings = examine(folder=tmp_path, pg_bin=programs().bin_dir, pg_port=taken.getsockname()[1])
    assert said(findings, "data folder").state == "error"
    assert said(findings, "server").state == "error"
    assert "TMINUS_PG_PORT" in said(findings, "server").hint


def test_a_launcher_whose_server_died_is_named(tmp_path: Path) -> None:
    cluster = Cluster(tmp_path, programs())
    cluster.start()
    assert cluster.process is not None
    cluster.process.kill()
    cluster.process.wait(10)
    server = said(examine(folder=tmp_path, pg_bin=programs().bin_dir), "server")
    assert server.state == "warning"
    assert f"Process {os.getpid()}" in server.sentence
    cluster.start()  # it cleans up what the killed one left in shared memory
    cluster.stop()


def test_one_role_for_all_means_the_triggers_alone_protect_the_log(cluster: Cluster) -> None:
    url = database(cluster, "alone", "alone")
    for owner_url in (None, url):
        roles = said(examine(folder=NOWHERE, app_url=url, owner_url=owner_url), "roles")
        assert roles.state == "warning"
        assert "triggers alone protect the log" in roles.sentence
        assert "docs/how-to/database.md" in roles.hint


def test_an_app_that_owns_or_rules_is_found_although_the_roles_differ(cluster: Cluster) -> None:
    owner = database(cluster, "proprietor", "mixed")
    app = other(database(cluster, "member", "unused"), "mixed")
    assert said(examine(folder=NOWHERE, app_url=app, owner_url=owner), "roles").state == "ok"
    with psycopg.connect(cluster.superuser_url, autocommit=True) as connection:
        connection.execute("GRANT proprietor TO member")
    roles = said(examine(folder=NOWHERE, app_url=app, owner_url=owner), "roles")
    assert "member of who does" in roles.sentence
    roles = said(examine(folder=NOWHERE, app_url=cluster.superuser_url, owner_url=owner), "roles")
    assert "superuser" in roles.sentence


def test_an_app_that_owns_the_log_is_found_although_another_owns_the_database(cluster: Cluster) -> None:
    owner = database(cluster, "landlord", "rented")
    app = other(database(cluster, "tenant", "spare"), "rented")
    with psycopg.connect(other(cluster.superuser_url, "rented")) as connection:
        connection.execute("CREATE TABLE event_log (n int)")
        connection.execute("ALTER TABLE event_log OWNER TO tenant")
    assert said(examine(folder=NOWHERE, app_url=app, owner_url=owner), "roles").state == "warning"


def test_the_roles_of_the_how_to_satisfy_the_doctor(cluster: Cluster) -> None:
    page = (Path(__file__).parents[2] / "docs" / "how-to" / "database.md").read_text()
    statements = page.partition("```sql\n")[2].partition("```")[0]
    with psycopg.connect(cluster.superuser_url, autocommit=True) as connection:
        for statement in statements.strip().split(";\n"):
            connection.execute(statement.replace("tminus", "howto").encode())
    app = f"postgresql://howto_app:choose-another@127.0.0.1:{cluster.port}/howto"
    owner = f"postgresql://howto_owner:choose-one@127.0.0.1:{cluster.port}/howto"
    findings = examine(folder=NOWHERE, app_url=app, owner_url=owner)
    assert {finding.state for finding in findings} == {"ok"}, findings


def test_text_that_is_not_unicode_is_an_error(cluster: Cluster) -> None:
    with psycopg.connect(cluster.superuser_url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    url = other(cluster.superuser_url, "latin")
    assert said(examine(folder=NOWHERE, app_url=url), "encoding").state == "error"


def test_a_server_that_does_not_answer_and_an_address_that_is_none(tmp_path: Path) -> None:
    silent = examine(folder=tmp_path, app_url="postgresql://app:open-sesame@127.0.0.1:1/tminus")
    assert [finding.state for finding in silent] == ["error"]
    garbled = examine(
        folder=tmp_path, app_url="open-sesame", owner_url="postgresql+driver://a:open-sesame@host/x"
    )
    assert [finding.name for finding in garbled] == ["connection of the app", "connection of the owner"]
    assert "TMINUS_OWNER_URL" in garbled[1].sentence
    assert "open-sesame" not in repr([silent, garbled])


def test_programs_that_are_missing_or_too_old_are_refused_in_words(tmp_path: Path) -> None:
    missing = said(examine(folder=tmp_path, pg_bin=tmp_path), "programs")
    assert (missing.state, "TMINUS_PG_BIN" in missing.sentence) == ("error", True)
    old = fake_programs(tmp_path / "old", "14.9")
    with pytest.raises(errors.BinariesTooOld, match=r"is 14\.9; Tminus needs 15 or newer"):
        find_binaries(old)


def test_the_wheel_comes_before_the_path_and_new_enough_before_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "wheel" in find_binaries(None).source
    monkeypatch.setattr("tminus.platform.postgres.binaries.WHEEL", "no_such_wheel")
    on_path = fake_programs(tmp_path / "15" / "bin", "15.2 (Debian 15.2-1)")
    monkeypatch.setenv("PATH", f"{on_path}:/usr/bin")
    assert find_binaries(None) == Binaries(on_path, (15, 2), "PATH")

    fake_programs(tmp_path / "dist" / "14" / "bin", "14.1")
    newest = fake_programs(tmp_path / "dist" / "17" / "bin", "17.0")
    monkeypatch.setattr("tminus.platform.postgres.binaries.DISTRIBUTION_FOLDERS", tmp_path / "dist")
    monkeypatch.setenv("PATH", str(tmp_path / "dist" / "14" / "bin"))
    assert find_binaries(None) == Binaries(newest, (17, 0), "the distribution")

    monkeypatch.setattr("tminus.platform.postgres.binaries.DISTRIBUTION_FOLDERS", tmp_path / "none")
    with pytest.raises(errors.BinariesTooOld):
        find_binaries(None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(errors.BinariesMissing, match="No PostgreSQL was found"):
        find_binaries(None)


def test_a_disk_that_is_nearly_full_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The limits are moved, not the disk.
    monkeypatch.setattr("tminus.platform.postgres.doctor.DISK_WARNING", 1 << 60)
    assert _disk(tmp_path).state == "warning"
    monkeypatch.setattr("tminus.platform.postgres.doctor.DISK_ERROR", 1 << 60)
    assert _disk(tmp_path).state == "error"
