"""Sentences and words, in languages with and without spaces."""

import re

_END = re.compile(r"(?<=[.!?…])[\"”’')\]*]*\s+(?=[\"“‘'(\[*¿¡]*[^\W_a-zß-öø-ÿ])|(?<=[。！？])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(“\"])(?:[A-Z]|Dr|Mr|Mrs|Ms|Prof|St|Sr|Jr|vs|etc|cf|al|Fig|Figs|Eq|Eqs|No|Nos|Vol|pp?|ca|approx"
    r"|e\.g|i\.e|U\.S|Inc|Ltd|Co|Nr|Abb|bzw|z\.B|d\.h)\.$",
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f\uf900-\ufaff]")


def count_words(text: str) -> int:
    """Words of the text; scripts written without spaces count two characters a word."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def split_sentences(text: str) -> list[str]:
    """The sentences of a paragraph, in order; common abbreviations and initials do not end one."""
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.end()]
        if _ABBREVIATION.search(piece.rstrip()):
            continue
        if piece.strip():
            sentences.append(piece.strip())
        start = end.end()
    if rest := text[start:].strip():
        sentences.append(rest)
    return sentences
