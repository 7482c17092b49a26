"""Components: declared props, values read as Dutch, and an error for a typing mistake."""

from datetime import date

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory

from core.charts import BarChart, Series
from core.ui import Sorting


def draw(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "source",
    [
        '{% card titel="Meldingen" %}x{% endcard %}',
        '{% button "Opslaan" soort="primary" %}',
        '{% stat "Cliënten" 3 colour="red" %}',
        "{% table %}x{% endtable %}",
    ],
)
def test_unknown_or_missing_prop_is_an_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template("{% load ui %}" + source)


@pytest.mark.parametrize(
    "source",
    [
        '{% button "Opslaan" kind="purple" %}',
        '{% status_pill "lopend" "purple" %}',
        '{% alert tone="purple" %}x{% endalert %}',
        '{% th "Naam" sort="naam" %}',
    ],
)
def test_unknown_value_is_an_error(source: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        draw(source)


def test_text_is_escaped() -> None:
    html = draw("{% card title=title %}{{ title }}{% endcard %}", title="<b>De Brug</b>")
    assert "<b>" not in html
    assert html.count("&lt;b&gt;De Brug&lt;/b&gt;") == 2


def test_period_is_shown_with_its_last_day() -> None:
    html = draw("{% period start end %}", start=date(2023, 1, 1), end=date(2026, 1, 1))
    assert html == "van 1-1-2023 tot en met 31-12-2025"


def test_sorted_column_says_so_and_turns_around() -> None:
    request = RequestFactory().get("/", {"sorteer": "naam", "zoek": "brug", "pagina": "3"})
    sorting = Sorting(request, {"naam": "sort_name"}, "naam")
    html = draw('{% th "Naam" sort="naam" %}', request=request, sorting=sorting)
    assert 'aria-sort="ascending"' in html
    assert 'href="?sorteer=-naam&amp;zoek=brug"' in html


def test_sorting_takes_only_declared_columns() -> None:
    request = RequestFactory().get("/", {"sorteer": "password"})
    assert Sorting(request, {"naam": "sort_name"}, "naam").key == "naam"


def test_pager_keeps_the_filter() -> None:
    request = RequestFactory().get("/", {"zoek": "brug"})
    page = Paginator(range(120), 50).page(2)
    html = draw('{% pager page noun="contracten" %}', request=request, page=page)
    assert "51 tot en met 100 van 120 contracten" in html
    assert 'href="?zoek=brug&amp;pagina=3"' in html


def test_chart_comes_with_its_figures() -> None:
    counts = Series("Cliënten", (120, 45))
    bars = BarChart(title="Cliënten", categories=("Alkmaar", "Heiloo"), series=(counts,))
    html = draw('{% chart bars id="clienten" %}', bars=bars)
    assert html.count("<svg") == 2
    assert '<th scope="row">Heiloo</th>' in html
    assert "style=" not in html
