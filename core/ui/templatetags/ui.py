"""The components that pages are composed of. Every prop is declared; an unknown one is an error.

docs/core/ui.md shows each with an example; the gallery at /componenten/ shows them live. What they
do is in core/ui/parts.
"""

from django import template

from core import formats
from core.ui import words
from core.ui.parts import acting, lists, marks, page

register = template.Library()

for part in (page, lists, marks, acting):
    register.tags |= part.register.tags
    register.filters |= part.register.filters

register.filter("number", formats.number)
register.filter("percent", formats.percent)
register.filter("euro", formats.euro)
register.filter("euro_short", formats.euro_short)
register.filter("date_long", formats.date_long)
register.filter("date_short", formats.date_short)
for words_filter in (
    words.last_day,
    words.moment,
    words.count_of,
    words.file_size,
    words.yes_no,
    words.get_item,
):
    register.filter(words_filter.__name__, words_filter)
