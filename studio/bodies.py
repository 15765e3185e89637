"""What browsers send, checked before anybody looks at it."""

from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from studio.guard import TooLarge
from studio.refused import Refused

Word = Annotated[str, Field(max_length=200)]
Scalar = Annotated[str, Field(max_length=200)] | bool | int | float | None


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class SettingsBody(_Body):
    """Settings that are given; the others stay."""

    names_hidden: bool | None = None
    levers: Annotated[list[Word], Field(max_length=200)] | None = None
    n_changes: Annotated[int, Field(ge=0, le=20)] | None = None


class NewRoom(SettingsBody):
    """A room with its first lesson."""

    lesson: Word


class Name(_Body):
    """Of a member or a team."""

    name: Annotated[str, Field(max_length=1000)]


class Prediction(_Body):
    """A number."""

    value: float


class Step(_Body):
    """Where the lesson goes; `lesson` names the next one."""

    to: Literal["open", "locked", "run", "revealed"]
    lesson: Word | None = None


class Change(_Body):
    """A dotted path and its value; null takes the change back."""

    path: Word
    value: Scalar = None


LongText = Annotated[str, Field(max_length=256 * 1024)]


class CompanyText(_Body):
    """A company file as text."""

    text: LongText


class CaseChange(_Body):
    """A change of a case, from a working day after the warm-up on, or from the first."""

    path: Word
    value: Scalar
    day: Annotated[int, Field(ge=0, le=100_000)] | None = None


class SavedCase(_Body):
    """A company as it stands in a page: a shipped one by its name, or the text of another's file."""

    company: Word
    text: LongText | None = None
    practices: Word
    changes: Annotated[list[CaseChange], Field(max_length=500)] = []


Answer = Annotated[float, Field(ge=1, le=5)] | None
People = Annotated[int, Field(ge=1, le=10_000)] | None


class Answered(_Body):
    """What both sides answered: twenty pairs, Sales first; how many people; and facts by name, in words."""

    company: Word
    text: LongText | None = None
    answers: Annotated[list[tuple[Answer, Answer]], Field(min_length=20, max_length=20)]
    people: tuple[People, People] = (None, None)
    facts: Annotated[dict[Word, Word], Field(max_length=20)] = {}


Kind = TypeVar("Kind", bound=_Body)


async def read(request: Request, kind: type[Kind]) -> Kind:
    """The body of a request; raises Refused if it is none of this kind.

    Only what declares itself as JSON is read: a form on another site cannot do that unasked.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refused(415, "not_json", "Send JSON with Content-Type: application/json.")
    try:
        return kind.model_validate_json(await request.body())
    except TooLarge:
        raise Refused(413, "too_large", "That is too long to be an answer.") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"]) or "the body"
        raise Refused(422, "wrong_body", f"{where}: {first['msg']}") from None
