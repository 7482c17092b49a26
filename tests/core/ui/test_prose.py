"""What a typed text says, in the parts it is shown in."""

from core.ui.prose import Item, Part, parts, without_marks
from core.ui.templatetags.prose import prose


def items(*texts):
    return tuple(Item(text) for text in texts)


def test_a_text_falls_into_paragraphs_headings_and_lists():
    cases = {
        "Eén regel\nloopt door.\n\nTweede.": [Part("Eén regel loopt door."), Part("Tweede.")],
        "Dit vraagt:\n- tijd\n- geld en\ngeduld": [
            Part("Dit vraagt:"),
            Part(items=items("tijd", "geld en geduld")),
        ],
        "5) vijf\n6) zes": [Part(items=items("vijf", "zes"), first=5)],
        "a. verblijf\nb. pleegzorg": [
            Part(items=items("a. verblijf", "b. pleegzorg"), lettered=True)
        ],
        "## Kop\nTekst.\n## Nog een\n- punt": [
            Part("Kop", heading=True),
            Part("Tekst."),
            Part("Nog een", heading=True),
            Part(items=items("punt")),
        ],
        "- Toegang:\n  - regie\n  - minder inzet\n    vooraf\n- Los": [
            Part(items=(Item("Toegang:", ("regie", "minder inzet vooraf")), Item("Los")))
        ],
        "1. Plek:\n  - op school\n2. Rust": [
            Part(items=(Item("Plek:", ("op school",)), Item("Rust")), first=1)
        ],
        "Het contract van\n2021. loopt af, zoals\nb. gezegd.": [
            Part("Het contract van 2021. loopt af, zoals b. gezegd.")
        ],
        "Uit de wet van\n12. mei": [Part("Uit de wet van 12. mei")],
        "   ": [],
        "": [],
    }
    wrong = {text: parts(text) for text, want in cases.items() if parts(text) != want}
    assert not wrong


def test_the_page_keeps_numbers_levels_and_escapes():
    html = prose("## Wat <b>\n\n3. drie\n  - onder\n4. vier", 3)
    assert '<h3 class="utrecht-heading-5">Wat &lt;b&gt;</h3>' in html
    assert '<ol class="jr-prose-list" start="3"><li>drie<ul class="jr-prose-list">' in html
    assert "<li>onder</li></ul></li><li>vier</li></ol>" in html
    assert prose(None) == ""
    assert without_marks("## Kop\n\nArtikel # 2\n  ### Onder") == "Kop\n\nArtikel # 2\nOnder"
