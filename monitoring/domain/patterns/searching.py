"""The verb that looks for patterns in a set of figures and keeps what it found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from django.db import transaction

from ...enums import Kind, Polarity
from ...enums.patterns import Finding
from ...indicators import INDICATORS, Indicator
from ...models import FigureSet, IndicatorValue, Pattern, PatternRun
from ...queries.figures import history_of
from .control import p_chart
from .panel import Panel
from .run import FALSE_DISCOVERY_RATE, NEAR, Judged, judge
from .surprise import Rule

Key = tuple[str, str, str]
# Per indicator and kind of party: (segment, provider, municipality) -> per half-year (x, n).
Counts = dict[tuple[str, str], dict[Key, dict[int, tuple[float, float]]]]
Z95 = 1.959963984540054
PARTIES = ("provider", "municipality")
TWO_HALVES = (Rule.FUNNEL_YEAR, Rule.EARLIER_YEAR)


def searched() -> list[Indicator]:
    """Shares of cases that have a better side, or say something of the data."""
    return [
        i
        for i in INDICATORS
        if i.kind is Kind.SHARE and not i.variant_of and i.polarity is not Polarity.NEITHER
    ]


@cache
def method() -> str:
    """Changes when the same figures could be judged otherwise."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@transaction.atomic
def find_patterns(figure_set: FigureSet) -> PatternRun:
    """Judge all shares of all providers and municipalities per segment in one run.

    Uses the set and its history: what was computed of the half-years before it. Effects:
    one PatternRun with its patterns; the same question gives the run that is there already.
    """
    history = history_of(figure_set)
    labels = [one.half_year for one in history]
    FigureSet.objects.select_for_update().get(pk=figure_set.pk)
    known = PatternRun.objects.filter(figure_set=figure_set, method=method(), half_years=labels)
    found = known.first()
    if found is not None:
        return found
    subjects = list(_subjects(_counts(history), len(history)))
    judged = judge([panel for _, _, _, panel in subjects])
    run = PatternRun.objects.create(
        region=figure_set.region,
        figure_set=figure_set,
        method=method(),
        half_years=labels,
        comparisons=sum(_compared(one) for one in judged),
        rate=FALSE_DISCOVERY_RATE,
        scopes=[
            _scope(indicator, party, one)
            for (indicator, party, _, _), one in zip(subjects, judged, strict=True)
        ],
    )
    Pattern.objects.bulk_create(
        pattern
        for (indicator, _, keys, _), one in zip(subjects, judged, strict=True)
        for pattern in _patterns(run, indicator, keys, one, labels)
    )
    return run


def _counts(history: Sequence[FigureSet]) -> Counts:
    """One statement: every share of a segment by provider or by municipality, of all half-years."""
    place = {one.pk: number for number, one in enumerate(history)}
    rows = (
        IndicatorValue.objects.filter(
            figure_set__in=place, code__in=[i.code for i in searched()], category="",
            denominator__gt=0,
        )
        .exclude(segment="")
        .exclude(provider="", municipality="")
        .values_list(
            "figure_set_id", "code", "segment", "provider", "municipality",
            "numerator", "denominator",
        )
    )  # fmt: skip
    found: Counts = {}
    for pk, code, segment, provider, municipality, above, below in rows.iterator(chunk_size=10000):
        cells = found.setdefault((code, PARTIES[provider == ""]), {})
        half = cells.setdefault((segment, provider, municipality), {})
        half[place[pk]] = (float(above or 0), float(below or 0))
    return found


def _subjects(counts: Counts, width: int) -> Iterator[tuple[Indicator, str, list[Key], Panel]]:
    by_code = {indicator.code: indicator for indicator in searched()}
    for (code, party), cells in sorted(counts.items()):
        keys = sorted(key for key, halves in cells.items() if width - 1 in halves)
        segments = sorted({key[0] for key in keys})
        x, n = np.zeros((len(keys), width)), np.zeros((len(keys), width))
        for row, key in enumerate(keys):
            for column, (above, below) in cells[key].items():
                x[row, column], n[row, column] = above, below
        if keys:
            groups = np.array([segments.index(key[0]) for key in keys])
            yield by_code[code], party, keys, Panel(tuple(map(str, keys)), groups, x, n)


def _compared(one: Judged) -> int:
    return int((~np.isnan(np.column_stack([t.low for t in one.tests]))).any(axis=1).sum())


def _scope(indicator: Indicator, party: str, one: Judged) -> dict[str, Any]:
    needed = one.needed[np.isfinite(one.needed)]
    return {
        "code": indicator.code,
        "party": party,
        "between": one.spread.between,
        "within": one.spread.within,
        "cells": _compared(one),
        "too_small": int(one.too_small.sum()),
        "needed": int(np.median(needed)) if len(needed) else None,
        "found": int(one.found.sum()),
    }


def _patterns(
    run: PatternRun, indicator: Indicator, keys: list[Key], one: Judged, labels: list[str]
) -> Iterator[Pattern]:
    beside = one.panel.others().share
    for row in np.nonzero((one.p <= NEAR) | one.found)[0]:
        rule = one.best[row]
        if rule is None:
            continue
        halves = 2 if rule in TWO_HALVES else 1
        x, n = one.panel.numerators[row], one.panel.denominators[row]
        expected, low, high = _limits(one, int(row), rule, float(n[-halves:].sum()))
        segment, provider, municipality = keys[row]
        yield Pattern(
            run=run, code=indicator.code, theme=str(indicator.theme), segment=segment,
            provider=provider, municipality=municipality, rule=str(rule),
            finding=_finding(indicator, bool(one.found[row]), one.sign[row]),
            is_higher=bool(one.sign[row] > 0), is_small=bool(one.too_small[row]),
            numerator=float(x[-halves:].sum()), denominator=float(n[-halves:].sum()),
            expected=expected, low=low, high=high, p=float(one.p[row]), q=float(one.q[row]),
            course=[
                [label, above, below, None if np.isnan(other) else float(other)]
                for label, above, below, other in zip(labels, x, n, beside[row], strict=True)
            ],
            chart_rules=_chart_rules(one, int(row)),
        )  # fmt: skip


def _chart_rules(one: Judged, row: int) -> list[str]:
    x, n = one.panel.numerators[row], one.panel.denominators[row]
    seen = n > 0
    chart = p_chart(x[seen], n[seen], one.spread.within)
    return [str(fired.rule) for fired in chart.fired]


def _limits(
    one: Judged, row: int, rule: Rule, cases: float
) -> tuple[float | None, float | None, float | None]:
    """What the rule expected, with 95 % limits for so many cases."""
    test = next(t for t in one.tests if t.rule is rule)
    expected = float(test.expected[row])
    if np.isnan(expected):
        return None, None, None
    width = Z95 * float(np.sqrt(expected * (1 - expected) * (1 / cases + test.spread[row])))
    return expected, max(0.0, expected - width), min(1.0, expected + width)


def _finding(indicator: Indicator, is_found: bool, sign: float) -> str:
    if not is_found:
        return Finding.NOISE
    if indicator.polarity is Polarity.NEITHER:
        return Finding.OPEN
    better = (sign > 0) == (indicator.polarity is Polarity.MORE)
    return Finding.PRAISE if better else Finding.CONVERSATION
