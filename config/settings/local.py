"""A newcomer's machine: started by ./start, which sets the addresses of the services."""

from .base import *  # noqa: F403
from .base import SECRET_KEY, PSEUDONYM_KEY, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = SECRET_KEY or "only-for-this-machine-not-for-production-0123456789abcdef"
PSEUDONYM_KEY = PSEUDONYM_KEY or "only-for-this-machine-pseudonyms-0123456789abcdef"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=False)
