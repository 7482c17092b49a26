"""Asking twice for the same thing does it once: the header `Idempotency-Key`.

A program that got no answer asks again with the same key and gets the first answer. The key and the
work are written in one transaction, so that two requests at the same time do the work once.
"""

import hmac
import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock

from .models import KeptAnswer
from .problems import problem
from .renderers import encoded

HEADER = "Idempotency-Key"
KEY = re.compile(r"[!-~]{1,128}")
KEPT = timedelta(hours=24)
OTHER_BODY = (
    "Deze Idempotency-Key is al gebruikt voor een andere aanvraag. Gebruik voor elke nieuwe "
    "aanvraag een nieuwe sleutel, en dezelfde alleen om dezelfde aanvraag te herhalen."
)


def fingerprint(request: Request) -> Any:
    """A digest that begins with the address; feed it what else makes the request what it is.

    Keyed, because an upload holds personal data.
    """
    start = f"{request.method} {request.get_full_path()}\n".encode()
    return hmac.new(settings.SECRET_KEY.encode(), start, sha256)


def answer_once(
    request: Request, mark: str, work: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """The answer of `work`, or the one that it gave before to this key; 422 for another `mark`.

    A refusal is not kept: what was wrong can be mended under the same key.
    """
    key = request.headers.get(HEADER)
    if key is None:
        return work()
    if not KEY.fullmatch(key):
        raise ValidationError({HEADER: "Geef 1 tot en met 128 tekens zonder spaties."})
    user: Any = request.user
    with transaction.atomic():
        _forget_old(user)
        kept, is_new = KeptAnswer.objects.select_for_update().get_or_create(
            user=user, key=key, defaults={"fingerprint": mark}
        )
        if not is_new:
            return _again(kept, mark)
        answer = work()
        if isinstance(answer, Response) and answer.status_code < 300:
            kept.status, kept.body = answer.status_code, json.loads(encoded(answer.data))
            kept.location = answer.headers.get("Location", "")
            kept.save()
        else:
            kept.delete()
        return answer


def once_by_body(handler: Callable[..., Any]) -> Callable[..., Any]:
    """A handler of a view, of which the body tells one request from another."""

    def handle(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if HEADER not in request.headers:
            return handler(request, *args, **kwargs)
        mark = fingerprint(request)
        mark.update(json.dumps(request.data, sort_keys=True, default=_digest).encode())
        return answer_once(request, mark.hexdigest(), partial(handler, request, *args, **kwargs))

    return handle


def _digest(file: UploadedFile) -> str:
    """Of a file in the body: its name and a digest of its content."""
    found = sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return f"{file.name} {found.hexdigest()}"


def _again(kept: KeptAnswer, mark: str) -> HttpResponseBase:
    if not hmac.compare_digest(kept.fingerprint, mark):
        return problem(422, OTHER_BODY, code="sleutel-al-gebruikt")
    headers = {"Location": kept.location} if kept.location else None
    return Response(kept.body, status=kept.status, headers=headers)


def _forget_old(user: Any) -> None:
    KeptAnswer.objects.filter(user_id=user.pk, created_at__lt=clock.now() - KEPT).delete()
