"""Production: everything secret comes from the environment, and nothing starts without it."""

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import DATABASES, PSEUDONYM_KEY, SECRET_KEY, env

REQUIRED = ("SECRET_KEY", "PSEUDONYM_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL")
SHORTEST_KEY = 50
SHORTEST_PSEUDONYM_KEY = 32

if missing := [name for name in REQUIRED if not env(name, default="")]:
    raise ImproperlyConfigured(f"Not set in the environment: {', '.join(missing)}")
if len(SECRET_KEY) < SHORTEST_KEY or len(PSEUDONYM_KEY.encode()) < SHORTEST_PSEUDONYM_KEY:
    raise ImproperlyConfigured(
        f"SECRET_KEY needs {SHORTEST_KEY} characters, PSEUDONYM_KEY {SHORTEST_PSEUDONYM_KEY} bytes"
    )
if SECRET_KEY == PSEUDONYM_KEY:
    raise ImproperlyConfigured("SECRET_KEY and PSEUDONYM_KEY must differ")

# The web process keeps a pool (DB_POOL) and cuts off what takes too long; a worker keeps one
# connection per child and takes its time.
_options: dict[str, object] = {
    "connect_timeout": 5,
    "options": "-c lock_timeout={lock} -c statement_timeout={statement}".format(
        lock=env("DB_LOCK_TIMEOUT", default="0"),
        statement=env("DB_STATEMENT_TIMEOUT", default="0"),
    ),
}
if pool := env.int("DB_POOL", default=0):
    _options["pool"] = {"min_size": 1, "max_size": pool, "timeout": 10}
DATABASES["default"] |= {
    "OPTIONS": _options,
    "CONN_MAX_AGE": 0 if pool else 60,
    "CONN_HEALTH_CHECKS": True,
}

# The proxy ends TLS and sets this header itself, whatever a visitor sends.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
# Asked inside the network, without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz(/worker)?$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True

SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessie"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SAMESITE = "Lax"

# Documents are for the application alone. The setting for all storages would close the static files
# too, which the image makes as another user than the one that serves them.
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
