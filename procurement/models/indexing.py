from datetime import date
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core.audit import audited
from regions.models import Region
from regions.models.region import DateRange

from ..enums.contracts import IndexKind, IndexSeries, IndexStage
from .contracts import Contract
from .dated import Dated, ends_after_start
from .rounds import Round
from .tariffs import Tariff


@audited()
class IndexFigure(models.Model):
    """What an index says of a year, at a stage: a forecast first, later the definitive figure."""

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="index_figures")
    series = models.CharField("index", max_length=4, choices=IndexSeries)
    year = models.PositiveSmallIntegerField("jaar")
    stage = models.CharField("stadium", max_length=10, choices=IndexStage)
    percentage = models.DecimalField("percentage", max_digits=6, decimal_places=3)
    published_on = models.DateField("gepubliceerd op", null=True, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "indexcijfer"
        verbose_name_plural = "indexcijfers"
        ordering = ["-year", "series", "stage"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "series", "year", "stage"],
                name="procurement_indexfigure_once",
                violation_error_message="Dit cijfer is al vastgelegd voor dit jaar en stadium.",
            ),
            models.CheckConstraint(
                name="procurement_indexfigure_plausible",
                condition=Q(percentage__gte=-20, percentage__lte=50),
                violation_error_message="Een indexcijfer ligt tussen -20 en 50 procent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_series_display()} {self.year} ({self.get_stage_display()})"


@audited()
class IndexationRule(Dated):
    """How tariffs rise each year: of the region, or of one contract that agreed otherwise.

    Shares are of the tariff: 0.90 labour and 0.10 material (contract standard art. 3.2).
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="indexation_rules")
    contract = models.ForeignKey(
        Contract,
        on_delete=models.CASCADE,
        related_name="indexation_rules",
        null=True,
        blank=True,
        help_text="Laat leeg voor de regel van de hele regio.",
    )
    kind = models.CharField("soort", max_length=8, choices=IndexKind)
    flat_percentage = models.DecimalField(
        "vast percentage", max_digits=5, decimal_places=2, null=True, blank=True
    )
    labour_share = models.DecimalField(
        "deel loon", max_digits=4, decimal_places=3, default=Decimal("0.900")
    )
    material_share = models.DecimalField(
        "deel materieel", max_digits=4, decimal_places=3, default=Decimal("0.100")
    )
    labour_series = models.CharField(
        "index loon", max_length=4, choices=IndexSeries, default=IndexSeries.OVA
    )
    material_series = models.CharField(
        "index materieel", max_length=4, choices=IndexSeries, default=IndexSeries.PPC
    )
    corrects = models.BooleanField(
        "voorcalculatie van vorig jaar herstellen",
        default=True,
        help_text="Het verschil tussen de definitieve index en de voorcalculatie telt dan mee.",
    )
    exempt_care_forms = models.JSONField(
        "niet voor hulpvormen (CBS-codes)", default=list, blank=True
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "indexeringsregel"
        verbose_name_plural = "indexeringsregels"
        ordering = ["region", "contract", "valid_from"]
        constraints = [
            ends_after_start("procurement_indexationrule_validity"),
            ExclusionConstraint(
                name="procurement_indexationrule_once_at_a_time",
                expressions=[
                    ("region", RangeOperators.EQUAL),
                    (Coalesce("contract", 0), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="In die periode geldt al een regel.",
            ),
            models.CheckConstraint(
                name="procurement_indexationrule_says_how",
                condition=Q(kind="flat", flat_percentage__isnull=False) | Q(kind="weighted"),
                violation_error_message="Noem het vaste percentage.",
            ),
            models.CheckConstraint(
                name="procurement_indexationrule_shares_are_whole",
                condition=Q(labour_share__gte=0, material_share__gte=0)
                & Q(labour_share=Decimal(1) - F("material_share")),
                violation_error_message="Loon en materieel zijn samen 100%.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.contract or self.region}"


@audited()
class IndexationRun(Round):
    """One round of indexation: worked out, applied to many tariffs in one job, then confirmed.

    Until it is confirmed it can be undone as a whole.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="indexation_runs")
    year = models.PositiveSmallIntegerField("jaar")
    effective_from = models.DateField("gaat in op")
    extra_points = models.DecimalField(
        "extra procentpunten",
        max_digits=5,
        decimal_places=3,
        default=0,
        help_text="Een correctie die de regio zelf vaststelt, bijvoorbeeld 0,10.",
    )

    class Meta:
        verbose_name = "indexeringsronde"
        verbose_name_plural = "indexeringsrondes"
        ordering = ["-year", "-pk"]

    def __str__(self) -> str:
        return f"indexering {self.year}"

    @property
    def changes(self) -> int:
        return super().changes + self.amounts.filter(skipped="").count()

    @property
    def begins_the_year(self) -> bool:
        """What is agreed for a whole year only follows when the year begins."""
        return self.effective_from == date(self.year, 1, 1)


class Indexed(models.Model):
    """What a round does to one amount, and why; `old_end` restores the old row when undone."""

    percentage = models.DecimalField("percentage", max_digits=6, decimal_places=2)
    working = models.CharField("berekening", max_length=300)
    old_end = models.DateField(null=True)
    skipped = models.CharField("waarom niet", max_length=200, blank=True)

    class Meta:
        abstract = True


class IndexationLine(Indexed):
    """One tariff in a round: old and new, and the percentage with its working. Kept as it was."""

    run = models.ForeignKey(IndexationRun, on_delete=models.CASCADE, related_name="lines")
    tariff = models.ForeignKey(Tariff, on_delete=models.SET_NULL, null=True, related_name="+")
    made = models.ForeignKey(Tariff, on_delete=models.SET_NULL, null=True, related_name="+")
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, null=True, related_name="+")
    product_code = models.CharField("productcode", max_length=5)
    unit = models.CharField("eenheid (WJ756)", max_length=2)
    old_amount = models.DecimalField("was", max_digits=12, decimal_places=2)
    new_amount = models.DecimalField("wordt", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "regel van indexering"
        verbose_name_plural = "regels van indexering"
        ordering = ["run", "contract__number", "product_code", "unit"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "tariff"], name="procurement_indexationline_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_code}: {self.old_amount} -> {self.new_amount}"


class IndexationAmount(Indexed):
    """One amount per year in a round: old and new, with its working. Kept as it was.

    `kind` is one of `domain.yearly_amounts`, `row` and `made` the keys of its old and new row.
    """

    run = models.ForeignKey(IndexationRun, on_delete=models.CASCADE, related_name="amounts")
    kind = models.CharField("soort", max_length=16)
    row = models.BigIntegerField()
    made = models.BigIntegerField(null=True)
    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="+")
    title = models.CharField("waarvoor", max_length=200)
    old_amount = models.DecimalField("was", max_digits=14, decimal_places=2)
    new_amount = models.DecimalField("wordt", max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = "jaarbedrag in indexering"
        verbose_name_plural = "jaarbedragen in indexering"
        ordering = ["run", "contract__number", "kind", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "kind", "row"], name="procurement_indexationamount_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.old_amount} -> {self.new_amount}"
