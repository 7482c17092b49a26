from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.audit import audited
from regions.models import Municipality, Region
from segments.models import Segment

from ..enums_supply import (
    AT_ONCE,
    OutsideReason,
    PlaceKind,
    StopGround,
    StopState,
    WaitKnown,
)
from .provider import Provider, ProviderLocation

CRISIS_TERM = timedelta(hours=24)


class Stated(models.Model):
    """Something a provider states of its supply on a day; the newest statement counts."""

    provider = models.ForeignKey(Provider, verbose_name="aanbieder", on_delete=models.CASCADE)
    location = models.ForeignKey(
        ProviderLocation, verbose_name="locatie", on_delete=models.CASCADE, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    stated_on = models.DateField("opgave van", default=clock.today)
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        abstract = True


@audited()
class WaitStatement(Stated):
    """The waiting time for a product at a place, in calendar days; or that nobody knows it."""

    product_code = models.CharField("product", max_length=5)
    known = models.CharField("wachttijd", max_length=8, choices=WaitKnown)
    intake_days = models.PositiveSmallIntegerField(
        "dagen tot het eerste gesprek", null=True, blank=True
    )
    treatment_days = models.PositiveSmallIntegerField(
        "dagen van gesprek tot start van de hulp", null=True, blank=True
    )
    waiting = models.PositiveIntegerField("aantal wachtenden", null=True, blank=True)

    class Meta:
        verbose_name = "opgave wachttijd"
        verbose_name_plural = "opgaven wachttijd"
        ordering = ["provider", "product_code", "-stated_on"]
        constraints = [
            models.CheckConstraint(
                name="providers_wait_known_or_not",
                condition=Q(
                    known=WaitKnown.KNOWN, intake_days__isnull=False, treatment_days__isnull=False
                )
                | Q(known=WaitKnown.UNKNOWN, intake_days__isnull=True, treatment_days__isnull=True),
                violation_error_message=(
                    "Geef beide wachttijden in dagen, of kies 'onbekend' en laat ze leeg."
                ),
            ),
            models.UniqueConstraint(
                fields=["provider", "product_code", "location", "stated_on"],
                nulls_distinct=False,
                name="providers_wait_once_a_day",
                violation_error_message="Voor deze dag is er al een opgave.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.product_code}"


@audited()
class ClientStop(models.Model):
    """A provider takes no new clients. By itself only with the region's written consent.

    Contract standard 3.5 and 3.6: asked at least 14 calendar days ahead; the region stops at once
    for fraud, bad quality or danger. `ends_on` is the first day without the stop.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="client_stops")
    product_code = models.CharField("product", max_length=5, blank=True)
    location = models.ForeignKey(
        ProviderLocation, verbose_name="locatie", on_delete=models.CASCADE, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    ground = models.CharField("grond", max_length=10, choices=StopGround)
    reason = models.TextField("toelichting")
    asked_on = models.DateField("gevraagd op", default=clock.today)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot", null=True, blank=True)
    by_region = models.BooleanField("door de regio opgelegd", default=False)
    state = models.CharField(
        "stand", max_length=8, choices=StopState, default=StopState.ASKED, editable=False
    )
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "cliëntenstop"
        verbose_name_plural = "cliëntenstops"
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="providers_stop_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.CheckConstraint(
                name="providers_stop_asked_14_days_ahead",
                condition=Q(by_region=True) | Q(starts_on__gte=F("asked_on") + timedelta(days=14)),
                violation_error_message=(
                    "Vraag een cliëntenstop minstens 14 dagen voor het begin aan."
                ),
            ),
            models.CheckConstraint(
                name="providers_stop_at_once_has_ground",
                condition=Q(by_region=False) | Q(ground__in=AT_ONCE),
                violation_error_message=(
                    "De regio legt een stop op bij fraude, slechte kwaliteit of gevaar."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"cliëntenstop {self.provider}"

    @property
    def tone(self) -> str:
        return StopState(self.state).tone


@audited()
class WaitNorm(models.Model):
    """The longest acceptable wait, for a segment or for the whole region, in calendar days."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="wait_norms")
    segment = models.ForeignKey(
        Segment, verbose_name="segment", on_delete=models.CASCADE, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    intake_days = models.PositiveSmallIntegerField("dagen tot het eerste gesprek")
    treatment_days = models.PositiveSmallIntegerField("dagen van gesprek tot start van de hulp")
    source = models.CharField("bron", max_length=200)

    class Meta:
        verbose_name = "wachttijdnorm"
        verbose_name_plural = "wachttijdnormen"
        ordering = ["region", "segment"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "segment"], nulls_distinct=False, name="providers_norm_once",
                violation_error_message="Voor dit segment is er al een norm.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.segment or "regio")


@audited()
class PlaceStatement(Stated):
    """How many places or beds there are at a location, and how many are free."""

    kind = models.CharField("soort plek", max_length=8, choices=PlaceKind)
    capacity = models.PositiveSmallIntegerField("plekken")
    free = models.PositiveSmallIntegerField("waarvan vrij")
    note = models.CharField("voor wie", max_length=160, blank=True)

    class Meta:
        verbose_name = "opgave plekken"
        verbose_name_plural = "opgaven plekken"
        ordering = ["provider", "kind", "-stated_on"]
        constraints = [
            models.CheckConstraint(
                name="providers_place_free_within_capacity",
                condition=Q(free__lte=F("capacity")),
                violation_error_message="Er zijn niet meer plekken vrij dan er zijn.",
            ),
            models.UniqueConstraint(
                fields=["provider", "location", "kind", "stated_on"],
                nulls_distinct=False,
                name="providers_place_once_a_day",
                violation_error_message="Voor deze dag is er al een opgave.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.free} van {self.capacity}"


@audited()
class CrisisReport(models.Model):
    """A crisis that was reported, and when help began: within 24 hours (seed 004, L803).

    Nothing in it says who it is about.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="crisis_reports")
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField("gemeld op")
    helped_at = models.DateTimeField("hulp begonnen op", null=True, blank=True)
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "crisismelding"
        verbose_name_plural = "crisismeldingen"
        ordering = ["-reported_at"]
        constraints = [
            models.CheckConstraint(
                name="providers_crisis_helped_after_report",
                condition=Q(helped_at__isnull=True) | Q(helped_at__gte=F("reported_at")),
                violation_error_message="De hulp kan niet voor de melding zijn begonnen.",
            ),
            models.CheckConstraint(
                name="providers_crisis_help_has_provider",
                condition=Q(helped_at__isnull=True) | Q(provider__isnull=False),
                violation_error_message="Kies de aanbieder die de hulp begon.",
            ),
        ]

    def __str__(self) -> str:
        return f"crisismelding {self.pk}"

    @property
    def is_late(self) -> bool:
        """Whether help began, or still has to begin, more than 24 hours after the report."""
        return (self.helped_at or clock.now()) > self.help_due_at

    @property
    def help_due_at(self) -> datetime:
        return self.reported_at + CRISIS_TERM


@audited()
class OutsidePlacement(models.Model):
    """Youths of a municipality who are placed outside the region; counted, never named."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="outside_placements")
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    placed_on = models.DateField("geplaatst op", default=clock.today)
    back_on = models.DateField("terug op", null=True, blank=True)
    where = models.CharField("waar (regio of aanbieder)", max_length=120)
    reason = models.CharField("waarom", max_length=10, choices=OutsideReason)
    youths = models.PositiveSmallIntegerField("aantal jeugdigen", default=1)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "plaatsing buiten de regio"
        verbose_name_plural = "plaatsingen buiten de regio"
        ordering = ["-placed_on"]
        constraints = [
            models.CheckConstraint(
                name="providers_outside_back_after_placed",
                condition=Q(back_on__isnull=True) | Q(back_on__gte=F("placed_on")),
                violation_error_message="De terugkeer ligt voor de plaatsing.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.where}"
