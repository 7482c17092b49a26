from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.db import models
from django.db.models import F, Q

from core.audit import audited
from regions.models import Municipality, Region

from ..enums import Direction, Driver, MeasureKind, Sureness

EFFECT_HELP = (
    "In procent van wat verandert, met min voor minder. Bij een verschuiving: welk deel van de "
    "jeugdigen overgaat, zonder min. Leeg: nog te bepalen."
)
WHOLE_RANGE = Q(
    effect_low__lte=F("effect_central"), effect_central__lte=F("effect_high"),
    effect_low__gte=-100, effect_high__lte=500,
)  # fmt: skip
NO_EFFECT = Q(effect_low__isnull=True, effect_central__isnull=True, effect_high__isnull=True)
SOME_EFFECT = Q(effect_low__isnull=False, effect_central__isnull=False, effect_high__isnull=False)
NO_TARGET = Q(target_segment="", target_category="", target_product="")

NO_VOLUME = Q(volume_low__isnull=True, volume_central__isnull=True, volume_high__isnull=True)
SOME_VOLUME = Q(
    volume_low__isnull=False, volume_central__isnull=False, volume_high__isnull=False,
    volume_low__lte=F("volume_central"), volume_central__lte=F("volume_high"),
)  # fmt: skip
VOLUME_OF = (
    Q(driver=Driver.INFLOW, direction=Direction.CHEAPER, volume_central__lte=0)
    | Q(driver=Driver.INFLOW, direction=Direction.DEARER, volume_central__gte=0)
    | Q(driver=Driver.MIX, volume_low__gte=0)
)


class Effect(models.Model):
    """A range of an effect: the limits of 80 % around the centre, in percent. All or none."""

    effect_low = models.DecimalField(
        "effect, laag", max_digits=6, decimal_places=2, null=True, blank=True,
        help_text="Ondergrens van het interval met 80% kans.",
    )  # fmt: skip
    effect_central = models.DecimalField(
        "effect, midden", max_digits=6, decimal_places=2, null=True, blank=True,
        help_text=EFFECT_HELP,
    )  # fmt: skip
    effect_high = models.DecimalField(
        "effect, hoog", max_digits=6, decimal_places=2, null=True, blank=True,
        help_text="Bovengrens van het interval met 80% kans.",
    )  # fmt: skip
    replacement = models.DecimalField(
        "kosten van de andere zorg (%)", max_digits=6, decimal_places=2, null=True, blank=True,
        help_text="Alleen bij een verschuiving: wat de andere zorg kost van elke 100 euro die "
        "vrijkomt.",
    )  # fmt: skip

    class Meta:
        abstract = True

    @property
    def has_effect(self) -> bool:
        return self.effect_central is not None


