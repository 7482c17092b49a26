"""The REST API: Django REST framework, its tokens, and its description."""

from datetime import timedelta

from core.api.version import API_PREFIX, API_VERSION

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["core.api.authentication.Tokens"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["core.api.inputs.StrictJson"],
    "DEFAULT_RENDERER_CLASSES": ["core.api.renderers.PlainJson"],
    "DEFAULT_FILTER_BACKENDS": ["core.api.filters.StrictFilters"],
    "DEFAULT_SCHEMA_CLASS": "core.api.schema.Described",
    "DEFAULT_METADATA_CLASS": None,
    "DEFAULT_THROTTLE_CLASSES": ["core.api.throttling.PerUser"],
    "DEFAULT_THROTTLE_RATES": {"api": "1200/min"},
    "EXCEPTION_HANDLER": "core.api.problems.on_exception",
    "URL_FORMAT_OVERRIDE": None,
    "UNICODE_JSON": True,
}
# A token of our own: with a name, and when it was last used.
KNOX_TOKEN_MODEL = "api.Token"  # noqa: S105 -- a model
REST_KNOX = {
    "TOKEN_MODEL": KNOX_TOKEN_MODEL,
    "TOKEN_TTL": timedelta(days=90),
    "AUTO_REFRESH": False,
}

SPECTACULAR_SETTINGS = {
    "TITLE": "Jeugdregie",
    "DESCRIPTION": (
        "Het koppelvlak van Jeugdregie, waarmee regio’s de inkoop van jeugdhulp sturen en "
        "verantwoorden. U ziet de regio’s waarin u een rol hebt. Bedragen zijn in euro, perioden "
        "worden genoemd met hun laatste dag, momenten zijn in UTC."
    ),
    "VERSION": API_VERSION,
    "CONTACT": {
        "name": "Beheer Jeugdregie",
        "email": "beheer@jeugdregie.example",
        "url": "https://jeugdregie.example/contact",
    },
    "LICENSE": {"name": "EUPL-1.2", "url": "https://joinup.ec.europa.eu/licence/eupl-12"},
    "SERVERS": [{"url": API_PREFIX, "description": "deze omgeving"}],
    "SCHEMA_PATH_PREFIX": API_PREFIX,
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "POSTPROCESSING_HOOKS": ["core.api.schema.finish"],
    "SERVE_INCLUDE_SCHEMA": False,
    "SORT_OPERATIONS": True,
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}
