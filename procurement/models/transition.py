from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from providers.models import Provider
from regions.models import Region

from ..enums.transition import TRANSITION, TransitionReason, TransitionState
from .contracts import Contract


@audited()
class TransitionPlan(models.Model):
    """How the clients of a provider that leaves the offer keep their help.

    `product_code` narrows it to one product; empty means everything that the provider delivers.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="transition_plans")
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, related_name="transitions"
    )
    contract = models.ForeignKey(
        Contract,
        verbose_name="contract dat eindigt",
        on_delete=models.PROTECT,
        related_name="transitions",
        null=True,
        blank=True,
    )
    product_code = models.CharField(
        "product", max_length=5, blank=True, help_text="Leeg: alles wat de aanbieder levert."
    )
    reason = models.CharField("waarom", max_length=10, choices=TransitionReason)
    approach = models.TextField("hoe de hulp doorgaat")
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField(
        "iedereen over op", help_text="De laatste dag waarop de aanbieder hulp geeft."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="wie het plan leidt",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    state = models.CharField(
        "stand", max_length=8, choices=TransitionState, default=TRANSITION.initial, editable=False
    )
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "overgangsplan"
        verbose_name_plural = "overgangsplannen"
        ordering = ["-ends_on", "provider__sort_name"]
        constraints = [
            models.CheckConstraint(
                name="procurement_transition_ends_after_start",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Het einde ligt voor het begin.",
            ),
            models.UniqueConstraint(
                fields=["region", "provider", "product_code"],
                condition=Q(state__in=["draft", "running"]),
                name="procurement_transition_one_under_way",
                violation_error_message="Voor deze aanbieder loopt al een overgangsplan.",
            ),
        ]

    def __str__(self) -> str:
        about = f" ({self.product_code})" if self.product_code else ""
        return f"Overgangsplan {self.provider}{about}"

    @property
    def tone(self) -> str:
        return TransitionState(self.state).tone


@audited()
class TransitionStep(models.Model):
    """What must be done, by whom and when. `owner` is somebody here; else `party` says who."""

    plan = models.ForeignKey(TransitionPlan, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField("stap", max_length=300)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="wie (medewerker)",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    party = models.CharField(
        "wie (andere partij)",
        max_length=160,
        blank=True,
        help_text="Een organisatie of functie, geen naam van een jeugdige.",
    )
    due_on = models.DateField("uiterlijk op")
    done_on = models.DateField("gedaan op", null=True, blank=True)
    note = models.TextField("voortgang", blank=True)

    class Meta:
        verbose_name = "stap in het overgangsplan"
        verbose_name_plural = "stappen in het overgangsplan"
        ordering = ["plan", "due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="procurement_transitionstep_has_somebody",
                condition=Q(owner__isnull=False) | ~Q(party=""),
                violation_error_message="Zeg wie deze stap zet.",
            )
        ]

    def __str__(self) -> str:
        return self.text


@audited()
class TransitionOffer(models.Model):
    """Another provider that takes clients over, for a product, from a day."""

    plan = models.ForeignKey(TransitionPlan, on_delete=models.CASCADE, related_name="offers")
    provider = models.ForeignKey(
        Provider, verbose_name="aanbieder", on_delete=models.PROTECT, related_name="+"
    )
    product_code = models.CharField("product", max_length=5)
    clients = models.PositiveIntegerField("voor hoeveel jeugdigen")
    from_day = models.DateField("vanaf")
    agreed_on = models.DateField("afgesproken op", null=True, blank=True)
    note = models.CharField("afspraak", max_length=200, blank=True)

    class Meta:
        verbose_name = "alternatief"
        verbose_name_plural = "alternatieven"
        ordering = ["plan", "product_code", "from_day"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "provider", "product_code"],
                name="procurement_transitionoffer_once",
                violation_error_message="Deze aanbieder staat al bij dit product.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} ({self.product_code})"


class TransitionCount(models.Model):
    """How many clients the provider has in care on a day, as counted then. Kept as it was."""

    plan = models.ForeignKey(TransitionPlan, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField("geteld op")
    # Each client once, however many products he has.
    clients = models.PositiveIntegerField("jeugdigen in zorg")

    class Meta:
        verbose_name = "telling"
        verbose_name_plural = "tellingen"
        ordering = ["plan", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "day"], name="procurement_transitioncount_day_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.clients}"


class TransitionCountLine(models.Model):
    """Clients in care of one product and municipality."""

    count = models.ForeignKey(TransitionCount, on_delete=models.CASCADE, related_name="lines")
    product_code = models.CharField("product", max_length=5)
    gm_code = models.CharField("gemeente", max_length=4)
    clients = models.PositiveIntegerField("jeugdigen in zorg")

    class Meta:
        verbose_name = "regel van een telling"
        verbose_name_plural = "regels van een telling"
        ordering = ["count", "product_code", "gm_code"]
        constraints = [
            models.UniqueConstraint(
                fields=["count", "product_code", "gm_code"],
                name="procurement_transitioncountline_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_code} {self.gm_code}: {self.clients}"
