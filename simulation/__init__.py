"""Simulated care of a region, as messages and forms; it shares nothing with what reads them."""

from simulation.lines import LinesSummary, write_lines
from simulation.output import DeliveredFile
from simulation.profile import Profile, ProfileError, known_profiles, load_profile
from simulation.writing import Summary, write_region

__all__ = [
    "DeliveredFile",
    "LinesSummary",
    "Profile",
    "ProfileError",
    "Summary",
    "known_profiles",
    "load_profile",
    "write_lines",
    "write_region",
]
