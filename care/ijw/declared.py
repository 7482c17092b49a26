"""What a declaration says of itself: its number, and the totals in euros that it asks or grants."""

from dataclasses import dataclass, field

from .values import optional_euros, signed_cents

ASKED, GRANTED = "TotaalIngediendBedrag", "TotaalToegekendBedrag"


@dataclass
class Declared:
    texts: dict[str, str] = field(default_factory=dict)

    def take(self, texts: dict[str, str]) -> None:
        """Texts of an element by their path; the first of a path holds."""
        for path, text in texts.items():
            self.texts.setdefault(path, text)

    @property
    def number(self) -> str | None:
        return self.texts.get("DeclaratieNummer")

    def euros(self, name: str) -> str:
        """A total with its sign, empty when the message has none."""
        amount = optional_euros(self.texts.get(f"{name}/TotaalBedrag"))
        credit = self.texts.get(f"{name}/DebetCredit") == "C"
        return f"-{amount}" if credit and amount not in ("", "0.00") else amount

    def cents_asked(self) -> int:
        return signed_cents(self.texts[f"{ASKED}/TotaalBedrag"], self.texts[f"{ASKED}/DebetCredit"])
