"""What cannot be protected takes along everything that could give it away."""

from core.suppression import Count, Derived, Publication, Share, Sum, suppress
from monitoring.domain.publication import withheld_with


def test_what_is_tied_to_an_exposed_cell_is_withheld():
    """The whole and one part are out already, so the other part, 4, cannot be hidden."""
    publication = Publication(
        counts=(
            Count("whole", 34), Count("north", 30), Count("south", 4),
            Count("stays", 2), Count("elsewhere", 50),
        ),
        shares=(Share("share of stay", "stays", "south"),),
        derived=(Derived("mean wait", ("north",)), Derived("other", ("elsewhere",))),
        sums=(Sum("whole", ("north", "south")),),
        published=frozenset({"whole", "north"}),
    )  # fmt: skip
    exposed = suppress(publication).exposed
    assert "south" in exposed
    withheld = withheld_with(publication, exposed)
    assert {"whole", "north", "south", "share of stay", "mean wait"} <= withheld
    assert withheld.isdisjoint({"elsewhere", "other"})


def test_nothing_is_withheld_when_all_is_protected():
    publication = Publication(counts=(Count("whole", 34),))
    assert withheld_with(publication, suppress(publication).exposed) == frozenset()
