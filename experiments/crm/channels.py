"""The channels of a company, and which of them the values of an export mean."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from experiments.crm.known_leads import OWN, REFERRAL
from experiments.crm.mapping import LEAVE_OUT
from experiments.crm.word_lists import plain_value, word_lists
from scenarios.input_errors import InputError, in_a_row

if TYPE_CHECKING:
    import pandas as pd

LEFT_OUT, UNKNOWN = -2, -1


def ways_of(channels: Sequence[str]) -> list[str]:
    """All ways by which a lead may have come."""
    return [*channels, OWN, REFERRAL]


def read_channels(texts: "pd.Series[str]", mapped: Mapping[str, str], channels: Sequence[str]) -> npt.NDArray[np.int64]:
    """The place among the ways of what each text means; `LEFT_OUT` where it is not to count, `UNKNOWN` otherwise.

    Raises InputError where the mapping names a channel that the company does not have.
    """
    import pandas as pd

    if unknown := sorted({*mapped.values()} - {*ways_of(channels), LEAVE_OUT}):
        raise InputError(
            f"the mapping names channels that the company does not have: {in_a_row(unknown)}; it has "
            f"{in_a_row(channels)}, and there are {OWN}, {REFERRAL} and {LEAVE_OUT}"
        )
    known = by_name(channels) | {plain_value(value): channel for value, channel in mapped.items()}
    places = {way: place for place, way in enumerate(ways_of(channels))} | {LEAVE_OUT: LEFT_OUT}
    codes, different = pd.factorize(texts)
    meant = [places.get(known.get(plain_value(str(text)), ""), UNKNOWN) for text in different]
    return np.array(meant, np.int64)[codes]


def by_name(channels: Sequence[str]) -> dict[str, str]:
    """The ways by their names as people would write them."""
    return {plain_value(way): way for way in ways_of(channels)}


def proposed(values: Sequence[str], channels: Sequence[str]) -> dict[str, str]:
    """The channel that each value means by its words, as far as there are any and the company has such a channel."""
    found = {value: _meant(value, channels) for value in values}
    return {value: channel for value, channel in found.items() if channel is not None}


def _meant(value: str, channels: Sequence[str]) -> str | None:
    text = plain_value(value)
    if not text:
        return None
    if text in by_name(channels):
        return by_name(channels)[text]
    for group in _groups():
        if group["pattern"].search(text):
            return next((one for one in group["channels"] if one in ways_of(channels)), None)
    return None


@cache
def _groups() -> tuple[dict[str, Any], ...]:
    return tuple({"channels": one["channels"], "pattern": _pattern(one["words"])} for one in word_lists("channels"))


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """Any of the words, those in Latin letters only if they stand alone."""
    latin = [rf"(?<!\w){re.escape(plain_value(word))}(?!\w)" for word in words if plain_value(word)[0] < "\u0400"]
    others = [re.escape(plain_value(word)) for word in words if plain_value(word)[0] >= "\u0400"]
    return re.compile("|".join([*latin, *others]))
