"""Which column tells a lead from the others, and by which column deals and leads name each other."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pandas as pd

from experiments.crm.column_names import same
from experiments.crm.guesses import Surveyed
from experiments.crm.links import links

_ENOUGH, _LEAST = 0.5, 0.15  # of the ids that are named must be known for a link to be sure, or to be thought of
_MOST_CELLS = 300
_FEWEST_DIFFERENT = 0.3  # of the rows, for a column called like an id though leads stand there more than once
_PEOPLE = ("lead", "contact", "customer", "client", "prospect", "person", "mail", "anfrage", "kunde", "kontakt",
           "cliente", "klient", "лид", "клиент", "контакт", "заявк", "线索", "客户", "顧客", "リード")  # fmt: skip
_SHORT = 5  # digits of ids that are found by chance anywhere


@dataclass(frozen=True)
class LinkGuess:
    """Places of the columns that link: of the lead's id, and either of the deal's lead, or of both ids of the deal."""

    lead_id: int
    deal_lead: int | None = None
    lead_deal: int | None = None
    deal_id: int | None = None
    share: float = 1.0


def link_guess(leads: Surveyed, deals: Surveyed, lead_id: int | None) -> LinkGuess | None:
    """The likeliest link between the files; `lead_id` is given if it is known. None where nothing links them."""
    ids = [lead_id] if lead_id is not None else _id_places(leads)
    if not ids:
        return None
    if leads.table is deals.table:
        return LinkGuess(ids[0], deal_lead=ids[0])
    best: LinkGuess | None = None
    for one in _candidates(leads, deals, ids):
        if one.share >= _ENOUGH:
            return one
        best = one if best is None or one.share > best.share else best
    return best


def _candidates(leads: Surveyed, deals: Surveyed, ids: list[int]) -> Iterator[LinkGuess]:
    """Links that may be meant, the likeliest first: by the names of columns, then by what is in them."""
    named = [place for tier in deals.named("lead") for place in tier]
    named = list(dict.fromkeys([*named, *_called_alike(leads, deals, ids)]))
    yield from _deals_name_leads(leads, deals, ids, named)
    yield from _leads_name_deals(leads, deals, ids[0])
    rest = [place for place in deals.places if place not in named]
    yield from _deals_name_leads(leads, deals, [one for one in ids if _is_no_chance(leads, one)], rest)


def _called_alike(leads: Surveyed, deals: Surveyed, ids: list[int]) -> list[int]:
    """Columns of the deals called like an id of the leads, if both are ids of people by that name; never `Nr`."""
    names = [same(leads.name(place)) for place in ids]
    known = {name for name in names if any(word in name for word in _PEOPLE)}
    return [place for place in deals.places if same(deals.name(place)) in known]


def _id_places(leads: Surveyed) -> list[int]:
    """Columns that may tell a lead, the likeliest first."""
    named = [place for tier in leads.named("id", leads.are_ids) for place in tier]
    if not named and (sure := leads.named("id")):
        named = [place for place in sure[0] if leads.values(place).nunique() > _FEWEST_DIFFERENT * len(leads.sample)]
    others = [place for place in leads.places if leads.are_ids(place) and not leads.are_dates(place)]
    return list(dict.fromkeys([*named, *others]))


def _deals_name_leads(leads: Surveyed, deals: Surveyed, ids: list[int], named: list[int]) -> Iterator[LinkGuess]:
    cells = {place: deals.values(place).drop_duplicates().head(_MOST_CELLS) for place in named}
    for lead_id in ids if cells else []:
        known = _all_values(leads, lead_id)
        for place, values in cells.items():
            share = _share_known(known, values)
            if share >= _LEAST:
                yield LinkGuess(lead_id, deal_lead=place, share=share)


def _leads_name_deals(leads: Surveyed, deals: Surveyed, lead_id: int) -> Iterator[LinkGuess]:
    deal_ids = [place for tier in deals.named("id", deals.are_ids) for place in tier]
    named = [place for tier in leads.named("deal") for place in tier]
    for deal_id, place in product(deal_ids, named):
        share = _share_known(_all_values(deals, deal_id), leads.values(place).drop_duplicates().head(_MOST_CELLS))
        if share >= _LEAST:
            yield LinkGuess(lead_id, lead_deal=place, deal_id=deal_id, share=share)


def _all_values(surveyed: Surveyed, place: int) -> "pd.Series[str]":
    rows = surveyed.table.file.read([place])[0][place].str.strip().drop_duplicates()
    return rows[rows != ""].reset_index(drop=True)


def _share_known(ids: "pd.Series[str]", cells: "pd.Series[str]") -> float:
    """Of cells that hold something, the share that names a known id."""
    if cells.empty or ids.empty:
        return 0.0
    exact = float(cells.isin(list(ids[ids.isin(list(cells))])).mean())
    if exact >= _ENOUGH:
        return exact
    found = links(ids.rename(None), cells.reset_index(drop=True))
    return float(pd.Series(found.cell).nunique() / len(cells))


def _is_no_chance(leads: Surveyed, place: int) -> bool:
    """Whether ids are long enough, or have letters, so that they are not found in other columns by chance."""
    values = leads.values(place)
    return not values.empty and bool(
        (values.str.len() >= _SHORT).mean() > _ENOUGH or values.str.contains(r"\D").mean() > _ENOUGH
    )
