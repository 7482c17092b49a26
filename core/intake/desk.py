"""What intake adds to shared pages."""

from core.ui import NavItem, Place, register_nav

from .registry import forms_for


def may_deliver(place: Place) -> bool:
    return bool(forms_for(place.user, place.tenant_id))


register_nav(NavItem("Gegevens aanleveren", "intake", "gegevens", 1, may_deliver))
