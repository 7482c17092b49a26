"""Ticks, scales and labels that keep apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.charts import nice_ticks
from core.charts.lettering import shorten, spread, width_of, wrap
from core.charts.placing import Box, place_labels
from core.charts.scale import Scale

finite = st.floats(-1e9, 1e9, allow_nan=False).map(lambda value: round(value, 6))


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 10, [0, 2, 4, 6, 8, 10]),
        (0, 0.17, [0, 0.05, 0.1, 0.15, 0.2]),
        (0, 480, [0, 100, 200, 300, 400, 500]),
        (-3, 7, [-4, -2, 0, 2, 4, 6, 8]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (5, 5, [0, 1, 2, 3, 4, 5]),
        (0, 5e-324, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (float("nan"), 3, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_ticks_are_round_numbers(low, high, ticks):
    assert nice_ticks(low, high) == pytest.approx(ticks)


def test_counts_get_whole_steps():
    assert nice_ticks(0, 2, whole=True) == [0, 1, 2]


@given(finite, finite)
def test_ticks_cover_the_range_in_even_steps(one, other):
    ticks = nice_ticks(one, other)
    low, high = min(one, other), max(one, other)
    slack = (high - low) * 1e-6 + 1e-9 * max(abs(low), abs(high))
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
    assert 2 <= len(ticks) <= 9
    steps = [b - a for a, b in pairwise(ticks)]
    assert min(steps) > 0
    assert max(steps) == pytest.approx(min(steps), rel=1e-3)


def test_a_scale_turns_values_into_pixels():
    scale = Scale(0, 10, 200, 0)
    assert [scale(0), scale(5), scale(10), scale.clamp(99)] == [200, 100, 0, 0]


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_labels_are_kept_apart_in_order_and_in_bounds(wanted):
    placed = spread(wanted, 30, 0, 300)
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    heights = [placed[i] for i in order]
    assert all(b - a >= 30 - 1e-6 for a, b in pairwise(heights))
    assert heights[0] >= -1e-6
    assert heights[-1] <= 300 + 1e-6


def test_labels_with_room_stay_where_they_are():
    assert spread([10, 100, 200], 20, 0, 300) == [10, 100, 200]


def test_text_is_shortened_and_wrapped_to_the_room():
    assert shorten("Leidschendam", 1000) == "Leidschendam"
    assert width_of(shorten("Leidschendam-Voorburg", 80)) <= 80
    assert shorten("Leidschendam-Voorburg", 80).endswith("…")
    assert wrap("Hoogspecialistische jeugdhulp", 140) == ["Hoogspecialistische", "jeugdhulp"]
    assert wrap("", 100) == []


def test_labels_avoid_each_other_and_the_marks():
    area = Box(0, 0, 300, 300)
    spots = [(150, 150), (152, 150), (150, 152)]
    placed = place_labels(["Een", "Twee", "Drie"], spots, spots, area, size=11)
    assert [label.content for label in placed] == ["Een", "Twee", "Drie"]
    boxes = [Box(p.x, p.y - 8, p.x + width_of(p.content, 11), p.y) for p in placed]
    assert not any(a.touches(b) for i, a in enumerate(boxes) for b in boxes[:i])


def test_a_label_without_room_is_left_out():
    spots = [(20, 20)]
    assert place_labels(["Een naam"], spots, spots, Box(0, 0, 40, 40), size=11) == []
