# One image for web, worker, beat and the one-off commands; docker-compose.yml says which is which.
FROM node:22-bookworm-slim AS styles
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 \
    DJANGO_SETTINGS_MODULE=config.settings.production \
    STATIC_ROOT=/srv/static MEDIA_ROOT=/srv/documents INTAKE_SPOOL_DIR=/srv/spool

# Pango draws the PDF reports; pg_dump and pg_restore must be as new as the database server.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-common ca-certificates \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install -y --no-install-recommends postgresql-client-18 \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY requirements/core.lock requirements/
RUN pip install --require-hashes -r requirements/core.lock

COPY . .
COPY --from=styles /build/node_modules node_modules
RUN SECRET_KEY=only-while-building-the-image-0123456789012345678901 \
    PSEUDONYM_KEY=only-while-building-0123456789012345 \
    ALLOWED_HOSTS=localhost DATABASE_URL=postgres://db/x REDIS_URL=redis://valkey/0 \
    python manage.py collectstatic --noinput \
    && useradd --system --uid 10001 --home-dir /app app \
    && mkdir -p /srv/documents /srv/spool /srv/backup \
    && chown app /srv/documents /srv/spool /srv/backup
USER app
EXPOSE 8000
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
