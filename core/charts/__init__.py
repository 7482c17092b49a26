"""Front door of the charts: data in, accessible SVG and a table out; see docs/core/charts.md."""

from core.charts.bars import BarChart
from core.charts.base import NARROW, WIDE, Chart, Table
from core.charts.bullet import Bullet, BulletChart
from core.charts.fan import FanChart
from core.charts.funnel import FAR, NEAR, WITHIN, FunnelChart, FunnelLimit, FunnelPoint
from core.charts.heatmap import HeatMap
from core.charts.lines import LineChart, NormBand, Reference, Series
from core.charts.scale import nice_ticks
from core.charts.small import SmallMultiples, Sparkline
from core.charts.stacked import StackedBars
from core.charts.timeline import Span, Timeline
from core.charts.units import COUNT, DAYS, EUROS, MILLIONS, SHARE, THOUSANDS, Unit, Value
from core.charts.waterfall import WaterfallChart, WaterfallStep

__all__ = [
    "COUNT",
    "DAYS",
    "EUROS",
    "FAR",
    "MILLIONS",
    "NARROW",
    "NEAR",
    "SHARE",
    "THOUSANDS",
    "WIDE",
    "WITHIN",
    "BarChart",
    "Bullet",
    "BulletChart",
    "Chart",
    "FanChart",
    "FunnelChart",
    "FunnelLimit",
    "FunnelPoint",
    "HeatMap",
    "LineChart",
    "NormBand",
    "Reference",
    "Series",
    "SmallMultiples",
    "Span",
    "Sparkline",
    "StackedBars",
    "Table",
    "Timeline",
    "Unit",
    "Value",
    "WaterfallChart",
    "WaterfallStep",
    "nice_ticks",
]