@audited()
class Measure(Effect):
    """Something that changes what drives cost, and where, from when and how surely.

    Effects are as a document or an agreement gives them; without them the measure is known and
    does not count until a scenario assumes something.
    """

    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="measures")
    code = models.SlugField("code", max_length=40)
    name = models.CharField("naam", max_length=160)
    kind = models.CharField(
        "soort", max_length=12, choices=MeasureKind, default=MeasureKind.MEASURE
    )
    driver = models.CharField("wat verandert", max_length=10, choices=Driver)
    direction = models.CharField("richting", max_length=8, choices=Direction)
    municipality = models.ForeignKey(
        Municipality, verbose_name="gemeente", on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", help_text="Leeg: in de hele regio.",
    )  # fmt: skip
    segment = models.CharField("segment", max_length=20, blank=True, help_text="Leeg: alle.")
    category = models.CharField("categorie", max_length=40, blank=True, help_text="Leeg: alle.")
    product = models.CharField("product", max_length=5, blank=True, help_text="Leeg: alle.")
    target_segment = models.CharField("naar segment", max_length=20, blank=True)
    target_category = models.CharField("naar categorie", max_length=40, blank=True)
    target_product = models.CharField("naar product", max_length=5, blank=True)
    starts_on = models.DateField("vanaf (eerste dag van een maand)")
    delay_months = models.PositiveSmallIntegerField("vertraging in maanden", default=0)
    ramp_months = models.PositiveSmallIntegerField(
        "ingroei in maanden", default=0, help_text="Hoe lang het duurt tot het hele effect er is."
    )
    circa = models.BooleanField(
        "circa", default=False, help_text="Het document noemt het effect bij benadering."
    )
    volume_low = models.IntegerField("volume, laag", null=True, blank=True)
    volume_central = models.IntegerField(
        "volume, midden", null=True, blank=True,
        help_text="In plaats van een percentage. Bij instroom: hoeveel trajecten per jaar erbij "
        "komen, met min voor minder. Bij een verschuiving: hoeveel jeugdigen overgaan.",
    )  # fmt: skip
    volume_high = models.IntegerField("volume, hoog", null=True, blank=True)
    changes_agreed = models.BooleanField(
        "verandert ook afgesproken bedragen", default=False,
        help_text="Alleen als de maatregel over het taakgerichte contract zelf gaat, zoals een "
        "nieuw bedrag na onderhandeling. Anders blijft wat al is afgesproken zoals het is.",
    )  # fmt: skip
    sureness = models.CharField("zekerheid", max_length=10, choices=Sureness)
    order = models.PositiveSmallIntegerField("volgnummer", default=0)
    note = models.TextField("toelichting", blank=True)
    source = models.CharField("bron", max_length=200, blank=True)
    fictitious = models.BooleanField("fictief", default=False)

    class Meta:
        verbose_name = "maatregel"
        verbose_name_plural = "maatregelen"
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code"], name="finance_measure_code_once",
                violation_error_message="Deze code is al in gebruik voor een andere maatregel.",
            ),
            models.CheckConstraint(
                name="finance_measure_range_whole",
                condition=NO_EFFECT | (SOME_EFFECT & WHOLE_RANGE),
                violation_error_message=(
                    "Geef laag, midden en hoog samen, van laag naar hoog, tussen -100 en 500 "
                    "procent; of geen van drieën."
                ),
            ),
            models.CheckConstraint(
                name="finance_measure_sign",
                condition=NO_EFFECT | Q(driver=Driver.MIX)
                | Q(direction=Direction.CHEAPER, effect_central__lte=0)
                | Q(direction=Direction.DEARER, effect_central__gte=0),
                violation_error_message=(
                    "De richting en het teken van het effect spreken elkaar tegen: minder is een "
                    "min, meer is een plus."
                ),
            ),
            models.CheckConstraint(
                name="finance_measure_mix_whole",
                condition=(
                    Q(driver=Driver.MIX) & ~NO_TARGET
                    & (NO_EFFECT | Q(effect_low__gte=0, effect_high__lte=100,
                                     replacement__isnull=False))
                ) | (~Q(driver=Driver.MIX) & NO_TARGET & Q(replacement__isnull=True)),
                violation_error_message=(
                    "Een verschuiving heeft een doel, een deel van 0 tot 100 procent en de kosten "
                    "van de andere zorg; een andere maatregel heeft die niet."
                ),
            ),
            models.CheckConstraint(
                name="finance_measure_replacement",
                condition=Q(replacement__isnull=True) | Q(replacement__range=(0, 1000)),
                violation_error_message="De andere zorg kost 0 tot 1000 procent.",
            ),
            models.CheckConstraint(
                name="finance_measure_first_of_month", condition=Q(starts_on__day=1),
                violation_error_message="Een maatregel begint op de eerste dag van een maand.",
            ),
            models.CheckConstraint(
                name="finance_measure_volume_whole",
                condition=NO_VOLUME | (SOME_VOLUME & NO_EFFECT & VOLUME_OF),
                violation_error_message=(
                    "Geef een percentage of een volume, niet beide. Een volume heeft laag, midden "
                    "en hoog, hoort bij instroom of een verschuiving en past bij de richting."
                ),
            ),
            models.CheckConstraint(
                name="finance_measure_months",
                condition=Q(delay_months__lte=120) & Q(ramp_months__lte=180),
                violation_error_message="Vertraging en ingroei duren ten hoogste 10 en 15 jaar.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def is_mix(self) -> bool:
        return self.driver == Driver.MIX

    @property
    def is_exact(self) -> bool:
        """Whether no document gives a range: the limits are the middle itself."""
        return self.effect_low == self.effect_high and self.volume_low == self.volume_high

    @property
    def has_volume(self) -> bool:
        return self.volume_central is not None

    @property
    def is_known(self) -> bool:
        """Whether its size is known, as a percentage or as a volume."""
        return self.has_effect or self.has_volume

    @property
    def volume_noun(self) -> str:
        return "jeugdigen" if self.is_mix else "trajecten per jaar"

    # Names by code of segments and products, where a page has laid them here.
    names: Mapping[str, str] = MappingProxyType({})

    @property
    def where(self) -> str:
        """The scope in words; codes where no names are known."""
        place = self.municipality.name if self.municipality else "hele regio"
        return ", ".join([place, *self._scope(self.segment, self.category, self.product)])

    @property
    def where_to(self) -> str:
        target = self._scope(self.target_segment, self.target_category, self.target_product)
        return ", ".join(target)

    def _scope(self, segment: str, category: str, product: str) -> list[str]:
        parts = [
            f"segment {self.names.get(segment, segment)}" if segment else "",
            category.replace("-", " "),
            f"product {self.names.get(product, product)}" if product else "",
        ]
        return [part for part in parts if part]

    @property
    def saves_by_hundred(self) -> Decimal | None:
        """Of a mix: what of every 100 euro that comes free is kept."""
        return None if self.replacement is None else 100 - self.replacement


@audited()
class MeasureStep(models.Model):
    """A phased introduction: from a day on, so much of the measure works. Steps take the place of
    the ramp; what the last one says is as far as the measure goes."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="steps")
    starts_on = models.DateField("vanaf (eerste dag van een maand)")
    share = models.DecimalField("dan werkt (%)", max_digits=5, decimal_places=2)
    name = models.CharField("wat dan begint", max_length=160, blank=True)

    class Meta:
        verbose_name = "stap van een maatregel"
        verbose_name_plural = "stappen van een maatregel"
        ordering = ["measure", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "starts_on"], name="finance_measurestep_once",
                violation_error_message="Op deze dag begint al een stap.",
            ),
            models.CheckConstraint(
                name="finance_measurestep_share",
                condition=Q(share__gt=0, share__lte=100),
                violation_error_message="Een stap is meer dan 0 en ten hoogste 100 procent.",
            ),
            models.CheckConstraint(
                name="finance_measurestep_first_of_month", condition=Q(starts_on__day=1),
                violation_error_message="Een stap begint op de eerste dag van een maand.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.measure}: {self.share}% vanaf {self.starts_on}"
