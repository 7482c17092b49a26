"""The digest by mail, through a real mail server; and the calendar."""

import socket
from datetime import date, timedelta
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.test import Client
from icalendar import Calendar

from core.jobs.api import run
from core.tasks.api import Task, add_task, finish_task
from core.tasks.domain import calendar, remind
from core.tasks.models import Digest, Reminder
from regions.enums import Role
from tests.factories import a_region, user_with

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)  # a Monday


class Mailbox:
    """Keeps what the server took; refuses whom it is told to."""

    def __init__(self):
        self.mails, self.refuse = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailbox(settings):
    box = Mailbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.CLOCK_TODAY = TODAY.isoformat()
    yield box
    server.stop()


@pytest.fixture
def region():
    return a_region().region


@pytest.fixture
def manager(region):
    return user_with(Role.CONTRACT_MANAGER, region)


def a_task(region, by, days, **more):
    values = {"title": f"Over {days} dagen", "due": TODAY + timedelta(days=days)} | more
    return add_task(tenant_id=region.pk, by=by, **values)


@pytest.mark.parametrize(
    ("days", "step"),
    [(31, None), (30, 30), (8, 30), (7, 7), (1, 7), (0, 0), (-1, -1), (-7, -1), (-8, -2)],
)  # fmt: skip
def test_which_step_a_task_has_reached(days, step):
    task = Task(due=TODAY + timedelta(days=days), remind_days=[30, 7])
    assert remind.step_of(task, TODAY) == step


def test_one_mail_holds_what_is_late_and_what_comes(mailbox, region, manager):
    a_task(region, manager, -3, title="Te laat <b>", about="Aanbieder Één")
    a_task(region, manager, 5, url="/regio/noord/contracten/")
    a_task(region, manager, 90)
    assert remind.send(manager, TODAY)
    (mail,) = mailbox.mails
    assert mail["To"] == manager.email
    assert mail["Subject"] == "2 taken vragen uw aandacht, 1 te laat"
    text = mail.get_body(("plain",)).get_content()
    page = mail.get_body(("html",)).get_content()
    assert "Te laat <b> (Aanbieder Één), uiterlijk 30 oktober 2026" in text
    assert "Te laat &lt;b&gt;" in page
    assert "/regio/noord/contracten/" in text
    assert "Over 90 dagen" not in text
    assert '<html lang="nl">' in page


def test_nothing_is_mailed_twice_and_each_step_is_news_once(mailbox, region, manager, settings):
    a_task(region, manager, 10)
    assert remind.send(manager, TODAY)
    assert not remind.send(manager, TODAY)
    assert not remind.send(manager, TODAY + timedelta(days=1))
    assert remind.send(manager, TODAY + timedelta(days=3))  # seven days left
    assert not remind.send(manager, TODAY + timedelta(days=4))
    assert len(mailbox.mails) == 2


def test_a_date_that_moves_is_news_again(mailbox, region, manager):
    task = a_task(region, manager, 5)
    remind.send(manager, TODAY)
    Task.objects.filter(pk=task.pk).update(due=task.due + timedelta(days=1))
    assert remind.send(manager, TODAY + timedelta(days=1))


def test_a_sender_that_died_in_the_middle_is_not_followed_by_a_second_mail(
    mailbox, region, manager, monkeypatch
):
    a_task(region, manager, 5)

    def die(self):
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMultiAlternatives.send", die)
        with pytest.raises(SystemExit):
            remind.send(manager, TODAY)
    assert Digest.objects.get().sent_at is None
    assert not remind.send(manager, TODAY)
    assert not remind.send(manager, TODAY + timedelta(days=1))
    assert mailbox.mails == []


def test_a_mail_that_the_server_refused_is_tried_again(mailbox, region, manager):
    a_task(region, manager, 5)
    mailbox.refuse = {manager.email}
    with pytest.raises(OSError):  # noqa: PT011 -- smtplib's errors are OSErrors
        remind.send(manager, TODAY)
    assert not Reminder.objects.exists()
    mailbox.refuse = set()
    assert remind.send(manager, TODAY)


def test_who_wants_it_weekly_hears_on_monday_and_who_wants_none_hears_nothing(
    mailbox, region, manager
):
    a_task(region, manager, 5)
    remind.choose(user=manager, rhythm="weekly")
    assert not remind.send(manager, TODAY + timedelta(days=1))
    assert remind.send(manager, TODAY + timedelta(days=7))
    other = user_with(Role.CONTRACT_MANAGER, region)
    a_task(region, other, 5)
    remind.choose(user=other, rhythm="off")
    assert not remind.send(other, TODAY)


def test_a_task_of_nobody_goes_to_the_whole_team_and_a_finished_one_to_none(
    mailbox, region, manager
):
    colleague = user_with(Role.CONTRACT_MANAGER, region)
    user_with(Role.CONTROLLER, region)
    a_task(region, manager, 5, team="contract_manager")
    finish_task(task=a_task(region, manager, 3, title="Klaar"), by=manager)
    job = remind.enqueue(kind=remind.REMIND, title="Herinneringen")
    run(job.pk)
    job.refresh_from_db()
    assert job.error == ""
    assert {mail["To"] for mail in mailbox.mails} == {manager.email, colleague.email}
    job.refresh_from_db()
    assert job.result == {"sent": 2, "failed": 0}


def test_the_calendar_holds_open_tasks_as_whole_days(region, manager, settings):
    settings.CLOCK_TODAY = TODAY.isoformat()
    a_task(region, manager, 5, about="Aanbieder Één; met komma, en puntkomma")
    finish_task(task=a_task(region, manager, 6, title="Klaar"), by=manager)
    path = calendar.renew(user=manager).removeprefix(settings.SITE_URL)
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    found = Calendar.from_ical(answer.content)
    (event,) = found.walk("VEVENT")
    assert event["SUMMARY"] == "Over 5 dagen"
    assert event["DESCRIPTION"] == "Aanbieder Één; met komma, en puntkomma"
    assert event["DTSTART"].dt == TODAY + timedelta(days=5)
    assert event["DTEND"].dt == TODAY + timedelta(days=6)
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_a_renewed_address_ends_the_old_one_and_who_left_has_none(manager, settings):
    old = calendar.renew(user=manager).removeprefix(settings.SITE_URL)
    new = calendar.renew(user=manager).removeprefix(settings.SITE_URL)
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    manager.is_active = False
    manager.save()
    assert Client().get(new).status_code == 404


def test_the_secret_is_in_no_log(manager, settings, capfd):
    path = calendar.renew(user=manager).removeprefix(settings.SITE_URL)
    Client().get(path)
    out, err = capfd.readouterr()
    assert path.split("/")[-1].removesuffix(".ics") not in out + err
