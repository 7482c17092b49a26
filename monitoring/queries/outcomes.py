"""The outcome indicators by which providers are judged."""

from ..enums import Kind, Polarity, Theme
from ..indicators import Indicator
from ..indicators.registry import of_theme


def outcome_indicators() -> list[Indicator]:
    """Shares with a direction, their variants left out."""
    return [
        one
        for one in of_theme(Theme.OUTCOME)
        if one.kind is Kind.SHARE and one.polarity is not Polarity.NEITHER and not one.variant_of
    ]
