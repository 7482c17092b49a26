"""The six message kinds of iJw 3.2 as XML text, valid against the national schemas."""

from itertools import groupby
from math import ceil

from simulation.billing import MESSAGE_REFUSED, Answered, Declared, Line
from simulation.days import first_day, iso, last_day
from simulation.people import FORCED_STATES, Child
from simulation.traffic import Allocated, Request, Started, Stopped
from simulation.trajectory import Trajectory

CODES = {"301": "436", "305": "438", "307": "440", "315": "446", "323": "490", "325": "491"}
BASE = "http://www.istandaarden.nl/ijw/3_2/basisschema/schema"
XSD = (
    "<ijw:BasisschemaXsdVersie>0.1.0</ijw:BasisschemaXsdVersie>"
    "<ijw:BerichtXsdVersie>0.1.0</ijw:BerichtXsdVersie>"
)
ACCEPTED, ALL_ACCEPTED = "0200", "8001"
FREQUENCY = {"14": "6"}
# What an allocation grants above what the child will need on average.
ROOM = 1.2


def request(notice: Request, identity: str) -> str:
    found, child = notice.trajectory, notice.trajectory.child
    body = (
        f"{_person(child)}<m:AangevraagdeProducten><m:AangevraagdProduct>"
        f"<m:ReferentieAanbieder>{notice.reference}</m:ReferentieAanbieder>{_product(found)}"
        f"<m:ToewijzingIngangsdatum>{iso(found.valid_from)}</m:ToewijzingIngangsdatum>"
        f"{_size(found)}<m:Verwijzer><ijw:Type>{notice.referrer}</ijw:Type>"
        "<ijw:Naam>Praktijk De Vlonder</ijw:Naam></m:Verwijzer>"
        "</m:AangevraagdProduct></m:AangevraagdeProducten>"
    )
    return _from_provider("315", found, notice.on, identity, body)


def allocated(notice: Allocated, identity: str) -> str:
    found, child = notice.trajectory, notice.trajectory.child
    reference = _optional("ReferentieAanbieder", notice.reference)
    valid_to = _optional("Einddatum", iso(notice.valid_to) if notice.valid_to else None)
    remark = "<m:Commentaar>Graag snel plannen</m:Commentaar>" if found.number % 40 == 0 else ""
    state = FORCED_STATES[found.number % len(FORCED_STATES)] if found.forced else None
    body = (
        f"{_person(child, '<ijw:NaamGebruik>1</ijw:NaamGebruik>')}"
        f"{_optional('JuridischeStatus', state)}"
        f"<m:Contactgegevens><m:Contact><m:Soort>03</m:Soort><m:Adres><ijw:Huis>"
        f"<ijw:Huisnummer>{child.born % 90 + 1}</ijw:Huisnummer></ijw:Huis>"
        f"<ijw:Postcode>9999XX</ijw:Postcode><ijw:Straatnaam>{child.surname}laan"
        "</ijw:Straatnaam></m:Adres></m:Contact></m:Contactgegevens>"
        "<m:ToegewezenProducten><m:ToegewezenProduct>"
        f"<m:ToewijzingNummer>{found.number}</m:ToewijzingNummer>{reference}{_product(found)}"
        f"<m:Toewijzingsdatum>{iso(_decided(notice))}</m:Toewijzingsdatum>"
        f"<m:Toewijzingstijd>{8 + found.number % 9:02d}:00:00</m:Toewijzingstijd>"
        f"<m:Ingangsdatum>{iso(found.valid_from)}</m:Ingangsdatum>{valid_to}"
        f"{_optional('RedenWijziging', notice.change)}{_size(found)}{remark}"
        "</m:ToegewezenProduct></m:ToegewezenProducten>"
    )
    return _bericht(
        "301", found.municipality, found.provider.agb, notice.on, identity,
        f"<m:Client>{body}</m:Client>",
    )  # fmt: skip


def started(notice: Started, identity: str) -> str:
    found = notice.trajectory
    body = (
        f"{_person(found.child)}<m:StartProducten><m:StartProduct>{_under(found)}"
        f"<m:Begindatum>{iso(notice.begin)}</m:Begindatum>"
        f"<m:StatusAanlevering>{notice.status}</m:StatusAanlevering>"
        "</m:StartProduct></m:StartProducten>"
    )
    return _from_provider("305", found, notice.on, identity, body)


