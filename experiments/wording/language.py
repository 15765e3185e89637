"""The language of what is said: English sentences are their own keys in the message files of the other languages.

    with in_language("ru"):
        say("{best} earns most: {gain}.", best="aligned", gain="+1")

A sentence that `messages/ru.yaml` does not have is said in English.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

MESSAGES = Path(__file__).parent / "messages"
"""A file a language: its `sentences` and `names` by the English ones, and the words that are `counted`."""
NO_BREAK, NARROW = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


def _one_form(n: int) -> int:
    return 0


def _two_forms(n: int) -> int:
    return 0 if n == 1 else 1


def _three_forms(n: int) -> int:
    """Russian: 1 and 21, 2 to 4 and 22 to 24, all others."""
    tens, ones = n // 10 % 10, n % 10
    if tens == 1 or ones == 0 or ones > 4:
        return 2
    return 0 if ones == 1 else 1


@dataclass(frozen=True)
class Language:
    """How a language writes numbers and lists: `a{among}b{last}c`, `a{comma}b`, `a{semicolon}b`, `3{gap}runs`.

    `steps` are the units of large sums, `form` says which plural a count takes.
    """

    code: str
    decimal: str
    thousands: str
    share: str
    money: str
    steps: Sequence[tuple[float, str]]
    comma: str
    semicolon: str
    among: str
    last: str
    gap: str
    form: Callable[[int], int]


ENGLISH = Language(
    code="en",
    decimal=".",
    thousands=",",
    share="{} %",
    money="€{}{}",
    steps=((1e9, " bn"), (1e6, " M"), (1e3, " k")),
    comma=", ",
    semicolon="; ",
    among=", ",
    last=" and ",
    gap=" ",
    form=_two_forms,
)
_CHINESE = Language(
    code="zh",
    decimal=".",
    thousands=",",
    share="{}%",
    money="€{}{}",
    steps=((1e8, "亿"), (1e4, "万")),
    comma="\N{FULLWIDTH COMMA}",
    semicolon="\N{FULLWIDTH SEMICOLON}",
    among="、",
    last="和",
    gap="",
    form=_one_form,
)
_RUSSIAN = Language(
    code="ru",
    decimal=",",
    thousands=NARROW,
    share=f"{{}}{NO_BREAK}%",
    money=f"{{}}{{}}{NO_BREAK}€",
    steps=((1e9, f"{NO_BREAK}млрд"), (1e6, f"{NO_BREAK}млн"), (1e3, f"{NO_BREAK}тыс.")),
    comma=", ",
    semicolon="; ",
    among=", ",
    last=" и ",
    gap=" ",
    form=_three_forms,
)
LANGUAGES = {one.code: one for one in (ENGLISH, _CHINESE, _RUSSIAN)}
_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def language() -> Language:
    """The language that is spoken here."""
    return _spoken.get()


def language_code() -> str:
    """Its code: en, zh or ru."""
    return _spoken.get().code


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak this language inside; raises InputError for one that nobody here speaks."""
    if code not in LANGUAGES:
        from scenarios.input_errors import InputError, did_you_mean  # only here: help must load nothing heavy

        raise InputError(f'there is no language "{code}"{did_you_mean(code, LANGUAGES)}')
    token = _spoken.set(LANGUAGES[code])
    try:
        yield
    finally:
        _spoken.reset(token)


def say(text: str, /, **named: object) -> str:
    """A sentence in the language spoken: `text` is the English one, with a `{name}` for each of `named`."""
    return messages(language_code()).sentences.get(text, text).format(**named)


def term(text: str) -> str:
    """A name in the language spoken: of a practice, a type, an outcome; what has no other name keeps its own."""
    return messages(language_code()).names.get(text, text)


def parameter_name(path: str) -> str | None:
    """The words for a parameter in the language spoken, None where it has none."""
    return messages(language_code()).parameters.get(path)


def counted_form(n: int, what: str) -> str | None:
    """The word for so many of `what` in the language spoken, None where it has none: 2 прогона, 5 прогонов."""
    forms = messages(language_code()).counted.get(what)
    return forms[language().form(n)] if forms else None


@dataclass(frozen=True)
class Messages:
    """What one language has: everything by its English words, parameters by path."""

    sentences: Mapping[str, str]
    names: Mapping[str, str]
    counted: Mapping[str, Sequence[str]]
    parameters: Mapping[str, str]


@cache
def messages(code: str) -> Messages:
    """The message file of a language; English needs none."""
    told: dict[str, Any] = {}
    if code != ENGLISH.code:
        told = yaml.safe_load((MESSAGES / f"{code}.yaml").read_text(encoding="utf-8"))
    return Messages(*(told.get(part) or {} for part in ("sentences", "names", "counted", "parameters")))
