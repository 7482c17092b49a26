"""One world and one browser for all tests of this folder; they look, or make their own rows."""

import os
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from .world import Desk, World, fillers

# A request that was cut off may leave its connection behind, and the database is dropped next.
HANG_UP = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
"""
CHROMIUM = os.environ.get("CHROMIUM_PATH", "/usr/bin/chromium")


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = World.make()
        for fill in fillers():
            fill(made)
        yield made
        call_command("flush", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute(HANG_UP)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    # Playwright runs an event loop in this thread; the tests themselves are not asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield running
        running.close()


@pytest.fixture(scope="package")
def desk(world: World, browser: Browser) -> Iterator[Desk]:
    server = LiveServer("127.0.0.1")
    yield Desk(world, server, browser)
    # Pages that ask by themselves how far a job is would keep the database busy.
    for context in browser.contexts:
        context.close()
    server.stop()
