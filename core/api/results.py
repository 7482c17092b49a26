"""Where to find what a job made. The app whose job it is says so."""

from collections.abc import Callable
from typing import Any

from .version import API_PREFIX

# From the parameters and the result of a job to paths below /api/v1/.
Results = Callable[[dict[str, Any], dict[str, Any]], list[str]]
_results: dict[str, Results] = {}


def register_results(kind: str, paths: Results) -> None:
    _results[kind] = paths


def results_of(kind: str, params: dict[str, Any], result: dict[str, Any]) -> list[str]:
    """Addresses of what a finished job made; none where its kind says nothing."""
    paths = _results.get(kind)
    return [address(path) for path in paths(params, result)] if paths and result else []


def address(path: str) -> str:
    return f"{API_PREFIX}/{path}"