def stopped(notice: Stopped, identity: str) -> str:
    found = notice.trajectory
    body = (
        f"{_person(found.child)}<m:StopProducten><m:StopProduct>{_under(found)}"
        f"<m:Begindatum>{iso(notice.begin)}</m:Begindatum>"
        f"<m:RedenBeeindiging>{notice.reason}</m:RedenBeeindiging>"
        f"<m:Einddatum>{iso(notice.end)}</m:Einddatum>"
        f"<m:StatusAanlevering>{notice.status}</m:StatusAanlevering>"
        "</m:StopProduct></m:StopProducten>"
    )
    return _from_provider("307", found, notice.on, identity, body)


def declared(message: Declared) -> str:
    first, last = first_day(message.month), last_day(message.month)
    body = (
        f"<m:Declaratie><m:DeclaratieNummer>{message.number}</m:DeclaratieNummer>"
        f"<m:DeclaratiePeriode>{_period(first, last)}</m:DeclaratiePeriode>"
        f"<m:DeclaratieDagtekening>{iso(message.on)}</m:DeclaratieDagtekening>"
        f"{_total('TotaalIngediendBedrag', message.total)}"
        f"<m:Clienten>{_clients(message.lines, answer=False)}</m:Clienten></m:Declaratie>"
    )
    return _bericht("323", message.agb, message.municipality, message.on, message.identity, body)


def answered(message: Answered, identity: str) -> str:
    told = message.declared
    code = MESSAGE_REFUSED if message.refused is None else ACCEPTED
    header = (
        f"<m:DeclaratieIdentificatie><ijw:Identificatie>{told.identity}</ijw:Identificatie>"
        f"<ijw:Dagtekening>{iso(told.on)}</ijw:Dagtekening></m:DeclaratieIdentificatie>"
        f"<m:XsdVersieDeclaratie>{XSD}</m:XsdVersieDeclaratie>{_codes(code)}"
    )
    body = "" if message.refused is None else _answer(told, message.refused)
    return _bericht(
        "325", told.municipality, told.agb, message.on, identity, body, header_tail=header
    )


def _answer(told: Declared, refused: list[Line]) -> str:
    granted = told.total - sum(line.signed for line in refused)
    clients = f"<m:Clienten>{_clients(refused, answer=True)}</m:Clienten>" if refused else ""
    return (
        f"<m:DeclaratieAntwoord><m:DeclaratieNummer>{told.number}</m:DeclaratieNummer>"
        f"{_total('TotaalIngediendBedrag', told.total)}"
        f"{_total('TotaalToegekendBedrag', granted)}{clients}"
        f"{_codes(ACCEPTED if refused else ALL_ACCEPTED)}</m:DeclaratieAntwoord>"
    )


def _clients(lines: list[Line], *, answer: bool) -> str:
    found = []
    for bsn, own in groupby(lines, key=lambda line: line.trajectory.child.bsn):
        rows = "".join(_line(line, answer=answer) for line in own)
        tail = _codes(ACCEPTED) if answer else ""
        found.append(
            f"<m:Client><m:Bsn>{bsn}</m:Bsn><m:Prestaties>{rows}</m:Prestaties>{tail}</m:Client>"
        )
    return "".join(found)


def _line(line: Line, *, answer: bool) -> str:
    found = line.trajectory
    previous = (
        f"<ijw:VorigReferentieNummer>{line.previous}</ijw:VorigReferentieNummer>"
        if line.previous
        else ""
    )
    return (
        f"<m:Prestatie><m:ProductReferentie><ijw:ReferentieNummer>{line.reference}"
        f"</ijw:ReferentieNummer>{previous}</m:ProductReferentie>"
        f"<m:ToewijzingNummer>{found.number}</m:ToewijzingNummer>"
        f"<m:ProductCategorie>{found.product.category}</m:ProductCategorie>"
        f"<m:ProductCode>{found.product.code}</m:ProductCode>"
        f"<m:ProductPeriode>{_period(line.begin, line.end)}</m:ProductPeriode>"
        f"<m:GeleverdVolume>{line.volume}</m:GeleverdVolume>"
        f"<m:Eenheid>{found.product.unit}</m:Eenheid>"
        f"<m:ProductTarief>{line.tariff}</m:ProductTarief>"
        f"<m:IngediendBedrag><ijw:Bedrag>{line.amount}</ijw:Bedrag>"
        f"<ijw:DebetCredit>{'C' if line.credit else 'D'}</ijw:DebetCredit></m:IngediendBedrag>"
        f"{_codes(line.refusal) if answer else ''}</m:Prestatie>\n"
    )


