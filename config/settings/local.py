"""A newcomer's machine: started by ./start, which sets the addresses of the services."""

from .base import *  # noqa: F403
from .base import INSTALLED_APPS, PSEUDONYM_KEY, SECRET_KEY, env

INSTALLED_APPS = [*INSTALLED_APPS, "core.localservices"]

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = SECRET_KEY or "only-for-this-machine-not-for-production-0123456789abcdef"
PSEUDONYM_KEY = PSEUDONYM_KEY or "only-for-this-machine-pseudonyms-0123456789abcdef"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=False)

# Static files are served as they lie in the checkout: nothing to collect first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
