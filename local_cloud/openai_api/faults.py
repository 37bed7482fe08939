"""Misbehaviour on demand: rules that say which requests go wrong, and how."""

import random
import re
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

Kind = Literal[
    "status",  # answer with `status`, and Retry-After when `retry_after` is given
    "delay",  # wait `seconds` before anything else
    "stall",  # after `after` chunks of the answer, wait `seconds`
    "slow_tokens",  # wait `seconds` before each chunk
    "truncate",  # stop after `after` chunks, without an end mark; an answer in one piece loses its second half
    "reset",  # reset the TCP connection; in a stream after `after` chunks when that is given
    "malformed_arguments",  # tool calls whose arguments are not JSON
    "wrong_schema",  # JSON, but not of the schema asked for
    "nonsense",  # prose where JSON or an answer was asked for
    "empty",  # nothing at all
    "silence",  # speech of the right length without a voice
]


class Fault(BaseModel):
    """One rule. Every condition given must hold; `match` is a regular expression over the request's JSON."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    path: str = Field(default="", description="part of the path, like `embeddings`; empty is any")
    model: str = Field(default="", description="the model asked for; empty is any")
    match: str = Field(default="", description="regular expression searched in the request body as text")
    times: int | None = Field(default=None, ge=0, description="how often it strikes; None is for ever")
    skip: int = Field(default=0, ge=0, description="how many requests it lets pass first")
    probability: float = Field(default=1.0, ge=0, le=1)
    status: int = Field(default=500, ge=400, le=599)
    retry_after: float | None = Field(default=None, ge=0, description="seconds")
    seconds: float = Field(default=0.0, ge=0)
    after: int | None = Field(default=None, ge=0, description="chunks of the answer that still arrive")
    message: str = ""
    struck: int = Field(default=0, description="how often it has struck; counted by the server")

    @field_validator("match")
    @classmethod
    def _compiles(cls, value: str) -> str:
        try:
            re.compile(value)
        except re.error as error:
            raise ValueError(f"not a regular expression: {error}") from error
        return value

    def concerns(self, path: str, model: str, body: str) -> bool:
        """Whether the request is one of those meant."""
        if self.path not in path or (self.model and self.model != model):
            return False
        return not self.match or re.search(self.match, body) is not None


class FaultPlan(BaseModel):
    """The rules in force and the seed of their probabilities."""

    model_config = ConfigDict(extra="forbid")

    seed: int = 0
    rules: list[Fault] = Field(default_factory=list)


class Faults:
    """Decides, request by request, what goes wrong."""

    def __init__(self) -> None:
        self.set(FaultPlan())

    def set(self, plan: FaultPlan) -> None:
        """Replace every rule; counts start anew."""
        self.plan = plan.model_copy(deep=True)
        self._random = random.Random(plan.seed)

    def take(self, kind: Kind, path: str, model: str, body: str) -> Fault | None:
        """The first rule of this kind that strikes now; it is counted as having struck."""
        for rule in self.plan.rules:
            if rule.kind != kind or not rule.concerns(path, model, body):
                continue
            if rule.skip:
                rule.skip -= 1
            elif (rule.times is None or rule.struck < rule.times) and self._random.random() < rule.probability:
                rule.struck += 1
                return rule
        return None