def _decided(notice: Allocated) -> int:
    """A changed allocation carries the day of the change, the first that of the grant."""
    first = notice.valid_to == notice.trajectory.valid_to and notice.change is None
    return notice.trajectory.granted if first else notice.on


def _person(child: Child, name_use: str = "") -> str:
    return (
        f"<m:Bsn>{child.bsn}</m:Bsn><m:Geboortedatum><ijw:Datum>{iso(child.born)}</ijw:Datum>"
        f"</m:Geboortedatum><m:Geslacht>{child.sex}</m:Geslacht><m:Naam><ijw:Geslachtsnaam>"
        f"<ijw:Achternaam>{child.surname}</ijw:Achternaam></ijw:Geslachtsnaam>"
        f"<ijw:Voorletters>{child.initial}</ijw:Voorletters>{name_use}</m:Naam>"
    )


def _product(found: Trajectory) -> str:
    return (
        f"<m:Product><ijw:Categorie>{found.product.category}</ijw:Categorie>"
        f"<ijw:Code>{found.product.code}</ijw:Code></m:Product>"
    )


def _under(found: Trajectory) -> str:
    return (
        f"<m:ToewijzingNummer>{found.number}</m:ToewijzingNummer>{_product(found)}"
        f"<m:ToewijzingIngangsdatum>{iso(found.valid_from)}</m:ToewijzingIngangsdatum>"
    )


def _size(found: Trajectory) -> str:
    needed = found.product.week * found.volume * ROOM
    volume = 365 if found.product.unit == "14" else max(1, ceil(needed))
    return (
        f"<m:Omvang><ijw:Volume>{volume}</ijw:Volume><ijw:Eenheid>{found.product.unit}"
        f"</ijw:Eenheid><ijw:Frequentie>{FREQUENCY.get(found.product.unit, '2')}"
        "</ijw:Frequentie></m:Omvang>"
    )


def _period(begin: int, end: int) -> str:
    return f"<ijw:Begindatum>{iso(begin)}</ijw:Begindatum><ijw:Einddatum>{iso(end)}</ijw:Einddatum>"


def _total(element: str, cents: int) -> str:
    return (
        f"<m:{element}><ijw:TotaalBedrag>{abs(cents)}</ijw:TotaalBedrag>"
        f"<ijw:DebetCredit>{'C' if cents < 0 else 'D'}</ijw:DebetCredit></m:{element}>"
    )


def _codes(code: str) -> str:
    return f"<m:RetourCodes><m:RetourCode>{code}</m:RetourCode></m:RetourCodes>"


def _optional(element: str, value: str | None) -> str:
    return f"<m:{element}>{value}</m:{element}>" if value else ""


def _from_provider(kind: str, found: Trajectory, on: int, identity: str, client: str) -> str:
    return _bericht(
        kind, found.provider.agb, found.municipality, on, identity,
        f"<m:Client>{client}</m:Client>",
    )  # fmt: skip


def _bericht(
    kind: str, sender: str, receiver: str, on: int, identity: str, body: str,
    *, header_tail: str = "",
) -> str:  # fmt: skip
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<m:Bericht xmlns:ijw="{BASE}" '
        f'xmlns:m="http://www.istandaarden.nl/ijw/3_2/jw{kind}/schema"><m:Header>'
        f"<m:BerichtCode>{CODES[kind]}</m:BerichtCode><m:BerichtVersie>3</m:BerichtVersie>"
        f"<m:BerichtSubversie>2</m:BerichtSubversie><m:Afzender>{sender}</m:Afzender>"
        f"<m:Ontvanger>{receiver}</m:Ontvanger><m:BerichtIdentificatie>"
        f"<ijw:Identificatie>{identity}</ijw:Identificatie>"
        f"<ijw:Dagtekening>{iso(on)}</ijw:Dagtekening></m:BerichtIdentificatie>"
        f"<m:XsdVersie>{XSD}</m:XsdVersie>{header_tail}</m:Header>\n{body}</m:Bericht>\n"
    )
