"""Files that leave a provider's page: the account for a conversation, and stored documents."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.text import slugify

from core import clock
from core.documents import serve
from core.documents.models import DocumentVersion
from core.writing import DOCX, PDF, to_docx, to_pdf
from regions.models import Region

from ..queries import providers
from ..queries.account import account_of
from ..queries.file import documents_visible_to
from ..rules import can_see_file

KINDS = {"pdf": (PDF, to_pdf), "docx": (DOCX, to_docx)}


def account(request: HttpRequest, region: Region, pk: int, kind: str) -> HttpResponse:
    provider = get_object_or_404(providers.visible_to(request.user), pk=pk, region=region)
    if kind not in KINDS or not can_see_file(request.user, provider):
        raise Http404
    content_type, make = KINDS[kind]
    content = make(account_of(request.place, provider))  # type: ignore[attr-defined]
    answer = HttpResponse(content, content_type=content_type)
    name = f"{slugify(provider.name)}-{clock.today().isoformat()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def document_file(request: HttpRequest, region: Region, pk: int, number: int) -> HttpResponseBase:
    rows = documents_visible_to(request.user).filter(provider__region=region)
    versions = DocumentVersion.objects.filter(document=get_object_or_404(rows, pk=pk).document)
    return serve(get_object_or_404(versions, number=number))
