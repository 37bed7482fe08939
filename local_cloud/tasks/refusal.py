"""Why a call is refused: Google's status code and a sentence."""

import grpc


class Refusal(Exception):
    """Ends the call with this status."""

    def __init__(self, code: grpc.StatusCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def invalid(sentence: str) -> Refusal:
    """The request itself is wrong."""
    return Refusal(grpc.StatusCode.INVALID_ARGUMENT, sentence)


def not_found(name: str) -> Refusal:
    """Nothing has that name (any more)."""
    return Refusal(grpc.StatusCode.NOT_FOUND, f"Requested entity was not found: {name}")


def already_exists(sentence: str) -> Refusal:
    """The name is taken, or was until a short while ago."""
    return Refusal(grpc.StatusCode.ALREADY_EXISTS, sentence)
