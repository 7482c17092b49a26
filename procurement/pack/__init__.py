"""Procurement's parts of a region pack."""
