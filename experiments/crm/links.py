"""Which deal belongs to which lead, though ids differ in form or several stand in one cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd

_SEVERAL = r"[;,|\n/]+"
_MOST_IN_A_CELL = 50


@dataclass(frozen=True)
class Links:
    """Pairs: the row of a cell (its place) and the number of the id it names.

    `n_other_form` cells name an id in another form, e.g. `example`; `n_several` cells name several ids that are known.
    """

    cell: npt.NDArray[np.int64]
    number: npt.NDArray[np.int64]
    n_other_form: int
    example: tuple[str, str]
    n_several: int


def links(ids: "pd.Series[str]", cells: "pd.Series[str]") -> Links:
    """Which ids, counted by their place, the cells name; in another form only if no other id is like it.

    `ids` are all different. Forms that are tried in turn: without `.0`, quotation marks and braces; without capitals;
    without leading zeros; the first 15 of 18 signs, as Salesforce has both; without a word before a number.
    """
    import pandas as pd

    places, different = pd.factorize(cells)
    words = pd.Series(different, dtype=str)
    index = pd.Index(ids)
    numbers = np.asarray(index.get_indexer(pd.Index(words)), np.int64)
    is_open = (numbers < 0) & (words != "").to_numpy(bool)
    n_exact = numbers.copy()
    if is_open.any():
        numbers[is_open] = _in_other_forms(ids, words[is_open])
    first = np.arange(len(words))[numbers >= 0]
    pairs = [(first, numbers[first])]
    still_open = np.flatnonzero((numbers < 0) & (words != "").to_numpy(bool))
    several = _several(ids, words.iloc[still_open])
    pairs.append((several[0], several[1]))
    word, number = (np.concatenate([one[part] for one in pairs]).astype(np.int64) for part in (0, 1))
    other = np.flatnonzero((numbers >= 0) & (n_exact < 0))
    n_of = np.bincount(places[places >= 0], minlength=len(words))
    example = (words[other[0]], str(ids.iloc[numbers[other[0]]])) if len(other) else ("", "")
    counted = pd.DataFrame({"word": word, "number": number})
    both = pd.DataFrame({"cell": np.arange(len(cells)), "word": places}).merge(counted, on="word")
    n_several = int(n_of[np.flatnonzero(np.bincount(word, minlength=len(words)) > 1)].sum())
    return Links(both["cell"].to_numpy(), both["number"].to_numpy(), int(n_of[other].sum()), example, n_several)


def _in_other_forms(ids: "pd.Series[str]", words: "pd.Series[str]") -> npt.NDArray[np.int64]:
    """The number of the id each word names in some other form; -1 where there is none, or more than one."""
    found = np.full(len(words), -1, np.int64)
    ids, words = ids.reset_index(drop=True), words.reset_index(drop=True)
    for form in (*_FORMS.values(), None):
        ids, words = (form(ids), form(words)) if form else _numbers_with_a_word(ids, words)
        number_of = ids[~ids.duplicated(keep=False)].reset_index().set_index(ids.name or 0)["index"]
        match = words.map(number_of).fillna(-1).to_numpy(np.int64)
        found = np.where(found < 0, match, found)
    return found


def _bare(texts: "pd.Series[str]") -> "pd.Series[str]":
    plain = texts.str.normalize("NFKC").str.strip().str.strip("'\"{}<>#\u200b")
    plain = plain.str.replace(r"\s+", " ", regex=True).str.replace(r"^(\d+)(?:\.0+|,0{1,2})$", r"\1", regex=True)
    is_apart = plain.str.fullmatch(r"\d{1,3}(?:,\d{3})+").fillna(False)
    plain = plain.where(~is_apart, plain.str.replace(",", "", regex=False))
    return plain.str.replace(r"^zcrm_", "", regex=True)


def _salesforce(texts: "pd.Series[str]") -> "pd.Series[str]":
    is_long = texts.str.fullmatch(r"[A-Za-z0-9]{18}").fillna(False)
    return texts.where(~is_long, texts.str.slice(0, 15))


_FORMS: Mapping[str, Callable[["pd.Series[str]"], "pd.Series[str]"]] = {
    "bare": _bare,
    "salesforce": _salesforce,
    "capitals": lambda texts: texts.str.casefold(),
    "zeros": lambda texts: texts.str.replace(r"^0+(\d)", r"\1", regex=True),
}


def _numbers_with_a_word(ids: "pd.Series[str]", words: "pd.Series[str]") -> "tuple[pd.Series[str], pd.Series[str]]":
    """`LEAD-00012` as 12, where one side is written with a word and the other is numbers only."""
    numbers = [one.str.extract(r"^[^\W\d_]{1,12}[-_ #:.]*0*(\d+)$", expand=False) for one in (ids, words)]
    plain = [one.str.fullmatch(r"\d+").fillna(False) for one in (ids, words)]
    if plain[0].all() and not plain[1].any():
        return ids, numbers[1].fillna("")
    if plain[1].all() and not plain[0].any():
        return numbers[0].fillna(""), words
    return ids.iloc[:0], words


def _several(ids: "pd.Series[str]", words: "pd.Series[str]") -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The ids named by cells that hold several, as pairs of the cell's place and the id's number."""
    parts = words[words.str.contains(_SEVERAL)].str.split(_SEVERAL, regex=True).str[:_MOST_IN_A_CELL].explode()
    parts = parts.str.strip()
    parts = parts[parts != ""].astype(str)
    if parts.empty:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    import pandas as pd

    numbers = np.asarray(pd.Index(ids).get_indexer(pd.Index(parts)), np.int64)
    is_open = numbers < 0
    if is_open.any():
        numbers[is_open] = _in_other_forms(ids, parts[is_open])
    pairs = pd.DataFrame({"cell": parts.index[numbers >= 0], "number": numbers[numbers >= 0]}).drop_duplicates()
    return pairs["cell"].to_numpy(np.int64), pairs["number"].to_numpy(np.int64)
