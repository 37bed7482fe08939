"""The requests of OpenAI's API as far as they are served here; unknown fields are ignored, as OpenAI's own grow."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    """A part of a request."""

    model_config = ConfigDict(extra="ignore")


class FunctionCall(Wire):
    """A call the model made: `arguments` is JSON in a string."""

    name: str
    arguments: str = "{}"


class CalledTool(Wire):
    """A tool call in an assistant's message."""

    id: str = ""
    function: FunctionCall


class Message(Wire):
    """One message; its text is the same whether it came as a string or in parts."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[dict[str, Any]] | None = None
    tool_calls: list[CalledTool] | None = None
    tool_call_id: str | None = None

    @property
    def text(self) -> str:
        """The words, without pictures or sound."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(str(part.get("text", "")) for part in self.content or [] if part.get("type") == "text")


class Function(Wire):
    """A tool on offer; `parameters` is a JSON schema."""

    name: str
    description: str | None = None
    parameters: dict[str, Any] = Field(default_factory=dict)


class Tool(Wire):
    """Only functions are offered to a chat model."""

    type: Literal["function"] = "function"
    function: Function


class JsonSchema(Wire):
    """The named schema of structured output."""

    name: str
    json_schema: dict[str, Any] = Field(default_factory=dict, alias="schema")


class ResponseFormat(Wire):
    """What the answer must look like."""

    type: Literal["text", "json_object", "json_schema"] = "text"
    json_schema: JsonSchema | None = None


class StreamOptions(Wire):
    """Whether the last chunk carries the usage."""

    include_usage: bool = False


class ChatRequest(Wire):
    """`POST /v1/chat/completions`."""

    model: str
    messages: list[Message] = Field(min_length=1)
    tools: list[Tool] = Field(default_factory=list)
    tool_choice: Literal["none", "auto", "required"] | dict[str, Any] = "auto"
    parallel_tool_calls: bool = True
    response_format: ResponseFormat = Field(default_factory=ResponseFormat)
    stream: bool = False
    stream_options: StreamOptions | None = None
    max_tokens: int | None = Field(default=None, ge=1)
    max_completion_tokens: int | None = Field(default=None, ge=1)
    n: int | None = 1

    @property
    def offered(self) -> list[Function]:
        """The tools the answer may call, after `tool_choice`."""
        functions = [tool.function for tool in self.tools]
        if self.tool_choice == "none":
            return []
        if isinstance(self.tool_choice, dict):
            wanted = self.tool_choice.get("function", {}).get("name")
            return [function for function in functions if function.name == wanted]
        return functions

    @property
    def must_call(self) -> bool:
        """Whether `tool_choice` leaves no other answer than a call."""
        return self.tool_choice == "required" or isinstance(self.tool_choice, dict)

    @property
    def schema_name(self) -> str | None:
        """The name of the structured output asked for."""
        return self.response_format.json_schema.name if self.response_format.json_schema else None

    @property
    def limit(self) -> int | None:
        """The most tokens the answer may have."""
        return self.max_completion_tokens or self.max_tokens


class EmbeddingsRequest(Wire):
    """`POST /v1/embeddings`."""

    model: str
    input: str | list[str]
    encoding_format: Literal["float", "base64"] = "float"
    dimensions: int | None = None


class SpeechRequest(Wire):
    """`POST /v1/audio/speech`."""

    model: str
    input: str
    voice: str | dict[str, Any] = "alloy"
    response_format: Literal["wav", "pcm", "mp3", "flac", "opus", "aac"] = "mp3"
    speed: float = Field(default=1.0, ge=0.25, le=4.0)
