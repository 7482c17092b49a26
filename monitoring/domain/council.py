"""What councils get to see at all: the fewer figures lie side by side, the fewer must be hidden."""

from collections.abc import Collection, Mapping

from ..enums import Cell

Said = Mapping[Cell, frozenset[str]]

WHOLE = frozenset(
    {
        # Volume and flow
        "clients", "clients_stay", "clients_per_100", "inflow", "new_clients", "outflow",
        "outflow_plan", "outflow_provider", "outflow_domain", "duration_p50", "duration_p90",
        "referrer_share_01", "referrer_share_02", "referrer_share_04", "providers",
        # Waiting
        "wait_p50", "wait_p90", "wait_within_norm", "waiting", "waiting_p50",
        # Outcome
        "dropout_rate", "dropout_rate:onesided", "without_help", "goal_attainment",
        "satisfaction_youth", "satisfaction_parent", "repeat_care_rate", "outcome_response",
        # Transformation
        "stay_share", "stay_days", "heavy_to_light", "lighter_to_heavier", "onward_placements",
        "in_region_stay", "extension_rate", "stacked_care", "stacked_providers_3",
        # Money
        "spend", "spend_completed", "spend_per_client", "budget", "budget_use",
        # Quality of the data
        "declaration_lag_p50", "reject_share", "orphan_share", "retroactive_share",
        "missing_stop_share",
    }
)  # fmt: skip
PER_SEGMENT = frozenset(
    {
        "clients", "inflow", "outflow", "duration_p50", "wait_p50", "providers",
        "spend", "spend_completed", "budget", "budget_use",
    }
)  # fmt: skip
MARKET = frozenset({"top_share_3", "top_share_7", "hhi"})
PER_CATEGORY = frozenset({"client_share", "spend_share"})
# A figure of the left side cannot be protected without the quantity that it gives away.
NEEDS = {"stay_days": "clients_stay", "stay_share": "clients_stay", "spend_per_client": "spend"}


def council_says(*, goals: Collection[str]) -> Said:
    """Per kind of cell the codes that editions and pages for councils say, with those of goals."""
    named = frozenset(goals)
    segment = PER_SEGMENT | named | {NEEDS[code] for code in named & NEEDS.keys()}
    whole = WHOLE | named
    return {
        Cell.REGION: whole,
        Cell.MUNICIPALITY: whole,
        Cell.SEGMENT: segment | MARKET,
        Cell.MUNICIPALITY_SEGMENT: segment,
        Cell.CATEGORY: PER_CATEGORY,
    }
