"""How much one user may ask; the numbers stand in settings."""

from rest_framework.throttling import UserRateThrottle


class PerUser(UserRateThrottle):
    scope = "api"
