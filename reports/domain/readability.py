"""How easily a Dutch text reads, measured: sentences, words, syllables.

The score is the Flesch-Douma index (W.H. Douma, De leesbaarheid van landbouwbladen, 1960):
206.84 - 0.77 x syllables per 100 words - 0.93 x words per sentence. From 60 it reads as ordinary
Dutch (about B1); below 45 it asks for training.
"""

import re
from dataclasses import dataclass

PLAIN = 60
HARD = 45
LONG_SENTENCE = 20
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z€'\"])")
_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_NUCLEUS = re.compile(
    r"aai|ooi|oei|eeu|ieu|[aeo]u|ij|ei|ui|oe|ie|eu|aa|ee|oo|uu|[aeiouyàáèéêëïóöúü]"
)


@dataclass(frozen=True)
class Readability:
    """`long_sentences` have more than twenty words."""

    sentences: int
    words: int
    words_per_sentence: float
    score: float
    long_sentences: tuple[str, ...]

    @property
    def verdict(self) -> str:
        if self.words == 0:
            return "geen tekst"
        if self.score >= PLAIN:
            return "goed te lezen (ongeveer B1)"
        return "lastig" if self.score >= HARD else "te moeilijk"


def readability(*texts: str) -> Readability:
    """Measure one or more paragraphs together."""
    sentences = [s for text in texts for s in _SENTENCE.split(text.strip()) if _WORD.search(s)]
    words = [_WORD.findall(sentence) for sentence in sentences]
    count = sum(map(len, words))
    if not count:
        return Readability(0, 0, 0.0, 0.0, ())
    syllables_per_100 = 100 * sum(syllables(w) for one in words for w in one) / count
    per_sentence = count / len(sentences)
    return Readability(
        sentences=len(sentences),
        words=count,
        words_per_sentence=per_sentence,
        score=206.84 - 0.77 * syllables_per_100 - 0.93 * per_sentence,
        long_sentences=tuple(
            s for s, w in zip(sentences, words, strict=True) if len(w) > LONG_SENTENCE
        ),
    )


def syllables(word: str) -> int:
    """By groups of vowels that sound as one: 'jeugdhulp' 2, 'aanbieder' 3, 'mooie' 2."""
    return max(1, len(_NUCLEUS.findall(word.casefold())))
