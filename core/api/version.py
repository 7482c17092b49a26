"""The version of the interface: one number for the header, the description and the address."""

API_VERSION = "1.0.0"
API_PREFIX = "/api/v1"
