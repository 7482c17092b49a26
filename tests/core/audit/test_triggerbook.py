"""The indexes that are kept are those that pgtrigger would work out."""

from pgtrigger import registry
from pgtrigger.registry import _Registry


def test_the_kept_indexes_are_those_of_pgtrigger() -> None:
    book = registry._registry
    assert len(book) > 100
    assert book.by_db_table == _Registry.by_db_table.fget(book)
    assert book.pg_function_names == _Registry.pg_function_names.fget(book)
