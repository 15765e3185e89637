"""`run.py import` shows what it understood, asks what is unsure with the lines that answer it, and guesses nothing."""

import json
from pathlib import Path

import pytest

import run
import scenarios
from experiments.crm.mapping import read_mapping
from tests.crm_variants import LEADS, Variant

CRM = {"only_won": False, "deal_names": ("Lead ID", "Close date", "Owner", "Value", "Stage")}
N_WON = sum(lead.fate == "won" for lead in LEADS)


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Write the two files of a variant into an empty current folder; their names."""
    monkeypatch.chdir(tmp_path)

    def write(**more) -> tuple[str, ...]:
        return tuple(path.name for path in Variant(**{**CRM, **more}).write(tmp_path))

    return write


def test_the_six_things_that_matter_come_first(written, capsys):
    assert run.main(["import", *written()]) == 0
    said = capsys.readouterr()
    lines = said.out.splitlines()
    assert lines[0] == "What was understood of leads.csv and deals.csv:"
    assert [line.split()[0] for line in lines[1:7]] == ["Rows", "States", "Dates", "Money", "Channels", "Joined"]
    assert f"{N_WON} won (Won), " in lines[2]
    assert lines[4].split(None, 1)[1].startswith(f"EUR (no currency is named); {N_WON} values")
    assert "search 100 (Google)" in lines[5]
    assert f"{N_WON} of {N_WON} won deals have their lead" in lines[6]
    assert said.err == ""


def test_what_is_unsure_is_asked_with_the_lines_that_answer_it(written, capsys):
    files = written(
        value=lambda eur: f"${eur:,.2f}",
        states={"won": "Hurra", "lost": "Closed Lost", "open": "Open"},
        channels={"search": "Google", "events": "Partner", "content": "Newsletter"},
    )
    assert run.main(["import", *files]) == 2
    said = capsys.readouterr()
    assert "3 questions to answer in the mapping" in said.out
    assert 'nobody knows whether "Hurra" (76) means won, lost or open' in said.out
    assert "     won_is: [Hurra]" in said.out
    assert "currency: {USD: RATE}" in said.out
    assert "channels: {search: [Google], content: [Newsletter], CHANNEL: [Partner]}" in said.out
    assert said.err == "the mapping has to say more before the export can be used\n"


def test_answers_can_be_added_to_what_was_written_and_the_export_is_then_read(written, capsys):
    files = written(value=lambda eur: f"${eur:,.2f}")
    assert run.main(["import", *files, "--write", "map.yaml"]) == 2
    text = Path("map.yaml").read_text(encoding="utf-8")
    assert "stage: Stage" in text
    assert "#   currency: {USD: RATE}" in text
    Path("map.yaml").write_text(text + "currency: {USD: 0.5}\n", encoding="utf-8")
    assert read_mapping(Path("map.yaml")).rates == {"USD": 0.5}
    capsys.readouterr()
    assert run.main(["import", *files, "--map", "map.yaml", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["questions"] == []
    assert record["understood"]["money"]["currencies"] == {"USD": N_WON}
    assert run.main(["import", *files, "--write", "map.yaml"]) == 2
    assert "map.yaml is there already" in capsys.readouterr().err


def test_a_rate_that_was_left_open_is_a_mistake(written, capsys):
    files = written(value=lambda eur: f"${eur:,.2f}")
    Path("map.yaml").write_text("currency: {USD: RATE}\n", encoding="utf-8")
    assert run.main(["import", *files, "--map", "map.yaml"]) == 2
    assert "currency.USD is" in capsys.readouterr().err


def test_channels_are_those_of_the_company_that_is_named(written, capsys):
    files = written(channels={"search": "organic_search", "events": "social", "content": "email"})
    assert run.main(["import", *files, "--company", "olist_signup"]) == 0
    assert "organic_search 100, social 100, email 100" in capsys.readouterr().out
    assert run.main(["import", *files, "--company", "nowhere"]) == 2


def test_calibrate_needs_no_mapping_where_all_is_sure_and_is_refused_otherwise(written, monkeypatch, capsys):
    import simulation

    monkeypatch.setattr(simulation, "simulate", None)
    words = ["calibrate", "fast_simple_market", "--only-read", "--leads", "leads.csv", "--deals", "deals.csv"]
    written()
    assert run.main(words) == 0
    assert f"{N_WON} won (Won)" in capsys.readouterr().out
    written(value=lambda eur: f"${eur:,.2f}")
    assert run.main(words) == 2
    assert "say `currency: {USD: RATE}` in the mapping" in capsys.readouterr().err


def test_leads_that_name_their_deal_and_files_without_channels_are_read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    leads = ["Id,CreatedDate,ConvertedOpportunityId,Company"]
    deals = ["Id,CloseDate,StageName,Amount,OwnerId"]
    for lead in LEADS:
        deal = "" if lead.fate is None else f"006{lead.number:012}"
        leads.append(f"00Q{lead.number:012},{lead.contacted}T10:00:00.000Z,{deal},Some Inc")
        if deal:
            stage = {"won": "Closed Won", "lost": "Closed Lost", "open": "Prospecting"}[str(lead.fate)]
            deals.append(f"{deal}AAA,{lead.closed or '2024-12-01'},{stage},{lead.eur},rep")
    Path("leads.csv").write_text("\n".join(leads), encoding="utf-8")
    Path("deals.csv").write_text("\n".join(deals), encoding="utf-8")
    assert run.main(["import", "leads.csv", "deals.csv", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["understood"]["system"] == "Salesforce"
    assert record["understood"]["joined"] == {"won": N_WON, "with_lead": N_WON}
    assert record["understood"]["channels"] == {}
    assert record["understood"]["columns"]["leads"]["deal"] == "ConvertedOpportunityId"


def test_one_file_may_hold_leads_and_deals(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    lines = ["ID,Created,Source,Won date,Value"]
    for lead in LEADS:
        won = lead.closed if lead.fate == "won" else ""
        lines.append(f"{lead.number + 1},{lead.contacted},{lead.channel},{won},{lead.eur if won else ''}")
    Path("all.csv").write_text("\n".join(lines), encoding="utf-8")
    assert run.main(["import", "all.csv", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["understood"]["joined"] == {"won": N_WON, "with_lead": N_WON}


def test_leads_and_deals_may_stand_on_two_sheets_of_one_workbook(tmp_path, monkeypatch, capsys):
    import openpyxl

    monkeypatch.chdir(tmp_path)
    book = openpyxl.Workbook()
    for title, rows in zip(("Leads", "Deals"), Variant(**CRM).tables(), strict=True):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([str(cell) for cell in row])
    book.save("both.xlsx")
    assert run.main(["import", "both.xlsx"]) == 2
    assert "say `sheet: {leads: Leads, deals: Deals}`" in capsys.readouterr().err
    Path("map.yaml").write_text("sheet: {leads: Leads, deals: Deals}\n", encoding="utf-8")
    assert run.main(["import", "both.xlsx", "--map", "map.yaml"]) == 0
    assert f"{N_WON} won (Won), " in capsys.readouterr().out


def test_one_file_of_two_is_asked_for_the_other(written, capsys):
    leads, deals = written()
    for file, other in ((leads, "deals"), (deals, "leads")):
        assert run.main(["import", file]) == 2
        assert f"or give the file of {other} too" in capsys.readouterr().out


def test_files_in_the_other_order_and_files_of_two_encodings_are_mistakes(written, capsys):
    leads, deals = written()
    assert run.main(["import", deals, leads]) == 2
    assert "deals.csv looks like deals, and leads.csv like leads" in capsys.readouterr().err.replace("\n", " ")
    content = Path(leads).read_bytes().replace(b"Webinar", "Messe Köln".encode())
    Path(leads).write_bytes(content + "L9,2024-06-30,Büro\n".encode("cp1252"))
    assert run.main(["import", leads, deals]) == 2
    assert "leads.csv is UTF-8 but for single lines" in capsys.readouterr().err


def test_refunds_are_no_deals_and_months_are_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    leads = [
        "Lead ID,First contact,Source",
        *(f"L{one.number},{str(one.contacted)[:7]},{one.channel}" for one in LEADS),
    ]
    won = [one for one in LEADS if one.fate == "won"]
    deals = ["Lead ID,Won date,Value", *(f"L{one.number},{str(one.closed)[:7]},{one.eur}" for one in won)]
    deals.append(f"L{won[0].number},2024-07,-100")
    Path("leads.csv").write_text("\n".join(leads), encoding="utf-8")
    Path("deals.csv").write_text("\n".join(deals), encoding="utf-8")
    assert run.main(["import", "leads.csv", "deals.csv"]) == 0
    out = capsys.readouterr().out
    assert "1 row left out: a refund (its value is below zero), which is no deal" in out
    assert "days are months only, so that leads count from the first of their month" in out
    assert "leads from 2024-01-01 to 2024-06-30" in out


def test_a_wild_date_names_file_and_row(written, capsys):
    leads, deals = written()
    rows = Path(leads).read_text(encoding="utf-8").splitlines()
    rows[7] = rows[7].replace("2024-", "7543-")
    Path(leads).write_text("\n".join(rows), encoding="utf-8")
    assert run.main(["import", leads, deals]) == 2
    assert 'leads.csv, row 8, First contact "7543-01-' in capsys.readouterr().out
    command = ["calibrate", "fast_simple_market", "--leads", leads, "--deals", deals, "--only-read"]
    assert run.main(command) == 2
    assert 'leads.csv, row 8, First contact "7543-01-' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("gone.csv",), "gone.csv cannot be read"),
        (("leads.csv", "deals.csv", "--map", "gone.yaml"), "there is no such file"),
        (("leads.csv", "deals.csv", "--write", "no/such/folder/map.yaml"), "cannot be written"),
        (("leads.csv", "deals.csv", "--nonsense"), "No such option"),
    ],
)
def test_a_mistake_gets_one_sentence_and_exit_code_2(written, capsys, words, problem):
    written()
    assert run.main(["import", *words]) == 2
    assert problem in capsys.readouterr().err


def test_the_channels_of_the_reference_company_are_there():
    assert {"search", "content", "events"} <= set(scenarios.load("reference").channels)
