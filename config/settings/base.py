"""Settings that hold everywhere; what differs per place is read from the environment."""

from pathlib import Path

import environ

from .api import *  # noqa: F403
from .celery import *  # noqa: F403
from .celery import broker_address
from .logs import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

SECRET_KEY = env("SECRET_KEY", default="")
# Key of the pseudonyms of clients (at least 32 bytes). It lives outside the database: losing it
# breaks the link between old and new messages of one client (docs/operations.md).
PSEUDONYM_KEY = env("PSEUDONYM_KEY", default="")
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
    "django_structlog",
    "core.logs",
    "core.health",
    "core.api",
    "core.backup",
    "core.users",
    "core.audit",
    "core.jobs",
    "core.documents",
    "core.states",
    "core.tasks",
    "core.intake",
    "core.ui",
    "regions",
    "segments",
    "providers",
    "procurement",
    "care",
    "finance",
    "monitoring",
    "reports",
    "simulation",
]

MIDDLEWARE = [
    "core.api.middleware.ApiMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.privacy_headers",
    "config.middleware.readable_address",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.ui.middleware.SignInMiddleware",
    "core.logs.middleware.RequestLog",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "regions.middleware.SecondFactorMiddleware",
    "regions.middleware.RegionMiddleware",
    "core.ui.middleware.RefusalMiddleware",
]
# Addresses that answer without a sign-in; they say nothing but whether a part works.
OPEN_PATHS = ["/healthz", "/readyz"]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.ui.context.desk",
                "regions.context.desk",
            ],
        },
    }
]
FORM_RENDERER = "core.ui.forms.Renderer"

DATABASES = {"default": env.db("DATABASE_URL", default="postgres://app@127.0.0.1:5432/jeugdregie")}
REDIS_URL = env("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "core.cache.ForgivingRedisCache",
        "LOCATION": env("CACHE_URL", default=REDIS_URL),
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 2},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = str
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "core.users.adapters.ClosedAccountAdapter"
# How long a link to choose a password works, an invitation's too: three days.
PASSWORD_RESET_TIMEOUT = env.int("PASSWORD_RESET_TIMEOUT", default=3 * 86_400)
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Jeugdregie"
MFA_FORMS = {
    "add_webauthn": "core.users.forms.AddKey",
    "edit_webauthn": "core.users.forms.RenameKey",
}
# Roles that may write must sign in with a second factor; the demo can lift that.
MFA_REQUIRED = env.bool("MFA_REQUIRED", default=True)

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
_nlds = BASE_DIR / "node_modules" / "@utrecht" / "component-library-css" / "dist"
if _nlds.is_dir():
    STATICFILES_DIRS.append(("nlds", _nlds))  # type: ignore[arg-type]
_fonts = BASE_DIR / "node_modules" / "@fontsource-variable" / "source-sans-3"
if _fonts.is_dir():
    STATICFILES_DIRS.append(("fonts", _fonts))  # type: ignore[arg-type]

MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# The largest file that a form takes; deliveries of messages have no limit (docs/formats.md).
DOCUMENT_MAX_BYTES = env.int("DOCUMENT_MAX_BYTES", default=25 * 1024**2)
FILE_UPLOAD_HANDLERS = [
    "core.documents.uploads.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
INTAKE_SPOOL_DIR = env.path("INTAKE_SPOOL_DIR", default=str(BASE_DIR / "var" / "spool"))
# So long the rows of a delivery that failed are kept, for its job to be started again.
INTAKE_SPOOL_DAYS = env.int("INTAKE_SPOOL_DAYS", default=7)
REGION_PACKS_DIR = BASE_DIR / "region_packs"

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="jeugdregie@localhost")
# Where readers of mail and calendars find the site, without a slash at the end.
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

# The prefix that the Open Contracting Partnership gives a publisher; zeros while there is none.
OCDS_PREFIX = env("OCDS_PREFIX", default="ocds-000000")

# A frozen day for demonstrations and tests, ISO format; empty means the real calendar.
CLOCK_TODAY = env("CLOCK_TODAY", default="")

CELERY_BROKER_URL = broker_address(REDIS_URL)

CSP_SELF = "'self'"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [CSP_SELF],
        "img-src": [CSP_SELF, "data:"],
        "object-src": ["'none'"],
        "base-uri": [CSP_SELF],
        "form-action": [CSP_SELF],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
