from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from core.audit import audited
from providers.models import Provider
from regions.models import Municipality, Region
from regions.models.region import DateRange
from segments.models import Product

from ..enums.voting import (
    BALLOT,
    BallotState,
    Electorate,
    EndingKind,
    Majority,
    VoteChoice,
    VoteSubject,
)
from .contracts import Contract


@audited()
class VotingRule(models.Model):
    """Who must agree before something leaves the offer; without a rule nobody is asked."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="voting_rules")
    subject = models.CharField("waarover", max_length=10, choices=VoteSubject)
    electorate = models.CharField("wie stemt", max_length=10, choices=Electorate)
    majority = models.CharField(
        "wanneer aangenomen", max_length=12, choices=Majority, default=Majority.UNANIMOUS
    )
    term_days = models.PositiveSmallIntegerField(
        "dagen om te stemmen",
        default=42,
        help_text="De uiterste dag van een nieuwe stemming; per stemming te wijzigen.",
    )
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "stemregel"
        verbose_name_plural = "stemregels"
        ordering = ["region", "subject", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="procurement_votingrule_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message="Het einde ligt niet na het begin.",
            ),
            ExclusionConstraint(
                name="procurement_votingrule_once_at_a_time",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    ("subject", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In die periode geldt hierover al een stemregel.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.get_electorate_display()}".capitalize()


@audited()
class Ballot(models.Model):
    """A proposal to take a provider or a product out of the offer, on which colleges vote.

    How it stands follows from its votes (`procurement.domain.tally`); only `state` is stored.
    The rule is fixed when the vote opens, and so is who may vote.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="ballots")
    number = models.PositiveSmallIntegerField("nummer")
    subject = models.CharField("waarover", max_length=10, choices=VoteSubject)
    provider = models.ForeignKey(
        Provider,
        verbose_name="aanbieder",
        on_delete=models.PROTECT,
        related_name="ballots",
        null=True,
        blank=True,
    )
    product = models.ForeignKey(
        Product,
        verbose_name="product",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
    )
    contracts = models.ManyToManyField(
        Contract, verbose_name="contracten", related_name="ballots", blank=True
    )
    ending = models.CharField("wat gebeurt er", max_length=10, choices=EndingKind)
    last_day = models.DateField("laatste dag in het aanbod")
    motivation = models.TextField("waarom")
    vote_before = models.DateField("stemmen uiterlijk op", null=True, blank=True)
    opened_on = models.DateField("in stemming gebracht op", null=True, blank=True, editable=False)
    decided_on = models.DateField("besloten op", null=True, blank=True, editable=False)
    rule = models.ForeignKey(
        VotingRule, on_delete=models.PROTECT, related_name="ballots", null=True, editable=False
    )
    # Where the proposal came from: words and an address of another page of the region.
    origin = models.CharField("aanleiding", max_length=200, blank=True, editable=False)
    origin_path = models.CharField(max_length=300, blank=True, editable=False)
    state = models.CharField(
        "stand", max_length=12, choices=BallotState, default=BALLOT.initial, editable=False
    )
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "stemming"
        verbose_name_plural = "stemmingen"
        ordering = ["region", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "number"], name="procurement_ballot_number_unique"
            ),
            models.CheckConstraint(
                name="procurement_ballot_names_its_subject",
                condition=Q(subject="provider", provider__isnull=False, product__isnull=True)
                | Q(subject="product", product__isnull=False),
                violation_error_message="Kies de aanbieder of het product waarover het gaat.",
            ),
            models.CheckConstraint(
                name="procurement_ballot_ends_what_it_is_about",
                condition=Q(subject="provider", ending__in=["notice", "dissolve"])
                | Q(subject="product", ending="remove"),
                violation_error_message="Een aanbieder gaat uit het aanbod door opzeggen of "
                "ontbinden; een product gaat uit het contract.",
            ),
            models.CheckConstraint(
                name="procurement_ballot_open_has_rule_and_days",
                condition=~Q(state__in=["open", "carried_out", "rejected"])
                | Q(rule__isnull=False, opened_on__isnull=False, vote_before__isnull=False),
            ),
            models.CheckConstraint(
                name="procurement_ballot_decided_on_a_day",
                condition=~Q(state__in=["carried_out", "rejected"]) | Q(decided_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"stemming {self.number}: {self.about}"

    @property
    def about(self) -> str:
        if self.subject == VoteSubject.PROVIDER:
            return str(self.provider)
        return f"{self.product} van {self.provider}" if self.provider_id else str(self.product)

    @property
    def tone(self) -> str:
        return BallotState(self.state).tone


@audited()
class CollegeVote(models.Model):
    """One municipality that may vote, and what its college said. No choice yet is no yes."""

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="votes")
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, related_name="+"
    )
    choice = models.CharField("stem", max_length=8, choices=VoteChoice, blank=True)
    decided_on = models.DateField("besluit van het college op", null=True, blank=True)
    reason = models.TextField("waarom", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "stem van een college"
        verbose_name_plural = "stemmen van colleges"
        ordering = ["ballot", "municipality__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "municipality"], name="procurement_collegevote_once"
            ),
            models.CheckConstraint(
                name="procurement_collegevote_cast_on_a_day",
                condition=Q(choice="", decided_on__isnull=True)
                | (~Q(choice="") & Q(decided_on__isnull=False)),
                violation_error_message="Noem de dag van het besluit van het college.",
            ),
            models.CheckConstraint(
                name="procurement_collegevote_against_says_why",
                condition=~Q(choice="against") | ~Q(reason=""),
                violation_error_message="Schrijf op waarom het college tegen is.",
            ),
        ]

    def __str__(self) -> str:
        return f"college van {self.municipality}"

    @property
    def tone(self) -> str:
        return VoteChoice(self.choice).tone if self.choice else "neutral"
