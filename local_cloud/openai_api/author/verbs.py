"""Which words are verbs that can carry a sentence; only common ones are known."""

import itertools
import re
from collections.abc import Iterable

from local_cloud.openai_api.author.words import words

_COMMON_TEXT = """
absorb accept accompany account accumulate achieve acquire act activate adapt add adjust admit adopt affect agree aid
aim allow alter amend announce appear apply appoint approach approve argue arise arrange arrive ascend ask assemble
assert assign assist associate assume attach attack attempt attract avoid bake balance bar base bear begin believe
belong bend benefit bind block boil bond border borrow bounce branch break breathe bring brown build burn burst buy
calculate call capture carry cast catalyze catch cause cease celebrate change charge check choose claim classify
cleave clear climb clone close coat code coil collaborate collapse collect combine come comment commit compare
compensate compete complete compose comprise concern conclude conduct confirm connect conquer consider consist
constitute construct consume contain continue contract contribute control convert convey cook cool cooperate copy
correspond cost count couple cover create cross crystallize cut decide declare decline decrease defeat defend define
degrade deliver demand demonstrate depend deposit derive descend describe deserve design destroy detect determine
develop differ diffuse digest direct disappear discover discuss dissociate dissolve distinguish distribute divide
dominate donate double drain draw drift drive drop earn eat elect eliminate embed emerge emit emphasize employ enable
encode encounter encourage end endure enforce engage enhance enjoy ensure enter equal erode escape establish evaluate
evolve examine exceed exchange excite exclude execute exert exhibit exist expand expect expel experience explain
exploit expose express extend extract face facilitate fail fall fear feed feel fight fill filter find finish fit fix
float flow fold follow forbid force form found freeze fuse gain gather generate get give go govern grant grow
guarantee guard guide handle hang happen harden harm hear heat help hold house hydrolyze identify ignore illustrate
impact impart imply import impose improve include incorporate increase indicate induce infect infer influence inherit
inhibit initiate inject insert inspire install insulate intend interact interfere interpret intersect invade invent
investigate invite invoke involve issue join judge jump justify keep kill know lack land last launch lay lead learn
leave lend let lie lift limit line link live load locate look lose love lower maintain make manage mark match matter
mature mean measure meet melt merge migrate mix modify move multiply name need neutralize notice number obey observe
obtain occupy occur offer open operate oppose order organize originate outlaw outweigh overcome override owe own
oxidize pass pay peak penetrate perform permit persist phosphorylate pick place play point possess pour practice
precede predict prefer prepare preserve press prevent print proceed process produce prohibit project promise promote
propose protect prove provide publish pull pump punish purify push put qualify question quit raise range reach react
read realize receive recognize recommend record recover recycle reduce refer reflect refuse regain regard regenerate
regulate reign reject relate relax release rely remain remember remind remove render repair repeat replace replicate
reply report represent repress reproduce require resemble reserve resist resolve respond rest restore restrict result
retain return reveal reverse revolve rise roast rotate rule run satisfy save say scatter secrete see seek seem select
sell send sense separate serve set settle shape share shift shine shorten show shrink sign simmer sink sit slow soak
solve sound speak specify speed spend split spread spring stabilize stack stand start state stay stem stick stimulate
stir stop store strengthen stretch strike study succeed suffer suggest supply support surround survive suspend swell
switch synthesize take taste teach tell tend terminate test think threaten throw tie touch transcribe transfer
transform translate transmit transport trap travel treat trigger try turn undergo unite unwind urge use utilize vanish
vary view violate vote wait walk want warm warn wash watch weaken wear weigh win wish withstand work wrap write yield
"""
_IRREGULAR_TEXT = """
arose ate became began bent bore bought bound broke brought built came caught chose drew drove fed fell felt fled flew
forbade fought froze gave got grew heard held kept knew laid led left lent lost made meant met overcame paid proved ran
rang rose said sang sank sat saw sent set shook shone showed shrank sold sought spent split spoke sprang spread stood
stole struck swore swept swung taught thought threw told took understood went were withstood woke won wore wove wrote
"""
_AUXILIARIES_TEXT = """
is are was were has have had can could may might must will would shall should do does did cannot
"""
# As often names of things as what something does; with “-s” they are taken for nouns.
_MOSTLY_NOUNS_TEXT = """
acts balances bases bonds branches changes chains codes coils copies costs covers crosses demands deposits designs ends
experiences forms functions guards guides houses impacts increases issues lands lines links loads marks matches
measures numbers orders parts peaks places plants points practices processes projects questions ranges reports results
rules senses shapes shares shifts signs sounds states stems steps studies supplies tests ties turns views works yields
"""
_DETERMINERS = frozenset(["the", "a", "an", "their", "its", "each", "every", "all", "how", "that"])
AUXILIARIES = frozenset(_AUXILIARIES_TEXT.split())
COMMON = frozenset(_COMMON_TEXT.split())
_IRREGULAR = frozenset(_IRREGULAR_TEXT.split())
_MOSTLY_NOUNS = frozenset(_MOSTLY_NOUNS_TEXT.split())


def third(verb: str) -> str:
    """As it is said of one: “carries” for “carry”."""
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"


def _past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed"


THIRD = frozenset(third(verb) for verb in COMMON)
_PAST = frozenset(_past(verb) for verb in COMMON)
_SURE = AUXILIARIES | _IRREGULAR | (THIRD - _MOSTLY_NOUNS)


def is_finite(word: str) -> bool:
    """Whether it can hardly be anything but what a sentence says of its subject."""
    return word in _SURE


def may_be_finite(word: str) -> bool:
    """Whether it is a verb's form at all, though perhaps a noun or a participle here."""
    return word in _SURE or word in THIRD or word in COMMON or word in _PAST


def carries(text: str) -> bool:
    """Whether a verb comes after the first word of a phrase, so that it can be a sentence."""
    said = [word.lower() for word in words(text)]
    # “The energy released” has none: a form like that at the end only describes.
    while said and said[-1] in _PAST and said[-1] not in COMMON:
        said.pop()
    return any(map(is_finite, said[1:])) or any(map(may_be_finite, said[2:] or said[1:]))


def is_sentence(title: str) -> bool:
    """“Linked Genes Violate the Law”: a heading that says something, not a name."""
    said = [word.lower() for word in words(title)]
    if said[:1] and said[0] in ("how", "why", "what", "when", "where", "who", "which"):
        return False
    if any(map(is_finite, said[1:])):
        return True
    return any(may_be_finite(one) and other in _DETERMINERS for one, other in itertools.pairwise(said[1:]))


def main_verbs(said: Iterable[str]) -> int:
    """How many groups of verbs there are: “has been shown” is one."""
    given = list(said)
    count = 0
    before = False
    for word, following in zip(given, [*given[1:], ""], strict=True):
        # “Pumps that …”, “pumps of …”: a thing after all.
        verb = is_finite(word) and (word not in THIRD or following not in ("that", "which", "who", "of"))
        count += verb and not before
        before = verb
    return count
