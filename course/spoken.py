"""Sentences of a narration, changed one at a time; every other character stays."""

from course.sentences import split_sentences


def spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends."""
    found: list[tuple[int, int]] = []
    start = 0
    for sentence in split_sentences(text):
        start = text.index(sentence, start)
        found.append((start, start + len(sentence)))
        start += len(sentence)
    return found


def replaced(text: str, place: int, sentence: str) -> str:
    """With another sentence at that place, from 0."""
    start, end = spans(text)[place]
    return text[:start] + _ended(sentence) + text[end:]


def removed(text: str, places: set[int]) -> str:
    """Without the sentences at those places, from 0, and the blanks that followed them."""
    found = spans(text)
    for place in sorted(places, reverse=True):
        start, end = found[place]
        after = text[end:]
        text = text[:start] + after.lstrip() if after.strip() else text[:start].rstrip()
    return text


def inserted(text: str, place: int, sentence: str) -> str:
    """With one sentence more, so that it stands at that place, from 0."""
    found, sentence = spans(text), _ended(sentence)
    if not found:
        return sentence
    if place < len(found):
        start = found[place][0]
        return f"{text[:start]}{sentence} {text[start:]}"
    end = found[-1][1]
    return f"{text[:end]} {sentence}{text[end:]}"


def swapped(text: str, one: int, other: int) -> str:
    """With two sentences in each other's place."""
    (start, end), (begin, stop) = sorted((spans(text)[one], spans(text)[other]))
    return text[:start] + text[begin:stop] + text[end:begin] + text[start:end] + text[stop:]


def moved(text: str, place: int, to: int) -> str:
    """With the sentence at `place` standing at `to`."""
    start, end = spans(text)[place]
    return inserted(removed(text, {place}), to, text[start:end])


def _ended(sentence: str) -> str:
    """A sentence without an end would run into the next one."""
    sentence = sentence.strip()
    return sentence if sentence[-1:] in '.!?…。！？"”’)' or not sentence else f"{sentence}."
