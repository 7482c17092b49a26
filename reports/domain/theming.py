"""A municipality's colours and arms: readable against white, and safe to show."""

from base64 import b64encode
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db import transaction
from lxml import etree
from PIL import Image, UnidentifiedImageError

from core.errors import DomainError
from regions.models import Region
from regions.queries.membership import municipalities_ever_in

from ..models import EditionTheme
from ..rules import check_can_publish

# WCAG 2.2, 1.4.3: text of any size against its ground. White stands on the main colour, and
# headings in the main colour stand on white.
FEWEST_CONTRAST = 4.5
WHITE = "#ffffff"
MOST_BYTES = 400_000
MOST_PIXELS = 600
SVG, PNG = "image/svg+xml", "image/png"

_NS = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset({
    "svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs",
    "clipPath", "linearGradient", "radialGradient", "stop", "title", "desc", "use", "symbol",
})  # fmt: skip
ATTRIBUTES = frozenset({
    "id", "d", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy",
    "width", "height", "points", "viewBox", "transform", "fill", "fill-rule", "fill-opacity",
    "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-opacity",
    "stroke-miterlimit", "stroke-dasharray", "opacity", "offset", "stop-color", "stop-opacity",
    "gradientUnits", "gradientTransform", "clip-path", "clip-rule", "clipPathUnits",
    "preserveAspectRatio", "version",
})  # fmt: skip
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


def luminance(colour: str) -> float:
    """Relative luminance of '#rrggbb' (WCAG 2.2)."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black and white)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tint(colour: str, share: float = 0.11) -> str:
    """The colour as a pale ground: so much of it in white."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - p) * share):02x}" for p in parts)


PRIMARY, ACCENT = "#08343d", "#f4b942"

# What stands where a place gave no arms: two grown-ups and a child in a shield, in its colours.
_EMBLEM = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 68 80">'
    '<path fill="#fff" d="M3 3h62v42c0 18-14 28-31 33C17 73 3 63 3 45z"/>'
    '<g fill="{primary}"><circle cx="21.5" cy="23" r="7.2"/><circle cx="46.5" cy="23" r="7.2"/>'
    '<path d="M9 55c0-14 5-21 12.5-21S34 41 34 55zM34 55c0-14 5-21 12.5-21S59 41 59 55z"/></g>'
    '<g fill="{accent}" stroke="#fff" stroke-width="2.2"><circle cx="34" cy="41" r="6.3"/>'
    '<path d="M24 66c0-11 4-16.5 10-16.5S44 55 44 66z"/></g></svg>'
)


def _address(kind: str, content: bytes) -> str:
    """The content itself as an address."""
    return f"data:{kind};base64,{b64encode(content).decode()}"


@dataclass(frozen=True)
class Look:
    """Colours as '#rrggbb'; the arms as a picture, and the name that a place gives itself, or
    empty."""

    primary: str = PRIMARY
    accent: str = ACCENT
    arms: bytes = b""
    arms_type: str = ""
    name: str = ""

    @property
    def css(self) -> str:
        return (
            f":root {{ --ed-primary: {self.primary}; --ed-accent: {self.accent}; "
            f"--ed-tint: {tint(self.primary)}; }}\n"
            f'.ed-emblem {{ background: url("{_address(SVG, self.emblem)}") '
            "no-repeat center / contain; }"
        )

    @property
    def emblem(self) -> bytes:
        """What stands where there are no arms."""
        return _EMBLEM.format(primary=self.primary, accent=self.accent).encode()

    @property
    def css_address(self) -> str:
        """The style sheet as an address that a PDF can read."""
        return _address("text/css", self.css.encode())

    @property
    def arms_address(self) -> str:
        return _address(self.arms_type, self.arms) if self.arms else ""


HOUSE = Look()


@transaction.atomic
def keep_theme(
    *,
    region: Region,
    municipality: str,
    primary: str,
    accent: str,
    by: Any,
    name: str = "",
    arms: bytes | None = None,
    without_arms: bool = False,
) -> EditionTheme:
    """Set how editions of a place look; without new arms the old ones stay.

    A main colour on which white cannot be read is refused, a picture that is not what it says, and
    a municipality that is not of the region.
    """
    check_can_publish(by, region)
    _check_member(region, municipality)
    _check_readable(primary)
    theme = EditionTheme.objects.filter(region=region, municipality=municipality).first()
    theme = theme or EditionTheme(region=region, municipality=municipality)
    theme.primary, theme.accent, theme.name = primary.lower(), accent.lower(), name.strip()
    if without_arms:
        theme.arms, theme.arms_type = None, ""
    if arms:
        theme.arms, theme.arms_type = clean_arms(arms)
    theme.full_clean()
    theme.save()
    return theme


def remove_theme(*, theme: EditionTheme, by: Any) -> None:
    """From now on the place has the colours of the region, or those of the house."""
    check_can_publish(by, theme.region)
    theme.delete()


def _check_member(region: Region, municipality: str) -> None:
    known = municipalities_ever_in(region)
    if municipality and not known.filter(gm_code=municipality).exists():
        raise DomainError("Deze gemeente hoort niet bij de regio.", code="geen-gemeente-van-regio")


def _check_readable(primary: str) -> None:
    found = contrast(primary, WHITE)
    if found < FEWEST_CONTRAST:
        raise DomainError(
            "Witte letters zijn op deze hoofdkleur niet goed te lezen: het contrast is "
            f"{_comma(found)} en moet ten minste {_comma(FEWEST_CONTRAST)} zijn. Kies een "
            "donkerder kleur.",
            code="contrast-te-laag",
        )


def _comma(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def clean_arms(content: bytes) -> tuple[bytes, str]:
    """The picture made anew without anything but shapes or pixels, and its type."""
    if len(content) > MOST_BYTES:
        raise DomainError("Het bestand is groter dan 400 kB. Kies een kleiner.", code="te-groot")
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return _clean_png(content), PNG
    return _clean_svg(content), SVG


def _refused() -> DomainError:
    return DomainError(
        "Dit bestand is geen leesbare PNG of SVG. Vraag de ontwerper om een eenvoudige versie.",
        code="wapen-onleesbaar",
    )


def _clean_png(content: bytes) -> bytes:
    try:
        image = Image.open(BytesIO(content))
        image.thumbnail((MOST_PIXELS, MOST_PIXELS))
        out = BytesIO()
        image.convert("RGBA").save(out, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise _refused() from error
    return out.getvalue()


def _clean_svg(content: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _refused() from error
    if root.tag != f"{_NS}svg" or root.getroottree().docinfo.internalDTD is not None:
        raise _refused()
    _strip(root)
    cleaned: bytes = etree.tostring(root)
    return cleaned


def _strip(node: Any) -> None:
    """Leave shapes with their own attributes: no scripts, styles, pictures or addresses."""
    for child in list(node):
        if not isinstance(child.tag, str) or child.tag.removeprefix(_NS) not in SHAPES:
            node.remove(child)
        else:
            _strip(child)
    for name, value in list(node.attrib.items()):
        inside = name in HREFS and value.startswith("#")
        named = name in ATTRIBUTES and ("url(" not in value or value.startswith("url(#"))
        if not (inside or named):
            del node.attrib[name]
