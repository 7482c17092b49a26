"""Reads the elements of one message of a known kind: rows, a total to check, and its rejections."""

from typing import Any

from lxml import etree

from core.intake.copytext import array, bytea, escaped, euros_from_cents
from core.intake.registry import Reading
from core.intake.sink import Fault
from core.intake.xmlguard import Refused

from .declared import ASKED, GRANTED, Declared
from .faults import explain, explain_from_log, header_fault, total_differs
from .header import leaves, read_header
from .notation import Kind
from .plan import Plan, plan_of
from .rows import Client, Header, Lines
from .schema import schema_of
from .sniff import STRICT
from .values import BadValue

_KEPT_FOR_EXPLANATION = 2_000_000
_MAX_ERRORS = 100
_MAX_RECORD_BYTES = 4_000_000
_BATCH = 500
_RECORD_TOO_BIG = Fault(
    "ijw-regel-te-groot",
    "Een onderdeel van het bericht is veel te groot.",
    "Controleer of het bestand heel is en een iJw-bericht bevat.",
)


class Message:
    """A message of a known kind, past its first element."""

    def __init__(self, kind: Kind, reading: Reading) -> None:
        self._kind = kind
        self._plan: Plan = plan_of(kind.number)
        self._reading = reading
        self._sink = reading.sink
        self._parser = etree.XMLPullParser(
            events=("end",), tag=self._plan.events, schema=schema_of(kind.number), **STRICT
        )
        self._kept: list[bytes] | None = []
        self._kept_size = 0
        self._since_event = 0
        self._valid = True
        self._root: Any = None
        self._error_line = 0
        self._header: Header | None = None
        self._client = Client()
        self._lines: Lines | None = None
        self._declared = Declared()
        self._records = 0
        self._batch: list[str] = []
        self._batched = 0
        self._digest = reading.pseudonyms.content_digest()
        self._read = {
            "Header": self._read_header,
            "Bsn": self._read_citizen_number,
            "Geboortedatum": self._read_birth_date,
            "JuridischeStatus": self._read_legal_status,
            "DeclaratieNummer": self._read_declared,
            ASKED: self._read_declared,
            GRANTED: self._read_declared,
        }

    # -- bytes in ---------------------------------------------------------------------------

    def push(self, part: bytes, line: int) -> None:
        self._keep(part)
        self._since_event += len(part)
        try:
            self._parser.feed(part)
        except etree.XMLSyntaxError:
            raise Refused(self._broken()) from None
        self._look_for_errors(line)
        for _event, element in self._parser.read_events():
            self._since_event = 0
            self._take(element)
        self._prune()
        if self._since_event > _MAX_RECORD_BYTES:
            raise Refused(_RECORD_TOO_BIG)

    def close(self) -> None:
        try:
            self._parser.close()
        except etree.XMLSyntaxError:
            self._valid = False
        if not self._valid:
            self.refuse(self._explanations())
        elif self._kind.number == "323" and self._declared.cents_asked() != self._total_cents():
            asked, found = self._declared.cents_asked(), self._total_cents()
            self.refuse([total_differs(asked, found, self._ref())])
        else:
            self._hand_over()

    def refuse(self, faults: list[Fault]) -> None:
        """Nothing of the message stays but why it was refused, and who sent it if known."""
        counted = self._plan.record is not None and self._plan.record.counted
        self._sink.refuse_file(*faults, records=self._records if counted else 0)
        if self._header:
            self._write_message("refused")

    def _keep(self, part: bytes) -> None:
        if self._kept is None:
            return
        self._kept_size += len(part)
        if self._kept_size > _KEPT_FOR_EXPLANATION:
            self._kept = None
        else:
            self._kept.append(part)

    def _look_for_errors(self, line: int) -> None:
        errors = len(self._parser.feed_error_log)
        if errors and self._valid:
            self._valid = False
            self._error_line = line
            self._sink.withdraw()
        if errors >= _MAX_ERRORS and self._kept is None:
            self.refuse(self._explanations())
            raise Refused(self._too_many()) from None

    def _prune(self) -> None:
        """Cut what has been read from the tree; in an invalid message, everything but the path
        to what is being read."""
        if self._root is None:
            return
        node = self._root
        while len(node):
            if len(node) > 1:
                del node[:-1]
            node = node[0]
            if self._valid and node.tag not in self._plan.containers:
                return

    # -- elements ---------------------------------------------------------------------------

    def _take(self, element: Any) -> None:
        tag = element.tag
        if self._root is None:
            self._root = element.getroottree().getroot()
        if tag == self._plan.record_tag:
            self._records += 1
            if self._valid:
                self._take_record(element)
            return
        name = tag.rpartition("}")[2]
        if self._valid or name == "Header":
            texts = list(leaves(element))
            self._digest.update(repr(texts).encode())
            read = self._read.get(name)
            if read:
                read(element, dict(texts))

    def _read_header(self, element: Any, _texts: dict[str, str]) -> None:
        self._header = read_header(element, self._kind)
        if self._header is None and self._valid:
            raise Refused(header_fault())
        if self._header and self._kind.number in ("323", "325"):
            self._lines = Lines(self._header, answers=self._kind.number == "325")

    def _read_citizen_number(self, element: Any, _texts: dict[str, str]) -> None:
        self._client = Client(self._reading.pseudonyms.field(element.text))

    def _read_birth_date(self, element: Any, texts: dict[str, str]) -> None:
        if self._client.birth_date is None:  # a relation's comes after the client's own
            self._client.birth_date = texts.get("Geboortedatum/Datum")
            self._client.birth_date_use = texts.get("Geboortedatum/DatumGebruik")

    def _read_legal_status(self, _element: Any, _texts: dict[str, str]) -> None:
        self._client.mandatory = True

    def _read_declared(self, element: Any, texts: dict[str, str]) -> None:
        self._declared.take(texts)

    # -- records ----------------------------------------------------------------------------

    def _take_record(self, element: Any) -> None:
        try:
            body = self._body(element)
        except BadValue as bad:
            self._refuse_record(bad)
            return
        self._batch.append(body)
        self._batched += 1
        if self._batched >= _BATCH:
            self._write_batch()

    def _body(self, element: Any) -> str:
        if self._lines:
            line = [node.text for node in element.iter()]
            has_previous = len(element[0]) == 2
            row = self._lines.row(line, has_previous, len(element), self._client.pseudonym)
        else:
            record = self._plan.record
            assert record and record.row  # noqa: S101, PT018 -- the plan of a used kind
            assert self._header  # noqa: S101 -- it came first
            texts = list(leaves(element))
            self._digest.update(repr(texts).encode())
            under = {path.partition("/")[2]: text for path, text in texts}
            row = record.row(under, self._header, self._client)
        return f"{self._records}\t{row}"

    def _refuse_record(self, bad: BadValue) -> None:
        record = self._plan.record
        assert record  # noqa: S101 -- only records can be bad
        self._digest.update(f"refused {self._records}".encode())
        self._sink.reject(
            Fault(
                bad.rule,
                bad.message,
                bad.advice,
                field=f"{record.element}/{bad.field}".rstrip("/"),
                message_ref=self._ref(),
                record_no=self._records,
            ),
            records=1 if record.counted else 0,
        )

    def _write_batch(self) -> None:
        if not self._batch or not self._plan.record:
            return
        if self._lines:
            self._digest.update("\n".join(self._batch).encode())
        place = f"{self._reading.file_no}\t1\t"
        text = place + f"\n{place}".join(self._batch) + "\n"
        self._sink.rows(self._plan.record.record_type, text, self._batched)
        self._batch.clear()
        self._batched = 0

    # -- the end ----------------------------------------------------------------------------

    def _hand_over(self) -> None:
        self._write_batch()
        if self._plan.record is None:
            self._sink.not_used += 1
        self._write_message("read" if self._plan.record else "not-used")

    def _write_message(self, state: str) -> None:
        header = self._header
        assert header  # noqa: S101 -- callers have looked
        has_lines = self._lines is not None and state == "read"
        fields = (
            self._kind.number,
            header.code,
            state,
            escaped(header.sender),
            escaped(header.receiver),
            escaped(header.municipality),
            escaped(header.provider),
            escaped(header.identification),
            header.dated,
            bytea(self._content_digest(state)),
            escaped(self._reading.file_name),
            str(self._records),
            escaped(self._declared.number),
            self._declared.euros(ASKED),
            euros_from_cents(self._total_cents()) if has_lines else "",
            escaped(header.answered_identification),
            header.answered_on,
            self._declared.euros(GRANTED),
            array(header.return_codes) if header.return_codes else "",
        )
        place = f"{self._reading.file_no}\t1\t0\t"
        self._sink.rows("message", place + "\t".join(fields) + "\n", 1)

    def _content_digest(self, state: str) -> bytes:
        """A refused message was not read to its end: then the digest is that of its header."""
        if state != "refused":
            return self._digest.digest()
        digest = self._reading.pseudonyms.content_digest()
        digest.update(repr(self._header).encode())
        return digest.digest()

    def _total_cents(self) -> int:
        return self._lines.total if self._lines else 0

    # -- what is wrong ----------------------------------------------------------------------

    def _ref(self) -> str:
        header = self._header
        if header is None:
            return self._kind.title
        return f"{self._kind.title} van {header.sender}, kenmerk {header.identification}"

    def _explanations(self) -> list[Fault]:
        if self._kept is not None:
            return explain(b"".join(self._kept), self._kind, self._ref(), _MAX_ERRORS)
        log = self._parser.feed_error_log
        return explain_from_log(log, self._kind, self._ref(), self._error_line, self._records)

    def _broken(self) -> Fault:
        return self._explanations()[0]

    def _too_many(self) -> Fault:
        return Fault(
            "ijw-te-veel-fouten",
            f"Het bericht heeft meer dan {_MAX_ERRORS} fouten; verder is niet gelezen.",
            "Verbeter de software die het bericht maakt en lever het opnieuw aan.",
            message_ref=self._ref(),
        )
