"""The index of what courses and their sources say, over Qdrant."""

from course.library.indexer import Indexer
from course.library.library import Library
from course.library.points import PassageHit, SlideHit

__all__ = ["Indexer", "Library", "PassageHit", "SlideHit"]
