"""Open to everyone, so they say nothing but whether a part works."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import domain


@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked, so a slow database does not end it."""
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """503 when pages cannot be served; a missing broker or worker shows as 'beperkt'."""
    state = domain.readiness()
    body = {"toestand": state.summary, "onderdelen": asdict(state)}
    return JsonResponse(body, status=200 if state.can_serve else 503)


@never_cache
@require_safe
def worker(request: HttpRequest) -> JsonResponse:
    """503 when no worker finished a task in the last minute."""
    works = domain.worker_works()
    return JsonResponse({"worker": works}, status=200 if works else 503)
