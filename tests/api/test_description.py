"""The committed description is what the code does, and passes the linter of the design rules."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

from core.api.document import described, description, description_file

SPECTRAL = Path(settings.BASE_DIR) / "node_modules" / ".bin" / "spectral"


def test_openapi_yaml_is_fresh():
    assert description_file().read_text(encoding="utf-8") == described(), (
        "run: python manage.py describe_api"
    )


@pytest.fixture(scope="module")
def lint(shared_data):
    if not (SPECTRAL.exists() and shutil.which("node")):
        pytest.skip("the linter is not installed (npm ci)")
    rules = shared_data / "api-design-rules" / "linter-2.2.yaml"

    def findings(path):
        done = subprocess.run(
            [SPECTRAL, "lint", "-r", rules, "-f", "json", "-q", path],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
        return json.loads(done.stdout)

    return findings


@pytest.mark.slow
def test_the_description_keeps_the_design_rules(lint):
    assert lint(description_file()) == []


@pytest.mark.slow
def test_the_linter_sees_what_breaks_them(lint, tmp_path):
    broken = json.loads(json.dumps(description()))
    del broken["paths"]["/contracten"]["get"]["responses"]["200"]["headers"]
    broken["paths"]["/contracten/"] = broken["paths"].pop("/contracten")
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(broken))
    assert {one["code"] for one in lint(path)} >= {
        "nlgov:missing-header",
        "path-keys-no-trailing-slash",
    }


def test_every_operation_is_told_in_dutch_and_names_its_refusals():
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            assert operation.get("description") or operation.get("summary"), (method, path)
            assert {"401", "403", "406", "429", "500"} <= set(operation["responses"]), path
