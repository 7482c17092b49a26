"""What proxies and monitoring are told."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core.health import domain, tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh():
    """Nothing remembered from another test."""
    cache.clear()
    domain._all_applied.cache_clear()
    yield
    domain._all_applied.cache_clear()


@pytest.fixture
def with_worker_process(settings):
    """The site as it runs with a worker apart."""
    settings.CELERY_TASK_ALWAYS_EAGER = False


def test_alive_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok"


def test_ready_when_every_part_works(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["toestand"] == "gereed"


def test_not_ready_while_a_migration_waits(client):
    MigrationRecorder(connection).migration_qs.filter(app="jobs").delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["onderdelen"]["migrations"] is False
    assert answer.json()["toestand"] == "niet gereed"


def test_pages_are_served_while_the_worker_is_away(client, with_worker_process):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["toestand"] == "beperkt"
    assert client.get("/readyz/worker").status_code == 503


def test_a_finished_canary_shows_that_a_worker_works(client, with_worker_process):
    tasks.sing()
    assert client.get("/readyz/worker").status_code == 200


def test_a_broker_that_does_not_answer_is_reported(client, with_worker_process, settings):
    from celery import current_app  # noqa: PLC0415 -- only this test reaches into Celery

    kept = current_app.conf.broker_url
    current_app.conf.broker_url = "redis://127.0.0.1:1/0"
    try:
        parts = client.get("/readyz").json()["onderdelen"]
    finally:
        current_app.conf.broker_url = kept
    assert parts["broker"] is False
    assert parts["database"] is True


def test_answers_are_kept_out_of_caches(client):
    assert "no-store" in client.get("/readyz").headers["Cache-Control"]
