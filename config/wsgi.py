"""The web process as gunicorn loads it."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# What is loaded by now lives as long as the process: keep the collector from walking it again.
gc.collect()
gc.freeze()
