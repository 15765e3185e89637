"""A CRM export is read whole or told apart: each mess has its answer, and nothing goes missing without a word."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

import scenarios
from experiments.crm.export import Export
from experiments.crm.import_files import read_export
from experiments.crm.mapping import CrmMapping, read_mapping
from experiments.crm.table_file import Form
from scenarios.input_errors import InputError
from tests.repository import ROOT

CHANNELS = ("search", "events")
MAPPING = CrmMapping(
    leads={"id": "Id", "contacted": "Created", "channel": "Source"},
    deals={"lead": "Lead", "won": "Won", "rep": "Owner", "value": "Amount"},
    channels={"Google": "search", "": "events"},
)
LEADS = """Id,Created,Source,Notes
a,2024-01-02,search,x
b,2024-01-15,Google,
c,2024-02-01,events,
d,2024-03-30,,
"""
DEALS = """Lead,Won,Owner,Amount
a,2024-01-20,Ann,1200.50
c,2024-03-05,Bob,900
"""


@pytest.fixture
def read(tmp_path):
    """Write the two files, in any encoding, and read them."""

    def reading(
        leads: str | bytes = LEADS, deals: str | bytes = DEALS, mapping: CrmMapping = MAPPING, **changed: object
    ) -> Export:
        for name, text in (("leads.csv", leads), ("deals.csv", deals)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_export(tmp_path / "leads.csv", tmp_path / "deals.csv", replace(mapping, **changed), CHANNELS)

    return reading


def left_out(found: Export) -> dict[str, int]:
    return {one.reason: one.n for one in found.left_out}


def test_a_clean_export_is_read_whole(read):
    found = read()
    assert left_out(found) == {}
    assert found.leads.channels == CHANNELS
    assert found.leads.contacted.tolist() == [date(2024, 1, 2), date(2024, 1, 15), date(2024, 2, 1), date(2024, 3, 30)]
    assert found.leads.channel.tolist() == [0, 0, 1, 1]
    assert found.leads.won.tolist() == [date(2024, 1, 20), None, date(2024, 3, 5), None]
    assert found.leads.value[~np.isnan(found.leads.value)].tolist() == [1200.5, 900]
    assert found.leads.rep.tolist() == [0, -1, 1, -1]
    assert (found.n_leads, found.n_deals) == (4, 2)


def test_small_letters_and_blanks_in_column_names_do_not_matter(read):
    assert len(read(LEADS.replace("Id,Created", " id , CREATED")).leads) == 4


def test_a_column_is_the_one_of_that_very_name_and_never_one_of_several(read):
    rows = [line.split(",") for line in LEADS.splitlines()[1:]]
    twice = "Id,Created,created,Source\n" + "".join(f"{row[0]},{row[1]},1999-01-01,{row[2]}\n" for row in rows)
    found = read(twice)
    assert found.leads.contacted[0].item() == date(2024, 1, 2)
    assert any(note.endswith('"Created" is read; there is also "created"') for note in found.notes)
    for names in ("Id,created,CREATED,Source", "Id,Created,Created,Source"):
        with pytest.raises(InputError, match='2 columns that "Created" may mean'):
            read(twice.replace("Id,Created,created,Source", names))


def test_a_file_without_the_names_of_its_columns_is_a_mistake(tmp_path):
    path = tmp_path / "leads.csv"
    path.write_text("L1,2024-01-02,Google\nL2,2024-01-03,Google\n")
    with pytest.raises(InputError, match="has no line with the names of its columns"):
        read_export(path, None, CrmMapping(), CHANNELS)


def test_a_channel_in_two_cases_is_a_mistake(tmp_path):
    with pytest.raises(InputError, match='line 3: "GOOGLE" is in search and in events'):
        mapping_of(tmp_path, GOOD + "channels: {search: Google, events: GOOGLE}\n")


def test_a_missing_column_is_named_with_what_there_is(read):
    with pytest.raises(InputError, match=r'leads\.csv has no column "Created"; did you mean Creation'):
        read(LEADS.replace("Created", "Creation"))


def test_a_lead_that_is_there_twice_counts_once_with_its_first_contact(read):
    found = read(LEADS + "b,2024-01-09,Google,\n")
    assert left_out(found) == {"a lead that is there twice; its first contact counts": 1}
    assert found.leads.contacted[1].item() == date(2024, 1, 9)


def test_of_several_deals_of_a_lead_the_first_counts(read):
    found = read(deals=DEALS + "a,2024-01-18,Ann,5\n")
    assert left_out(found) == {"another deal of the same lead; the first one counts": 1}
    assert found.leads.won[0].item() == date(2024, 1, 18)


def test_a_lead_won_before_its_first_contact_goes_with_its_deal(read):
    found = read(deals=DEALS.replace("2024-01-20", "2024-01-01"))
    assert left_out(found) == {"won before the first contact; lead and deal are left out": 1}
    assert [one.file.rsplit("/")[-1] for one in found.left_out] == ["leads.csv", "deals.csv"]
    assert len(found.leads) == 3


def test_a_deal_without_a_lead_is_left_out(read):
    found = read(deals=DEALS + "zz,2024-02-02,Ann,5\n")
    assert left_out(found) == {"of a lead that is not in the leads": 1}


def test_deals_that_are_still_open_are_no_deals(read):
    found = read(deals=DEALS + "b,,Ann,5\n")
    assert left_out(found) == {"not won (no date)": 1}


def test_one_file_can_hold_both(read):
    both = "Id,Created,Source,Won\n" + "".join(
        f"{k},2024-0{1 + k // 10}-0{1 + k % 9},search,{'2024-03-20' if k % 5 == 0 else ''}\n" for k in range(30)
    )
    mapping = replace(MAPPING, deals={"lead": "Id", "won": "Won"}, window={"leads_until": date(2024, 3, 31)})
    found = read(both, both, mapping)
    assert left_out(found) == {"not won (no date)": 24}
    assert (~np.isnat(found.leads.won)).sum() == 6
    assert not found.knows_reps
    assert not found.knows_values


def test_an_export_in_which_no_deal_counts_is_still_read(read):
    window = {"leads_until": date(2024, 3, 31), "deals_until": date(2024, 3, 31)}
    found = read(deals=DEALS.replace("2024-01-20", "2024-06-01").replace("2024-03-05", "2024-06-02"), window=window)
    assert np.isnat(found.leads.won).all()


def test_leads_found_by_reps_and_sent_by_customers_have_ways_of_their_own(read):
    found = read(channels={"Google": "own_prospecting", "": "customer_referral"})
    assert found.leads.channels == ("search", "events", "own_prospecting", "customer_referral")
    assert found.leads.channel.tolist() == [0, 2, 1, 3]


def test_ids_and_dates_that_cannot_be_read_are_left_out(read):
    found = read(LEADS + ",2024-01-09,Google,\ne,soon,Google,\nf,2024-02-31,Google,\n")
    assert left_out(found) == {"no lead id": 1, "a date that cannot be read": 2}


def test_a_channel_nobody_knows_is_named(read):
    found = read(LEADS + "e,2024-02-02,Fair,\n")
    assert left_out(found) == {'a channel that is none of the company\'s and not in the mapping ("Fair")': 1}


def test_lines_with_too_many_cells_are_counted(read):
    found = read(LEADS + "e,2024-02-02,search,a,b,c\n")
    assert left_out(found) == {"more cells than the header has": 1}


def test_days_outside_the_window_do_not_count(read):
    window = {"leads_from": date(2024, 2, 1), "leads_until": date(2024, 3, 31), "deals_until": date(2024, 4, 30)}
    found = read(LEADS + "e,2024-04-02,search,\n", window=window)
    assert left_out(found) == {"before the window": 2, "after the window": 1, "of a lead that is left out": 1}
    assert found.leads.contacted.tolist() == [date(2024, 2, 1), date(2024, 3, 30)]


def test_leads_that_came_before_deals_could_close_do_not_count(read):
    found = read(window={"closing_from": date(2024, 1, 10), "leads_until": date(2024, 3, 31)})
    assert found.window.leads_from == date(2024, 1, 10)
    assert left_out(found)["before the window"] == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_found_out(read, encoding):
    leads = LEADS.replace("Google", "Messe München").encode(encoding)
    found = read(leads, channels={"Messe München": "search", "": "events"})
    assert left_out(found) == {}
    assert bool(found.notes) == (encoding == "cp1252")


def test_the_wrong_encoding_is_a_mistake(read):
    with pytest.raises(InputError, match="cannot be read as utf-8; say `encoding:`"):
        read(LEADS.replace("x", "é").encode("latin-1"), forms={"leads": Form(encoding="utf-8")})
    with pytest.raises(InputError, match='no encoding "klingon"'):
        read(forms={"leads": Form(encoding="klingon")})


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_other_separators_are_found_out(read, separator):
    assert len(read(LEADS.replace(",", separator), DEALS.replace(",", separator)).leads) == 4


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"Id,Created,Source\n", "has a header but no rows"),
        (b"<html><table></table></html>", "is a web page"),
        (b"\xd0\xcf\x11\xe0 old", "an old Excel workbook"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password"),
        (b"%PDF-1.7\n1 0 obj\n", "is a PDF, not a table"),
        (b'[\n  {"id": 1}]', "is JSON, not a table"),
        (b"Id^Created^Source\na^2024-01-02^search\n", 'has a single column.*`separator: "\\^"`'),
        (b"\x1f\x8b\x08", "is packed"),
        (b"PK\x03\x04 xl/workbook", "an Excel workbook"),
        (b"a\x00b\x00\x01", "is no text"),
        (b'Id,Created,Source\n"a,2024-01-02,search\n', "cannot be read as CSV: a quotation mark in row 2"),
    ],
)
def test_a_file_that_is_no_table_is_a_clear_mistake(read, content, problem):
    with pytest.raises(InputError, match=problem):
        read(content)


def test_a_file_that_is_not_there_is_a_mistake(tmp_path):
    with pytest.raises(InputError, match="No such file"):
        read_export(tmp_path / "no.csv", tmp_path / "no.csv", MAPPING, CHANNELS)


def test_if_most_rows_are_left_out_for_one_reason_the_mapping_is_to_blame(read):
    with pytest.raises(
        InputError, match=r"4 of 4 rows are left out \(a date that cannot be read.*mapping must be wrong"
    ):
        read(dates=("%d %b %Y",), leads=LEADS.replace("2024-", "24y"))
    with pytest.raises(InputError, match="of a lead that is not in the leads"):
        read(deals=DEALS.replace("a,", "A1,").replace("c,", "C1,"))


def test_a_channel_the_company_does_not_have_is_a_mistake(read):
    with pytest.raises(InputError, match="channels that the company does not have: fairs; it has search, events"):
        read(channels={"Google": "fairs"})


def test_values_that_cannot_be_used_are_told_and_their_deals_count(read):
    more = "b,2024-02-02,Ann,free\nd,2024-04-01,Bob,0\n"
    found = read(deals=DEALS + more)
    assert (~np.isnat(found.leads.won)).sum() == 4
    assert np.nansum(found.leads.value) == 2100.5
    assert [note.split(": ", 1)[1] for note in found.notes] == [
        '1 of 4 values cannot be read as a number (e.g. row 4: "free"); their deals count, their values do not',
        '1 of 4 values are zero (e.g. row 5: "0"); their deals count, their values do not',
    ]
    with pytest.raises(InputError, match=r"2 of 2 values cannot be read as a number.*decimal in the mapping"):
        read(deals=DEALS.replace("1200.50", '"12,3,4"').replace("900", '"9,0"'), decimal=".")


def test_rows_that_end_with_a_separator_shift_nothing(read):
    found = read("\n".join(f"{line}," if k else line for k, line in enumerate(LEADS.splitlines())) + "\n")
    assert left_out(found) == {}
    assert len(found.leads) == 4
    found = read(LEADS.replace("a,2024-01-02,search,x", "a,2024-01-02,search,x,y"))
    assert left_out(found)["more cells than the header has"] == 1


def test_if_most_lines_have_too_many_cells_the_separator_is_to_blame(read):
    with pytest.raises(InputError, match="3 of 4 lines have more cells than the header; see the separator"):
        read(LEADS.replace("search,x", "search,x,y").replace("Google,", "Google,,z").replace("events,", "events,,z"))


@pytest.mark.parametrize(
    ("leads", "deals", "odd"),
    [
        ("z,1970-01-01,search,\n", "", r'leads\.csv, row 6, Created "1970-01-01": between 1970-01-01 and 2024-01-02'),
        ("", "b,2108-01-05,Ann,5\n", r'deals\.csv, row 4, Won "2108-01-05": between 2024-03-30 and 2108-01-05'),
        ("z,3900-01-01,search,\n", "", r'leads\.csv, row 6, Created "3900-01-01": between 2024-03-30 and 3900-01-01'),
    ],
)
def test_a_date_from_another_age_is_a_mistake_not_a_window_of_decades(read, leads, deals, odd):
    with pytest.raises(InputError, match=f"{odd} there is no lead and no deal.*must be wrong"):
        read(LEADS + leads, DEALS + deals)
    window = {"leads_from": date(2024, 1, 1), "leads_until": date(2024, 3, 31), "deals_until": date(2024, 6, 30)}
    assert len(read(LEADS + leads, DEALS + deals, window=window).leads) == 4


def test_a_large_export_takes_seconds(read):
    n = 100_000  # a tenth of the size promised; time grows with size
    rng = np.random.default_rng(0)
    day = np.datetime64("2024-01-01") + rng.integers(0, 366, n)
    leads = "Id,Created,Source\n" + "\n".join(f"{k},{text},search" for k, text in enumerate(day.astype(str)))
    won = np.flatnonzero(rng.random(n) < 0.1)
    after = (day[won] + 20).astype(str)
    deals = "Lead,Won,Owner,Amount\n" + "\n".join(
        f"{k},{text},r{k % 9},{k}" for k, text in zip(won, after, strict=True)
    )
    start = time.process_time()
    found = read(leads, deals)
    assert time.process_time() - start < 6
    assert len(found.leads) == n
    assert (~np.isnat(found.leads.won)).sum() == len(won)


# --- the mapping ---


def mapping_of(tmp_path: Path, text: str) -> CrmMapping:
    path = tmp_path / "map.yaml"
    path.write_text(text)
    return read_mapping(path)


GOOD = "leads: {id: a, contacted: b, channel: c}\ndeals: {lead: d, won: e}\n"


def test_the_olist_mapping_that_is_shipped_fits_the_company_that_is_shipped():
    mapping = read_mapping(ROOT / "docs/examples/olist_mapping.yaml")
    assert set(mapping.channels.values()) <= set(scenarios.load("olist_signup").channels)
    assert mapping.window["closing_from"] < mapping.window["leads_from"] < mapping.window["fitted_until"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("leeds: 3\n", "line 1: unknown key leeds; did you mean leads"),
        ("leads: {id: 3, contacted: [c]}\n", "leads.contacted is a list; it must name a column"),
        (GOOD.replace("id:", "ident: z, id:"), "unknown key leads.ident; there are: id, contacted, channel"),
        (GOOD + "dates: european\n", 'dates is "european"; it must be one of year-month-day'),
        (GOOD + 'decimal: ";"\n', 'decimal is ";"; it must be'),
        (GOOD + "window: {from: 2018-01-01}\n", "unknown key window.from"),
        (GOOD + "window: {leads_from: January}\n", "it must be a day like 2018-01-31"),
        (GOOD + "horizons_d: [0]\n", "horizons_d must be a list of days"),
        (GOOD + "channels: {x: [s], y: [s]}\n", '"s" is in x and in y'),
        (GOOD + "channels: [x]\n", "channels is a list; it must be keys with values"),
    ],
)
def test_a_mapping_that_is_wrong_says_where_and_what_is_allowed(tmp_path, text, problem):
    with pytest.raises(InputError, match=problem):
        mapping_of(tmp_path, text)
