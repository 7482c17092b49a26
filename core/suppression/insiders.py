"""The cells as insiders see them: what is their own stands fast, the rest is somebody else's."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.suppression.model import Insider, Key, Part, Publication, Sum, Thresholds
from core.suppression.system import COMPLEMENT, Cell, System, cell_of_amount, cell_of_count

NOTHING = 0.005


def views(
    publication: Publication, system: System, thresholds: Thresholds
) -> list[dict[Key, Cell]]:
    """Per insider the cells that he sees otherwise than everyone does."""
    return [
        _view(insider, publication, system, thresholds)
        for insider in publication.insiders
        if insider.whole or insider.parts
    ]


def _view(
    insider: Insider, publication: Publication, system: System, thresholds: Thresholds
) -> dict[Key, Cell]:
    nothing = {key for key in publication.published & system.cells.keys() if _is_zero(system, key)}
    known = _worked_out((insider.whole & system.cells.keys()) | nothing, system.sums) - nothing
    view = {key: replace(system.cells[key], fixed=True, small=False, kept=False) for key in known}
    for key, part in _with_complements(insider.parts, publication).items():
        if key in system.cells and key not in known:
            view[key] = _of_others(system.cells[key], part, thresholds)
    return view


def _is_zero(system: System, key: Key) -> bool:
    return system.cells[key].value == 0


def _worked_out(known: Iterable[Key], sums: Iterable[Sum]) -> set[Key]:
    """What he knows, and what that leaves of sums of which he knows all but one: his own still,
    as long as the others have nothing."""
    found, before = set(known), -1
    while len(found) > before:
        before = len(found)
        for equation in sums:
            unknown = [key for key in (equation.total, *equation.parts) if key not in found]
            if len(unknown) == 1:
                found.update(unknown)
    return found


def _with_complements(parts: Mapping[Key, Part], publication: Publication) -> dict[Key, Part]:
    own = dict(parts)
    for share in publication.shares:
        if share.numerator in parts and share.denominator in parts:
            whole, part = parts[share.denominator].value, parts[share.numerator].value
            own[COMPLEMENT, share.key] = Part(float(whole) - float(part))
    return own


def _of_others(cell: Cell, part: Part, thresholds: Thresholds) -> Cell:
    """The cell with the insider's part as its floor: what must be free to move is the others'.

    A part that cannot be one (more than the whole) tells him nothing, and what is out already
    cannot be kept from him.
    """
    own = float(part.value)
    rest = cell.value - own
    if cell.fixed or own == 0 or (cell.clients is None and not 0 < own <= cell.value):
        return cell
    if cell.clients is None:
        others = cell_of_count(round(rest), thresholds)
    else:
        few = cell.small or 0 < cell.clients - part.clients < thresholds.cases
        others = cell_of_amount(rest, thresholds, few and abs(rest) > NOTHING)
    floor = max(cell.floor, own + others.floor)
    return replace(cell, floor=floor, small=others.small, down=others.down, up=others.up)
