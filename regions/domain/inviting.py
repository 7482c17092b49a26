"""The mail with which somebody who has no password yet gets in for the first time."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from core.errors import DomainError
from core.formats import days

from ..models import Region, RoleAssignment
from ..rules import check_can_manage_region

SECONDS_A_DAY = 86_400


def send_again(*, assignment: RoleAssignment, by: Any) -> None:
    """Send a new invitation; an older link stays good until one of them is used or expires.

    Effects: one mail. Raises DomainError for who has a password already or is not active.
    """
    region = assignment.region
    if region is None:
        raise DomainError("Deze rol hoort niet bij een regio.", code="rol-niet-hier")
    check_can_manage_region(by, region)
    if not awaits(assignment.user):
        raise DomainError(
            f"{assignment.user} heeft al een wachtwoord of is niet actief. Wie het wachtwoord "
            "kwijt is, kiest zelf een nieuw met ‘Wachtwoord vergeten’ op de inlogpagina.",
            code="uitnodiging-niet-nodig",
        )
    send(assignment.user, region=region, by=by)


def awaits(user: Any) -> bool:
    """Whether somebody has an account and no way in yet."""
    return bool(user.is_active and not user.has_usable_password())


def send_on_commit(user: Any, *, region: Region, by: Any) -> None:
    """Send once the account is really there. A mail that fails breaks nothing: it can be sent
    again."""
    transaction.on_commit(lambda: send(user, region=region, by=by), robust=True)


def send(user: Any, *, region: Region, by: Any) -> None:
    """One mail with a link to choose a password, good for PASSWORD_RESET_TIMEOUT."""
    context = {
        "user": user,
        "region": region,
        "by": by,
        "url": link_for(user),
        "again": f"{settings.SITE_URL}{reverse('account_reset_password')}",
        "days": days(settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY),
    }
    text = render_to_string("regions/mail/invitation.txt", context)
    send_mail(f"U kunt inloggen op Jeugdregie voor {region}", text, None, [user.email])


def link_for(user: Any) -> str:
    """The address at which this user chooses a password; it works once."""
    key = default_token_generator.make_token(user)
    name = "account_reset_password_from_key"
    path = reverse(name, kwargs={"uidb36": user_pk_to_url_str(user), "key": key})
    return f"{settings.SITE_URL}{path}"
