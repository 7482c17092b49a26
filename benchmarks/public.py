"""A news peak: one public page and its open data asked for over and over.

    python -m benchmarks.public <short name of a region> [--seconds 5]

Works on the region in DATABASE_URL, which must have published an edition; reads only. One reader in
this process asks through all middleware, without a network. First every request draws the page
anew, then as it is: kept until an edition moves. The limit is how many times more the kept page
gives: 10. The site runs two such processes, and a proxy before them may keep an answer a minute.
"""

import argparse
import logging
import os
import sys
import time

import django

LIMIT = 10.0


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("region")
    options.add_argument("--seconds", type=float, default=5.0)
    wanted = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.urls import reverse  # noqa: PLC0415 -- after setup

    logging.disable()
    gain = 0.0
    for kind in ("place", "csv", "dcat"):
        path = reverse(f"public-{kind}", kwargs={"slug": wanted.region})
        drawn, kept = rate(path, wanted.seconds, anew=True), rate(path, wanted.seconds, anew=False)
        print(f"{kind}: drawn anew {drawn:.1f}, kept {kept:.0f} a second: {kept / drawn:.0f} x")
        if kind == "place":
            gain = kept / drawn
    print(f"limit for the page {LIMIT:.0f} x")
    return 0 if gain >= LIMIT else 1


def rate(path: str, seconds: float, *, anew: bool) -> float:
    """Answers a second of processor time."""
    from django.core.cache import cache  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    reader, asked = Client(), 0
    answer = reader.get(path, headers={"host": "localhost"})
    if answer.status_code != 200 or answer.cookies:
        sys.exit(f"{path} gives {answer.status_code}, {len(answer.cookies)} cookies")
    began = time.process_time()
    while time.process_time() - began < seconds:
        if anew:
            cache.clear()
        reader.get(path, headers={"host": "localhost"})
        asked += 1
    return asked / (time.process_time() - began)


if __name__ == "__main__":
    sys.exit(main())
