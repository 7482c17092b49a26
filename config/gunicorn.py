"""Settings of the web server; the environment may change numbers and address.

`gunicorn -c config/gunicorn.py config.wsgi`
"""

import os

from core.logs import logging_config

bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS", "4"))
# Each worker loads the application itself, so that the connection pool is never shared by a fork.
preload_app = False
# An upload of many messages is one request; a page is cut off by the database's time limit.
timeout = 120
graceful_timeout = 20
keepalive = 5
# Workers are renewed now and then, not all at once.
max_requests = 5000
max_requests_jitter = 500
# A heartbeat file on a disk can block a worker.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
# The application writes one line per request itself, without addresses of persons.
accesslog = None
errorlog = "-"
logconfig_dict = logging_config(level=os.environ.get("LOG_LEVEL", "INFO"))
# Nobody steers a running server from outside; containers send signals.
control_socket_disable = True
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1")
