"""Tests: as local, with faster passwords and files in a throw-away folder."""

import os
import tempfile
from pathlib import Path

from .local import *  # noqa: F403

ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
_scratch = Path(tempfile.gettempdir()) / f"jeugdregie-tests-{os.getuid()}"
MEDIA_ROOT = _scratch / "media"
INTAKE_SPOOL_DIR = _scratch / "spool"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
