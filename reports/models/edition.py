import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.documents.models import DocumentVersion
from core.formats import date_long
from core.periods import HalfYear
from regions.models import Region
from segments.models import SegmentScheme

from ..enums import EditionKind, EditionState

TITLES = {
    EditionKind.CONTRACT_MANAGERS.value: "halfjaarrapportage voor contractmanagers",
    EditionKind.EXECUTIVE.value: "bestuurlijk overzicht jeugdhulp",
    EditionKind.PROVIDER.value: "spiegel jeugdhulp",
    EditionKind.EVALUATION.value: "jaarevaluatie jeugdhulp",
    EditionKind.PROGRAMME.value: "voortgang van het programma jeugdhulp",
    EditionKind.PROJECTION.value: "prognose jeugdhulp",
}


class Edition(models.Model):
    """A half-yearly report as it was made: frozen figures and text, and the file.

    What an edition says never changes (held by a trigger); a correction is a new version beside
    it. `inputs` names everything it was computed from, so that anyone with the right can repeat
    it: the sets of figures, the projection, the day and the cut-off.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="editions")
    kind = models.CharField("soort", max_length=20, choices=EditionKind)
    half_year = models.CharField("halfjaar", max_length=7)
    municipality = models.CharField("gemeente", max_length=4, blank=True)
    municipality_name = models.CharField("naam gemeente", max_length=80, blank=True)
    provider = models.CharField("aanbieder (AGB)", max_length=8, blank=True)
    provider_name = models.CharField("naam aanbieder", max_length=200, blank=True)
    scheme = models.ForeignKey(
        SegmentScheme, verbose_name="indeling", on_delete=models.PROTECT, related_name="+"
    )
    is_baseline = models.BooleanField("nulmeting", default=False)
    version = models.PositiveSmallIntegerField("versie", default=1)
    known_on = models.DateField("bekend op")
    cutoff_run = models.PositiveIntegerField("tot en met aanlevering")
    code_version = models.CharField("versie van de toepassing", max_length=40)
    inputs = models.JSONField("invoer", default=dict)
    content = models.JSONField("inhoud")
    checksum = models.CharField("controlegetal", max_length=64)
    pdf = models.ForeignKey(
        DocumentVersion,
        verbose_name="PDF",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    state = models.CharField(
        "stand", max_length=16, choices=EditionState, default=EditionState.PREPARED
    )
    # What it says since it was adopted: the made content with the authors' text. Stands fast from
    # publication on (held by a trigger).
    final = models.JSONField("vastgestelde inhoud", null=True, blank=True)
    final_checksum = models.CharField("controlegetal vastgesteld", max_length=64, blank=True)
    published_at = models.DateTimeField("gepubliceerd op", null=True, blank=True)
    corrects = models.ForeignKey(
        "self",
        verbose_name="corrigeert",
        on_delete=models.PROTECT,
        related_name="corrections",
        null=True,
        blank=True,
    )
    correction_reason = models.TextField("reden van de correctie", blank=True)
    made_at = models.DateTimeField("gemaakt op", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="gemaakt door",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "editie"
        verbose_name_plural = "edities"
        ordering = ["-half_year", "kind", "municipality_name", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "region", "kind", "half_year", "municipality", "provider", "scheme", "version",
                ],
                name="reports_edition_version_unique",
            ),
            models.CheckConstraint(
                name="reports_edition_municipality_with_its_kind",
                condition=Q(kind__in=EditionKind.OF_BOTH)
                | (Q(kind=EditionKind.COUNCIL_MUNICIPALITY) & ~Q(municipality=""))
                | (~Q(kind=EditionKind.COUNCIL_MUNICIPALITY) & Q(municipality="")),
            ),
            models.CheckConstraint(
                name="reports_edition_provider_with_its_kind",
                condition=(Q(kind=EditionKind.PROVIDER) & ~Q(provider=""))
                | (~Q(kind=EditionKind.PROVIDER) & Q(provider="")),
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.ReadOnly(
                name="edition_never_changes",
                fields=[
                    "region", "kind", "half_year", "municipality", "provider", "scheme", "version",
                    "known_on", "cutoff_run", "code_version", "inputs", "content", "checksum",
                ],
            ),
            pgtrigger.Protect(
                name="published_edition_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.published_at IS NOT NULL AND (OLD.final IS DISTINCT FROM NEW.final "
                    "OR OLD.final_checksum IS DISTINCT FROM NEW.final_checksum "
                    "OR OLD.published_at IS DISTINCT FROM NEW.published_at)"
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.title} {self.half_year}"

    @property
    def title(self) -> str:
        return f"{self._where}: {self._what}"

    @property
    def in_a_sentence(self) -> str:
        """As a sentence calls it: 'voortgangsrapportage jeugdhulp van Alkmaar'."""
        return f"{self._what} van {self._where}"

    @property
    def _where(self) -> str:
        return self.provider_name or self.municipality_name or self.region.name

    @property
    def _what(self) -> str:
        progress = "nulmeting" if self.is_baseline else "voortgangsrapportage"
        return TITLES.get(self.kind, f"{progress} jeugdhulp")

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.half_year)

    @property
    def tone(self) -> str:
        return EditionState(self.state).tone

    @property
    def is_editable(self) -> bool:
        return self.state in EditionState.EDITABLE

    @property
    def facts(self) -> list[tuple[str, object]]:
        """What the edition was made from, for who repeats it."""
        return [
            ("Halfjaar", self.period.title),
            ("Indeling", self.scheme.name),
            ("Cijfers bekend op", date_long(self.known_on)),
            ("Tot en met aanlevering", self.cutoff_run),
            ("Versie van de toepassing", self.code_version),
            ("Controlegetal", self.checksum),
        ]
