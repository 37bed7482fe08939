"""What each slide of a lesson is about: the topics of its material, cut and joined to the time there is."""

from dataclasses import dataclass

from local_cloud.openai_api.author.layouts import STATEMENT, shown
from local_cloud.openai_api.author.material import Material, Topic
from local_cloud.openai_api.author.prose import Sentence
from local_cloud.openai_api.author.shifts import cut
from local_cloud.openai_api.author.titles import LONGEST_WORDS, brief
from local_cloud.openai_api.author.topics import topics
from local_cloud.openai_api.author.words import capitalised, clipped, headline, listed, overlap, topic_stems

_ENOUGH_WORDS = 70  # a slide's narration; less is joined to its neighbour
_LEAST_WORDS = 30
_OFTEN, _ONCE = 2.5, 1.3  # how often a thing is spoken of that a slide is called by, under a heading and without
_TITLE = 70
NAMELESS = "Key Points"


@dataclass(frozen=True)
class Part:
    """One slide's share of the material."""

    title: str
    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """Words there are to choose from."""
        return sum(sentence.length for sentence in self.sentences)

    @property
    def stems(self) -> set[str]:
        """Everything it speaks of."""
        return {stem for sentence in self.sentences for stem in sentence.stems}


def parts(material: Material, title: str, objectives: list[str], wanted: int) -> list[Part]:
    """About `wanted` parts in the order of the source, with those first chosen that the objectives need.

    `title` is the lesson's own: no part has the same.
    """
    found = [part for topic in _joined(list(material.topics)) for part in _cut(topic, material, wanted)]
    chosen = _chosen([part for part in found if _can_be_shown(part)] or found, material, objectives, wanted)
    return _distinct(chosen, title, material)


def covers(part: Part, objective: str) -> float:
    """How much of an objective's subject a part speaks of, 0 to 1; its title counts double."""
    wanted = topic_stems(objective)
    return (overlap(wanted, part.stems) + overlap(wanted, topic_stems(part.title))) / 2


def _can_be_shown(part: Part) -> bool:
    """A point, or at least a sentence that is a slide's statement by itself."""
    if part.words < _LEAST_WORDS:
        return False
    brief = [one for one in part.sentences if one.stands_alone and one.length <= STATEMENT]
    return len(brief) > 1 or any(shown(one) for one in part.sentences)


def _joined(topics: list[Topic]) -> list[Topic]:
    """A topic of a few sentences goes with the one before it."""
    joined: list[Topic] = []
    for topic in topics:
        if not joined or topic.words >= _ENOUGH_WORDS:
            joined.append(topic)
            continue
        before = joined.pop()
        heading = before.heading if before.words >= _ENOUGH_WORDS else _both(before.heading, topic.heading)
        joined.append(Topic(heading, before.sentences + topic.sentences))
    return joined


def _both(one: str, other: str) -> str:
    both = [heading for heading in (one, other) if heading]
    return listed(both) if len(listed(both)) <= _TITLE and " and " not in "".join(both) else one or other


def _cut(topic: Topic, material: Material, wanted: int) -> list[Part]:
    """A long topic in several parts, cut where it turns to something else."""
    share = sum(other.words for other in material.topics) / max(1, wanted)
    count = max(1, min(round(topic.words / max(share, 2 * _ENOUGH_WORDS)), len(topic.sentences) // 4))
    pieces = cut(topic.sentences, count)
    return [
        Part(_title(topic.heading, piece, material, first=index == 0), tuple(piece))
        for index, piece in enumerate(pieces)
        if piece
    ]


def _title(heading: str, sentences: list[Sentence], material: Material, *, first: bool) -> str:
    """The heading; for its later parts, and where there is none, what is spoken of there."""
    if heading and first:
        return clipped(heading, _TITLE)
    beside = [one for one in material.sentences if one not in sentences]
    often = _OFTEN if heading else _ONCE
    found = topics(sentences, beside, often=often)
    if told := [one for one in found if not topic_stems(one) & topic_stems(heading)]:
        named = capitalised(listed([headline(one) for one in told]))
        whole = f"{heading}: {named}" if heading else named
        return whole if len(whole.split()) <= LONGEST_WORDS and len(whole) <= _TITLE else clipped(named, _TITLE)
    return clipped(f"{heading}, continued" if heading else NAMELESS, _TITLE)


def _chosen(cut: list[Part], material: Material, objectives: list[str], wanted: int) -> list[Part]:
    """Each objective's best part, then the weightiest others."""
    needed = [max(cut, key=lambda part: covers(part, objective)) for objective in objectives if cut]
    weights = {id(part): _weight(part, material) for part in cut}
    others = sorted((part for part in cut if part not in needed), key=lambda part: -weights[id(part)])
    kept = {id(part) for part in [*needed, *others[: max(0, wanted - len({id(part) for part in needed}))]]}
    return [part for part in cut if id(part) in kept]


def _weight(part: Part, material: Material) -> float:
    best = sorted((material.score(sentence) for sentence in part.sentences), reverse=True)[:5]
    return sum(best) / 5


def _distinct(chosen: list[Part], lesson: str, material: Material) -> list[Part]:
    """No two slides with the same title, and none with the lesson's."""
    chosen = [
        Part(_title("", list(part.sentences), material, first=False), part.sentences)
        if part.title.casefold() == lesson.casefold()
        else part
        for part in chosen
    ]
    seen: dict[str, int] = {}
    result: list[Part] = []
    for part in chosen:
        seen[part.title] = seen.get(part.title, 0) + 1
        title = part.title if seen[part.title] == 1 else f"{brief(part.title, LONGEST_WORDS - 1)} ({seen[part.title]})"
        result.append(Part(title or f"Part {len(result) + 1}", part.sentences))
    return result
