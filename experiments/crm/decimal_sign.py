"""Numbers with either decimal sign: `1.234,50` and `1,234.50`."""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from experiments.crm.unsure import UnsureError

if TYPE_CHECKING:
    import pandas as pd

_WRITTEN = {
    sign: rf"[-+]?(?:\d{{1,3}}(?:{mark}\d{{2,3}})*{mark}\d{{3}}|\d+)?(?:{own}\d*)?(?:[eE][-+]?\d+)?"
    for sign, own, mark in ((".", r"\.", ","), (",", ",", r"\."))
}
"""With this decimal sign; thousands come in threes (or, in India, in twos)."""
_CLEARLY = 10  # times as many numbers that can only be read one way as those that can only be read the other way


def numbers_of(words: "pd.Series[str]", decimal: str) -> npt.NDArray[np.float64]:
    """The number each word says with this decimal sign, NaN for any other."""
    import pandas as pd

    fits = _fits(words, decimal)
    plain = words.where(pd.Series(fits, index=words.index), "")
    plain = plain.str.replace("," if decimal == "." else ".", "", regex=False).str.replace(decimal, ".", regex=False)
    return np.asarray(pd.to_numeric(plain, errors="coerce"), np.float64)


def decimal_of(words: "pd.Series[str]", where: str) -> str:
    """The decimal sign that numbers give away; a point where none has a sign at all. Raises UnsureError."""
    signed = words[words.str.contains("[.,]")]
    by_point, by_comma = _fits(signed, "."), _fits(signed, ",")
    n_point, n_comma = int((by_point & ~by_comma).sum()), int((by_comma & ~by_point).sum())
    if n_point > _CLEARLY * n_comma or not len(signed):
        return "."
    if n_comma > _CLEARLY * n_point:
        return ","
    question = f'{where}: the decimal sign cannot be told (e.g. "{signed.iloc[0]}")'
    raise UnsureError(question, ['decimal: "."', 'decimal: ","'])


def _fits(words: "pd.Series[str]", decimal: str) -> npt.NDArray[np.bool_]:
    return words.str.fullmatch(_WRITTEN[decimal]).fillna(False).to_numpy(bool) & (words != "").to_numpy(bool)
