"""iJw lines from XML to rows ready for COPY, against lxml streaming them with the same schema.

    python -m benchmarks.intake_xml [--lines 150000] [--rounds 3]

One JW323 of so many lines is written once; both ways read the file in the same blocks. The ratio
is of medians, measured alternately; the goal is 2. Peak memory is that of the whole process.
"""

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import django

GOAL = 2.0
BLOCK = 1 << 18
LINES_PER_CLIENT = 6
TARGET = "http://www.istandaarden.nl/ijw/3_2/jw323/schema"
NAMESPACES = f'xmlns:ijw="http://www.istandaarden.nl/ijw/3_2/basisschema/schema" xmlns:m="{TARGET}"'
LINE = (
    "<m:Prestatie><m:ProductReferentie><ijw:ReferentieNummer>R{n}</ijw:ReferentieNummer>"
    "</m:ProductReferentie><m:ToewijzingNummer>{a}</m:ToewijzingNummer>"
    "<m:ProductCategorie>45</m:ProductCategorie><m:ProductCode>45A48</m:ProductCode>"
    "<m:ProductPeriode><ijw:Begindatum>2026-04-01</ijw:Begindatum>"
    "<ijw:Einddatum>2026-04-30</ijw:Einddatum></m:ProductPeriode>"
    "<m:GeleverdVolume>60</m:GeleverdVolume><m:Eenheid>01</m:Eenheid>"
    "<m:ProductTarief>125</m:ProductTarief><m:IngediendBedrag><ijw:Bedrag>7500</ijw:Bedrag>"
    "<ijw:DebetCredit>D</ijw:DebetCredit></m:IngediendBedrag></m:Prestatie>"
)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=150_000)
    options.add_argument("--rounds", type=int, default=3)
    wanted = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "JW323.xml"
        path.write_text("".join(message(wanted.lines)), encoding="utf-8")
        print(json.dumps(measure(path, wanted.lines, wanted.rounds), indent=1))


def measure(path: Path, lines: int, rounds: int) -> dict[str, object]:
    ours, bare = [], []
    for _ in range(rounds):
        ours.append(timed(lambda: read_to_rows(path, lines)))
        bare.append(timed(lambda: stream_bare(path, lines)))
    ratio = median(ours) / median(bare)
    return {
        "lines": lines,
        "megabytes": round(path.stat().st_size / 1e6, 1),
        "reader_seconds": [round(s, 2) for s in ours],
        "lxml_seconds": [round(s, 2) for s in bare],
        "ratio": round(ratio, 2),
        "goal": GOAL,
        "reached": ratio <= GOAL,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def read_to_rows(path: Path, lines: int) -> None:
    """Through our reader to the spool: stripped rows in COPY format on disk."""
    from care.ijw.reader import read_message  # noqa: PLC0415 -- needs Django
    from care.ijw.records import RECORD_TYPES  # noqa: PLC0415 -- needs Django
    from core.intake.pseudonyms import Pseudonyms  # noqa: PLC0415 -- needs Django
    from core.intake.registry import Reading  # noqa: PLC0415 -- needs Django
    from core.intake.sink import Sink  # noqa: PLC0415 -- needs Django
    from core.intake.spool import SpoolStore  # noqa: PLC0415 -- needs Django

    store = SpoolStore()
    sink = Sink(store, 1, {kind.name: kind for kind in RECORD_TYPES})
    pseudonyms = Pseudonyms(b"a key for measuring that is long enough!")
    reader = read_message()(Reading(1, path.name, sink, pseudonyms))
    for block in blocks(path):
        reader.feed(block)
    reader.close()
    sink.flush()
    read, refused = sink.offered, sink.rejected
    store.discard()
    if (read, refused) != (lines, 0):
        raise SystemExit(f"read {read} lines of {lines}, {refused} refused")


def stream_bare(path: Path, lines: int) -> None:
    """The floor: lxml with the schema, every line seen once and freed."""
    from lxml import etree  # noqa: PLC0415 -- beside the other imports of this measurement

    from care.ijw.schema import schema_of  # noqa: PLC0415 -- needs Django

    wanted = [f"{{{TARGET}}}Prestatie", f"{{{TARGET}}}Client"]
    parser = etree.XMLPullParser(
        events=("end",), tag=wanted, schema=schema_of("323"), no_network=True
    )
    seen = 0
    for block in blocks(path):
        parser.feed(block)
        for _, element in parser.read_events():
            seen += element.tag == wanted[0]
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    parser.close()
    if seen != lines:
        raise SystemExit(f"lxml saw {seen} lines of {lines}")


def blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def message(lines: int) -> Iterator[str]:
    """One declaration; clients have six lines each."""
    yield f'<?xml version="1.0" encoding="UTF-8"?><m:Bericht {NAMESPACES}>'
    yield (
        "<m:Header><m:BerichtCode>490</m:BerichtCode><m:BerichtVersie>3</m:BerichtVersie>"
        "<m:BerichtSubversie>2</m:BerichtSubversie><m:Afzender>65656055</m:Afzender>"
        "<m:Ontvanger>0361</m:Ontvanger><m:BerichtIdentificatie>"
        "<ijw:Identificatie>1</ijw:Identificatie><ijw:Dagtekening>2026-05-06</ijw:Dagtekening>"
        "</m:BerichtIdentificatie><m:XsdVersie>"
        "<ijw:BasisschemaXsdVersie>1.0.0</ijw:BasisschemaXsdVersie>"
        "<ijw:BerichtXsdVersie>1.0.0</ijw:BerichtXsdVersie></m:XsdVersie></m:Header>"
        "<m:Declaratie><m:DeclaratieNummer>D1</m:DeclaratieNummer><m:DeclaratiePeriode>"
        "<ijw:Begindatum>2026-04-01</ijw:Begindatum><ijw:Einddatum>2026-04-30</ijw:Einddatum>"
        "</m:DeclaratiePeriode><m:DeclaratieDagtekening>2026-05-06</m:DeclaratieDagtekening>"
        f"<m:TotaalIngediendBedrag><ijw:TotaalBedrag>{7500 * lines}</ijw:TotaalBedrag>"
        "<ijw:DebetCredit>D</ijw:DebetCredit></m:TotaalIngediendBedrag><m:Clienten>"
    )
    for first in range(0, lines, LINES_PER_CLIENT):
        yield f"<m:Client><m:Bsn>{citizen_number(first)}</m:Bsn><m:Prestaties>"
        for n in range(first, min(first + LINES_PER_CLIENT, lines)):
            yield LINE.format(n=n, a=1000 + n // LINES_PER_CLIENT)
        yield "</m:Prestaties></m:Client>"
    yield "</m:Clienten></m:Declaratie></m:Bericht>"


def citizen_number(seed: int) -> str:
    """A fictitious number of nine digits that passes the eleven-test."""
    for number in range(900_000_000 + seed * 40, 999_999_999):
        digits = [int(d) for d in str(number)]
        weighted = sum(d * w for d, w in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
        if weighted % 11 == 0:
            return str(number)
    raise ValueError("no number left")


def timed(action: Callable[[], object]) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
