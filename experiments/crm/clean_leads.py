"""The leads of an export made clean: each has an id, a day of first contact, and a way it came."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from experiments.crm.channels import LEFT_OUT, UNKNOWN, by_name, read_channels, ways_of
from experiments.crm.mapping import DEALS, LEADS, CrmMapping
from experiments.crm.nothing import blanked, told
from experiments.crm.sieve import NO_CONTACT, UNREADABLE, Sieve
from experiments.crm.written_dates import Dates, read_dates
from experiments.crm.yaml_words import yaml_list
from scenarios.input_errors import in_a_row


@dataclass(frozen=True)
class LeadsRead:
    """How dates of first contact are written, the ids as they stand in the file, and how many leads came which way."""

    dates: Dates
    ids: "pd.Series[str]"
    channels: Mapping[str, Mapping[str, int]]


def clean_leads(sieve: Sieve, mapping: CrmMapping, channels: Sequence[str]) -> LeadsRead:
    """Leave out what is no lead, or twice; put in `number`, `day` and `way`. Raises InputError."""
    blank(sieve, mapping, "id")
    require(sieve, "id", "no lead id")
    number, ids = pd.factorize(sieve.rows["id"])
    sieve.rows = sieve.rows.assign(number=number)
    blank(sieve, mapping, "contacted", are_dates=True)
    require(sieve, "contacted", NO_CONTACT)
    dates = read_days(sieve, "contacted", mapping)
    sieve.rows = sieve.rows.sort_values("day", kind="stable")
    sieve.leave_out(
        flags(sieve.rows["number"].duplicated()), "a lead that is there twice; its first contact counts", "id"
    )
    found = _came(sieve, mapping, channels) if "channel" in sieve.rows else {}
    return LeadsRead(dates, pd.Series(ids, dtype=str), found)


def _came(sieve: Sieve, mapping: CrmMapping, channels: Sequence[str]) -> dict[str, dict[str, int]]:
    """Put in by which way each lead came; returns how many by way and value."""
    blank(sieve, mapping, "channel", kept={*(one.casefold() for one in mapping.channels), *by_name(channels)})
    way = read_channels(sieve.rows["channel"], mapping.channels, channels)
    sieve.rows = sieve.rows.assign(way=way)
    sieve.leave_out(way == LEFT_OUT, "a channel that the mapping leaves out", "id channel")
    strange = flags(sieve.rows["way"] == UNKNOWN)
    if strange.any():
        values = sieve.rows["channel"][strange].value_counts().index
        shown = in_a_row([f'"{value}"' for value in values], longest=120)
        reason = f"a channel that is none of the company's and not in the mapping ({shown})"
        line = f"`channels: {{CHANNEL: {yaml_list(map(str, values[:3]))}}}`"
        hint = f"say which channel they mean, e.g. {line}; there are {in_a_row(ways_of(channels))}"
        sieve.leave_out(strange, reason, "id channel", hint=hint)
        sieve.notes.append(f"{sieve.file.name}: to let these leads count, {hint}")
    return _counted(sieve.rows, channels)


def _counted(rows: "pd.DataFrame", channels: Sequence[str]) -> dict[str, dict[str, int]]:
    counts = rows.groupby(["way", "channel"], sort=False).size().sort_values(ascending=False)
    found: dict[str, Counter[str]] = {}
    for (way, value), n in zip(counts.index.to_list(), counts, strict=True):
        found.setdefault(ways_of(channels)[way], Counter())[str(value)] += int(n)
    return {way: dict(values) for way, values in found.items()}


def blank(
    sieve: Sieve, mapping: CrmMapping, column: str, *, kept: Collection[str] = (), are_dates: bool = False
) -> None:
    """Take words for nothing out of a column, and note it."""
    texts, found = blanked(sieve.rows[column], mapping.nothing, kept, are_dates=are_dates)
    if found:
        sieve.rows = sieve.rows.assign(**{column: texts})
        sieve.notes.append(told(*sieve.where(column), found))


def require(sieve: Sieve, column: str, reason: str) -> None:
    """Leave out the rows in which nothing stands."""
    shown = " ".join(name for name in sieve.file.named if name != column)
    sieve.leave_out(flags(sieve.rows[column] == ""), reason, shown)


def read_days(sieve: Sieve, column: str, mapping: CrmMapping) -> Dates:
    """Put in the day of each row; rows with none are left out."""
    file = LEADS if column == "contacted" else DEALS
    file_name, name = sieve.where(column)
    dates = read_dates(sieve.rows[column], mapping.date_form(file), f"{file_name}, {name}")
    sieve.rows = sieve.rows.assign(day=dates.days)
    sieve.notes += dates.notes
    unread = np.isnat(dates.days)
    hint = _nothing_hint(sieve.rows[column][unread]) if unread.any() else ""
    sieve.leave_out(unread, UNREADABLE, column, hint=hint)
    if hint:
        sieve.notes.append(f"{file_name}, {name}: {hint}")
    return dates


def _nothing_hint(texts: "pd.Series[str]") -> str:
    """What to say if one word makes up most of the dates that cannot be read."""
    word, n = next(iter(texts.value_counts().items()))
    is_word = n > len(texts) / 2 and not any(sign.isdigit() for sign in str(word))
    return f'if "{word}" means that nothing is there, say `nothing: {yaml_list([str(word)])}`' if is_word else ""


def flags(which: "pd.Series[bool]") -> npt.NDArray[np.bool_]:
    """A column of yes and no as an array."""
    return which.to_numpy(bool)
