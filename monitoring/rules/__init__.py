from .figures import (
    can_compare_providers,
    can_compute,
    can_see_figures,
    check_can_compare_providers,
    check_can_compute,
    check_can_see_figures,
)

__all__ = [
    "can_compare_providers",
    "can_compute",
    "can_see_figures",
    "check_can_compare_providers",
    "check_can_compute",
    "check_can_see_figures",
]
