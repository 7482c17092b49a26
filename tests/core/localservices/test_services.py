"""The servers of this checkout, started for real in a folder of their own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
import redis

from core.localservices import LocalServicesError, Profile, binaries, running_services
from core.localservices.statefolder import LONGEST_SOCKET_FOLDER, StateFolder, prepare_state

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture
def state_folder(monkeypatch):
    """A state folder that the servers' user can reach, and no addresses in the environment."""
    folder = Path(tempfile.mkdtemp(prefix="jr-test-", dir="/var/tmp"))
    folder.chmod(0o755)
    monkeypatch.setenv("JEUGDREGIE_STATE", str(folder))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def connect(addresses):
    folder, _, name = addresses["DATABASE_URL"].removeprefix("postgres://app@/").rpartition("/")
    return psycopg.connect(host=folder, user="app", dbname=name, autocommit=True)


def broker(addresses):
    return redis.Redis(unix_socket_path=addresses["REDIS_URL"].removeprefix("unix://"))


def test_data_survives_a_stop_and_a_start(state_folder):
    with running_services(Profile.TEST) as addresses:
        with connect(addresses) as database:
            database.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        broker(addresses).set("kept", "yes")
    with running_services(Profile.TEST) as addresses:
        with connect(addresses) as database:
            assert database.execute("SELECT answer FROM kept").fetchone() == (42,)
        assert broker(addresses).get("kept") == b"yes"


def test_nobody_else_on_the_machine_can_reach_the_sockets(state_folder):
    with running_services(Profile.TEST) as addresses:
        sockets = Path(addresses["REDIS_URL"].removeprefix("unix://")).parent
        assert sockets.stat().st_mode & 0o077 == 0
        with connect(addresses) as database:
            assert database.execute("SHOW listen_addresses").fetchone() == ("",)


def test_a_second_start_in_the_same_folder_is_refused(state_folder):
    with (
        running_services(Profile.TEST),
        pytest.raises(LocalServicesError, match="Er draait al"),
        running_services(Profile.TEST),
    ):
        pass


def test_named_addresses_are_used_as_they_are(state_folder, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/db")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere")
    with running_services(Profile.TEST) as addresses:
        assert addresses["DATABASE_URL"] == "postgres://elsewhere/db"
    assert not any(state_folder.iterdir())


def test_a_start_that_was_killed_leaves_nothing_in_the_way(state_folder):
    command = [sys.executable, "-m", "core.localservices", "--profile", "test", "--", "sleep", "60"]
    killed = subprocess.Popen(command, cwd=CHECKOUT)
    pid_file = state_folder / "test"
    deadline = time.monotonic() + 30
    while not list(pid_file.glob("postgres-*/postmaster.pid")) and time.monotonic() < deadline:
        time.sleep(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    with running_services(Profile.TEST) as addresses, connect(addresses) as database:
        assert database.execute("SELECT 1").fetchone() == (1,)


def test_the_exit_code_of_the_command_is_passed_on(state_folder):
    command = [sys.executable, "-m", "core.localservices", "--profile", "test", "--"]
    done = subprocess.run([*command, "sh", "-c", "exit 7"], cwd=CHECKOUT, check=False)
    assert done.returncode == 7


def test_without_any_postgres_the_message_says_what_to_do(state_folder, monkeypatch):
    monkeypatch.setattr(binaries, "_postgres_folders", lambda state: iter([Path("/nowhere")]))
    with pytest.raises(LocalServicesError, match="DATABASE_URL="), running_services(Profile.TEST):
        pass


def test_a_long_folder_name_gets_a_short_place_for_sockets(state_folder):
    user = prepare_state("test", binaries.ServiceUser.current()).user
    state = StateFolder(state_folder / ("x" * 100), user)
    assert len(os.fsencode(state.sockets)) <= LONGEST_SOCKET_FOLDER


@pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the servers to another account")
def test_root_is_told_when_the_servers_cannot_reach_the_folder(state_folder, monkeypatch):
    state_folder.chmod(0o700)
    closed = state_folder / "inside"
    monkeypatch.setenv("JEUGDREGIE_STATE", str(closed))
    with pytest.raises(LocalServicesError, match="niet bereikbaar"), running_services(Profile.TEST):
        pass
