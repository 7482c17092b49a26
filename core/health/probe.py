"""`python -m core.health.probe URL`: exit 0 when the address answers 200 (for containers).

Asks under the first allowed host name; Django refuses requests for any other.
"""

import os
import sys
import urllib.error
import urllib.request


def main(url: str) -> int:
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0]
    request = urllib.request.Request(url, headers={"Host": host})  # noqa: S310 - ours
    try:
        with urllib.request.urlopen(request, timeout=8) as answer:  # noqa: S310
            return 0 if answer.status == 200 else 1
    except (urllib.error.URLError, OSError):
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
