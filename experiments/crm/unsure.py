"""What cannot be told from the data, and the lines of a mapping that would tell it."""

from collections.abc import Sequence

from scenarios.input_errors import InputError


class UnsureError(InputError):
    """A question that only the owner of the data can answer.

    `lines` are the answers a mapping may give, each of one line or more; `str()` is one sentence with the lines in it.
    """

    def __init__(self, question: str, lines: Sequence[str], *, also: str = "") -> None:
        self.question, self.lines, self.also = question, tuple(lines), also
        said = " or ".join(" and ".join(f"`{line}`" for line in one.splitlines()) for one in lines)
        super().__init__(f"{question}; say {said} in the mapping{also}")
