"""The deals of an export made clean: those that were won, each with its day and its value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from experiments.crm.clean_leads import blank, flags, read_days, require
from experiments.crm.mapping import LEAVE_OUT, CrmMapping
from experiments.crm.money import Money, read_money
from experiments.crm.nothing import blanked
from experiments.crm.sieve import NO_LEAD, NOT_WON, TOO_MANY, Sieve
from experiments.crm.states import LOST, OPEN, is_flag_of_winning, is_said_no, read_states
from experiments.crm.unsure import UnsureError
from experiments.crm.written_dates import Dates
from experiments.crm.yaml_words import yaml_list
from scenarios.input_errors import InputError, in_a_row

_TOTAL = (
    r"(?:(?:grand |sub)?total|(?:zwischen|gesamt)?summe|gesamt|suma|razem|итого|всего)(?:\W.*)?"
    r"|(?:合计|合計|小计|总计).*"
)
_MANY_BLANK = 0.2  # of the deals with a day may have no state before it is asked


@dataclass(frozen=True)
class DealsRead:
    """How days of winning are written, how many deals have which state, and how many values which currency."""

    dates: Dates
    states: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    currencies: Mapping[str, int] = field(default_factory=dict)
    is_currency_assumed: bool = False


def clean_deals(sieve: Sieve, mapping: CrmMapping) -> DealsRead:
    """Leave out what was not won, has no day or is a refund; put in `day` and `eur`. Raises InputError."""
    _leave_out_totals(sieve)
    states = _keep_won(sieve, mapping)
    _leave_out_lost(sieve, mapping)
    blank(sieve, mapping, "won", are_dates=True)
    if states:
        sieve.n_base = len(sieve.rows)
    require(sieve, "won", "won, but without a date" if states else NOT_WON)
    sieve.n_base = len(sieve.rows)
    dates = read_days(sieve, "won", mapping)
    money = _read_values(sieve, mapping)
    if "lead" in sieve.rows:
        blank(sieve, mapping, "lead")
        is_said = mapping.deals_without_lead == LEAVE_OUT
        require(sieve, "lead", "a deal that names no lead, as the mapping has it" if is_said else NO_LEAD)
    if "rep" in sieve.rows:
        blank(sieve, mapping, "rep")
    sieve.rows = sieve.rows.sort_values("day", kind="stable")
    return DealsRead(dates, states, money.counts if money else {}, bool(money and money.is_assumed))


def _leave_out_totals(sieve: Sieve) -> None:
    """Leave out rows below a table that name no lead, no state and no day."""
    rows = sieve.rows
    named = rows["lead" if "lead" in rows else "id"].str.casefold()
    is_total = flags(named == "") | flags(named.str.fullmatch(_TOTAL).fillna(False).astype(bool))
    for column in ("stage", "won"):
        if column in rows:
            is_total &= flags(rows[column] == "")
    sieve.leave_out(is_total, "no deal: a total or the like", "lead id value")


def _keep_won(sieve: Sieve, mapping: CrmMapping) -> Mapping[str, tuple[str, int]]:
    """Leave out what is lost or open by its state; how many deals have which state, none if there are no states."""
    if "stage" not in sieve.rows:
        return {}
    said = mapping.states
    blank(sieve, mapping, "stage", kept={word.casefold() for word in (*said.won, *said.lost, *said.open)})
    states = read_states(sieve.rows["stage"], said, sieve.where("stage"))
    _refuse_blank_states(sieve, mapping)
    sieve.rows = sieve.rows.assign(meant=states.meant)
    is_flag = is_flag_of_winning(sieve.where("stage")[1])
    for meant, reason in ((LOST, "lost"), (OPEN, "not won" if is_flag else "still open")):
        names = [name or "nothing" for name, (one, _) in states.counts.items() if one == meant]
        shown = in_a_row([f'"{name}"' for name in names], longest=120)
        sieve.leave_out(flags(sieve.rows["meant"] == meant), f"{reason} ({shown})", "lead stage")
    return states.counts


def _refuse_blank_states(sieve: Sieve, mapping: CrmMapping) -> None:
    """Raise UnsureError if many deals with a day have no state, as in reports that show each state once."""
    if mapping.states.meaning("") is not None:
        return
    days = blanked(sieve.rows["won"], mapping.nothing, (), are_dates=True)[0]
    is_dated = flags(days != "")
    n = int((is_dated & flags(sieve.rows["stage"] == "")).sum())
    if n > _MANY_BLANK * is_dated.sum():
        file, column = sieve.where("stage")
        question = f"{file}, {column}: {n:,} of {is_dated.sum():,} deals with a day have no state; what does that mean?"
        won = yaml_list([*mapping.states.won, ""])
        also = ", or write the state into every row, if the file shows each only once"
        raise UnsureError(question, ['open_is: [""]', f"won_is: {won}"], also=also)


def _leave_out_lost(sieve: Sieve, mapping: CrmMapping) -> None:
    """Leave out what has something that only lost deals have."""
    if "lost" in sieve.rows:
        blank(sieve, mapping, "lost")
        is_lost = flags(sieve.rows["lost"] != "") & ~flags(sieve.rows["lost"].map(is_said_no).astype(bool))
        sieve.leave_out(is_lost, f"lost (has {sieve.where('lost')[1]})", "lead lost")


def _read_values(sieve: Sieve, mapping: CrmMapping) -> Money | None:
    """Put in the value of each deal as `eur`, NaN where unknown; refunds are left out, what cannot be used is noted."""
    if "value" not in sieve.rows:
        sieve.rows = sieve.rows.assign(eur=np.nan)
        return None
    blank(sieve, mapping, "value")
    codes = None
    if "currency" in sieve.rows:
        blank(sieve, mapping, "currency")
        codes = sieve.rows["currency"]
    money = read_money(sieve.rows["value"], mapping.money_form, sieve.where("value"), codes)
    sieve.notes += money.notes
    is_said = flags(sieve.rows["value"] != "")
    _unusable(sieve, is_said & np.isnan(money.eur), is_said, "cannot be read as a number")
    _unusable(sieve, money.eur == 0, is_said, "are zero")
    sieve.rows = sieve.rows.assign(eur=np.where(money.eur > 0, money.eur, np.nan))
    _leave_out_refunds(sieve, money.eur < 0)
    return money


def _leave_out_refunds(sieve: Sieve, is_refund: npt.NDArray[np.bool_]) -> None:
    n = int(is_refund.sum())
    if n > TOO_MANY * len(sieve.rows):
        file, column = sieve.where("value")
        raise InputError(
            f"{file}, {column}: {n:,} of {len(is_refund):,} values are below zero, so they are not of deals; name "
            "another column as deals.value, or leave it out"
        )
    sieve.leave_out(is_refund, "a refund (its value is below zero), which is no deal", "lead value")


def _unusable(sieve: Sieve, which: npt.NDArray[np.bool_], is_said: npt.NDArray[np.bool_], problem: str) -> None:
    """Note values that cannot be used; raises InputError if they are most."""
    n = int(which.sum())
    if not n:
        return
    file, column = sieve.where("value")
    first = sieve.rows.index[np.flatnonzero(which)[0]]
    example = f'row {first}: "{sieve.rows.loc[first, "value"]}"'
    said = f"{file}, {column}: {n:,} of {is_said.sum():,} values {problem} (e.g. {example})"
    if n > TOO_MANY * is_said.sum():
        raise InputError(f"{said}; see deals.value and decimal in the mapping, or leave deals.value out")
    sieve.notes.append(f"{said}; their deals count, their values do not")
