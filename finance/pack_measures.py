"""Measures in a pack: the developments and levers of a strategy."""

from typing import Any

from core.packs import Node
from core.packs.listing import Choice, Context, Day, Entry, Flag, Listing, Number, Ref, Whole
from regions.models import Municipality

from .enums import Direction, Driver, MeasureKind, Sureness
from .models import Measure, MeasureStep

DRIVERS = {
    "instroom": Driver.INFLOW,
    "duur": Driver.DURATION,
    "intensiteit": Driver.INTENSITY,
    "prijs": Driver.PRICE,
    "verschuiving": Driver.MIX,
}
DIRECTIONS = {"omlaag": Direction.CHEAPER, "omhoog": Direction.DEARER}


class MonthCount(Whole):
    """A number of months; none is nothing."""

    def read(self, node: Node, context: Context) -> Any:
        return node.integer(self.word, 0)


def _municipality(context: Context, code: str) -> Municipality | None:
    found: Municipality | None = context.get("municipalities", {}).get(code)
    return found


def _gm_code(place: Any) -> str:
    return str(place.gm_code)


STEPS = Listing(
    key="stappen",
    model=MeasureStep,
    parent="measure",
    identity=("starts_on",),
    fields=(
        Day("vanaf", "starts_on", required=True),
        Number("deel", "share", required=True),
        Entry("wat", "name"),
    ),
)

MEASURES = Listing(
    key="maatregelen",
    model=Measure,
    parent="region",
    identity=("code",),
    counter="order",
    children=(STEPS,),
    fields=(
        Entry("code", "code", required=True),
        Entry("naam", "name", required=True),
        Choice("soort", "kind", of=MeasureKind, default=MeasureKind.MEASURE,
               options={str(kind.label): kind for kind in MeasureKind}),
        Choice("verandert", "driver", required=True, options=DRIVERS),
        Choice("kosten", "direction", required=True, options=DIRECTIONS),
        Ref("gemeente", "municipality", find=_municipality, name=_gm_code),
        Entry("segment", "segment"),
        Entry("categorie", "category"),
        Entry("product", "product"),
        Entry("naar_segment", "target_segment"),
        Entry("naar_categorie", "target_category"),
        Entry("naar_product", "target_product"),
        Day("vanaf", "starts_on", required=True),
        MonthCount("vertraging_maanden", "delay_months"),
        MonthCount("ingroei_maanden", "ramp_months"),
        Number("effect_laag", "effect_low"),
        Number("effect_midden", "effect_central"),
        Number("effect_hoog", "effect_high"),
        Flag("circa", "circa"),
        Number("andere_zorg", "replacement"),
        Whole("volume_laag", "volume_low"),
        Whole("volume_midden", "volume_central"),
        Whole("volume_hoog", "volume_high"),
        Flag("ook_afgesproken", "changes_agreed"),
        Choice("zekerheid", "sureness", required=True,
               options={str(one.label): one for one in Sureness}),
        Entry("toelichting", "note"),
        Entry("bron", "source"),
        Flag("fictief", "fictitious"),
    ),
)  # fmt: skip
