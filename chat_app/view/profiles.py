"""The kinds of conversation a person may have, and messages to begin each with."""

from enum import StrEnum

import chainlit as cl
from chainlit.config import ChainlitConfigOverrides, FeaturesSettings, SpontaneousFileUploadFeature

from course.models.people import Role


class Profile(StrEnum):
    """A kind of conversation, by the name people see."""

    STUDIO = "Studio"
    LEARN = "Learn"
    OPERATE = "Operate"


_MAY = {
    Role.LEARNER: (Profile.LEARN,),
    Role.INSTRUCTOR: (Profile.STUDIO, Profile.LEARN),
    Role.OPERATOR: (Profile.OPERATE, Profile.STUDIO, Profile.LEARN),
}
_WELCOME = {
    Profile.STUDIO: "## What shall we teach?\nAttach a document, or say in a sentence what the course should be.",
    Profile.LEARN: "## What would you like to learn?\nOpen a course, then ask. Answers come from the course itself.",
    Profile.OPERATE: "## How is the press?\nAsk for the queue, the renders under way, or what failed.",
}
_STARTERS = {
    Profile.STUDIO: (
        ("A course from a brief", "Make a short course for first-year students on how to read a scientific paper."),
        ("A course from my document", "I want to turn a document into a course. What should I attach and tell you?"),
        ("My courses", "Show me my courses."),
    ),
    Profile.LEARN: (
        ("Courses I can take", "Which courses can I take?"),
        ("How this works", "How do I learn here?"),
    ),
    Profile.OPERATE: (
        ("Queue and renders", "How is the render service doing?"),
        ("Failures", "Which renders failed lately, and why?"),
    ),
}
_ICON = "/public/avatars/lectern.svg"
# Documents are for those who make courses.
_NO_FILES = ChainlitConfigOverrides(
    features=FeaturesSettings(spontaneous_file_upload=SpontaneousFileUploadFeature(enabled=False)),
)


def allowed(role: Role, *, coauthor: bool = False) -> tuple[Profile, ...]:
    """What a person in this role may open; the first is what they mostly come for.

    A learner who is somebody's co-author has the studio too.
    """
    may = _MAY[role]
    return (*may, Profile.STUDIO) if coauthor and Profile.STUDIO not in may else may


def starters(profile: Profile) -> list[str]:
    """The messages offered to begin with."""
    return [message for _, message in _STARTERS[profile]]


def profiles(role: Role, *, coauthor: bool = False) -> list[cl.ChatProfile]:
    """As Chainlit offers them."""
    return [
        cl.ChatProfile(
            name=profile.value,
            markdown_description=_WELCOME[profile],
            icon=_ICON,
            default=place == 0,
            config_overrides=None if profile is Profile.STUDIO else _NO_FILES,
            starters=[cl.Starter(label=label, message=message) for label, message in _STARTERS[profile]],
        )
        for place, profile in enumerate(allowed(role, coauthor=coauthor))
    ]
