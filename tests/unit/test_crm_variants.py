"""The same 300 leads in sixty and more ways of writing: read to the same, or asked with the line that makes it so."""

# ruff: noqa: RUF001  # foreign letters are what is tried

from typing import Any

import numpy as np
import pytest

from experiments.crm.import_files import read_export
from experiments.crm.mapping import CrmMapping, read_mapping
from experiments.crm.unsure import UnsureError
from tests.crm_variants import CHANNELS, LEADS, Variant, as_day, known

EPOCH, SERIAL_0 = np.datetime64("1970-01-01"), np.datetime64("1899-12-30")
STATES = ("Lead ID", "Close date", "Owner", "Value", "Stage")
ALL = {
    "only_won": False,
    "deal_names": STATES,
    "states": {"won": "Closed Won", "lost": "Closed Lost", "open": "Proposal"},
}
RUSSIAN = {
    "names": ("ID лида", "Дата создания", "Источник"),
    "deal_names": ("ID лида", "Дата сделки", "Менеджер", "Сумма", None),
}
CHINESE = {"names": ("线索编号", "创建时间", "来源"), "deal_names": ("线索编号", "成交日期", "销售", "金额", None)}
GERMAN = {
    "names": ("Lead-Nr", "Erstkontakt", "Quelle"),
    "deal_names": ("Lead-Nr", "Gewonnen am", "Verkäufer", "Betrag", None),
    "channels": {"search": "Google", "events": "Messe Köln", "content": "Newsletter"},
}


def number(how: str, **signs: str) -> Any:
    """A way of writing numbers, with other signs for thousands and decimals."""
    table = str.maketrans({",": signs.get("thousands", ","), ".": signs.get("decimal", ".")})
    return lambda eur: format(eur, ",.2f").translate(table).join(how.split("#"))


def tell(template: str) -> Any:
    """A further column of deals."""
    return lambda lead: template.format(n=lead.number, f=lead.fate)


def unix(times: int) -> Any:
    return lambda day: str(int((day - EPOCH).astype(int)) * 86400 * times)


def serial(day: Any) -> str:
    return str(int((day - SERIAL_0).astype(int)))


MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni")


def german(day: Any) -> str:
    return f"{day.item().day}. {MONTHS[day.item().month - 1]} {day.item().year}"


VARIANTS = {
    # files
    "plain": Variant(),
    "semicolons": Variant(separator=";"),
    "tabs": Variant(separator="\t", encoding="utf-16"),
    "bars": Variant(separator="|"),
    "marked utf-8": Variant(encoding="utf-8-sig", end="\r\n"),
    "utf-16 without a mark": Variant(encoding="utf-16-le"),
    "all in quotes": Variant(quoted=True),
    "sep line": Variant(above=("sep=;",), separator=";"),
    "titles above": Variant(above=("Leads report", "Created by J. Doe on 2024-07-01", "")),
    "names in two rows": Variant(above=("Lead,Lead,Lead",)),
    "titles of all columns": Variant(above=("Quarterly report,,,", ",,,")),
    "old line ends": Variant(end="\r"),
    "windows-1252": Variant(encoding="cp1252", **GERMAN),
    "windows-1251": Variant(encoding="cp1251", separator=";", **RUSSIAN),
    "koi8-r": Variant(encoding="koi8_r", separator=";", **RUSSIAN),
    "gb18030": Variant(encoding="gb18030", **CHINESE),
    "shift-jis": Variant(
        encoding="shift_jis",
        names=("リードID", "作成日", "流入経路"),
        deal_names=("リードID", "受注日", "担当者", "金額", None),
    ),
    "windows-1250": Variant(
        encoding="cp1250",
        more={"Uwagi": tell("źródło {n}")},
    ),
    "polish": Variant(
        encoding="cp1250",
        separator=";",
        names=("ID leada", "Data utworzenia", "Źródło"),
        deal_names=("ID leada", "Data zamknięcia", "Opiekun", "Wartość", "Status"),
        only_won=False,
        states={"won": "Wygrana", "lost": "Przegrana", "open": "W toku"},
    ),
    "signs that nobody sees": Variant(names=("\u200bLead ID", "First\u00a0contact", "Source\u200b")),
    "numbers of leads": Variant(
        names=("Anfrage-Nr.", "Erstkontakt", "Quelle"),
        deal_names=("Anfrage-Nr.", "Gewonnen am", "Verkäufer", "Betrag (€ netto)", None),
        lead_id=lambda n: str(n + 1),
    ),
    "excel": Variant(excel=True, lead_day=lambda day: day.item(), won_day=lambda day: day.item(), value=float),
    "excel with titles": Variant(excel=True, above=("Deals of the year", "for internal use")),
    "excel with numbers for ids": Variant(excel=True, lead_id=lambda n: float(1000 + n), value=float),
    "capitals in the names": Variant(names=("LEAD ID", " first CONTACT ", "source")),
    "commas within cells": Variant(more={"Notes": tell('said "yes", twice {n}')}),
    # dates
    "day.month.year": Variant(lead_day=as_day("%d.%m.%Y"), won_day=as_day("%d.%m.%Y %H:%M")),
    "month/day/year": Variant(lead_day=as_day("%m/%d/%Y"), won_day=as_day("%m/%d/%y")),
    "an order per file": Variant(lead_day=as_day("%d/%m/%Y"), won_day=as_day("%m/%d/%Y")),
    "years of two digits first": Variant(lead_day=as_day("%y/%m/%d"), won_day=as_day("%y-%m-%d")),
    "orders to choose from": Variant(
        lead_day=as_day("%d/%m/%Y"), won_day=as_day("%m/%d/%Y"), mapping="dates: [day-month-year, month-day-year]"
    ),
    "an order said per file": Variant(
        lead_day=as_day("%d/%m/%Y"),
        won_day=as_day("%m/%d/%Y"),
        mapping="dates: {leads: day-month-year, deals: month-day-year}",
    ),
    "times with offsets": Variant(lead_day=as_day("%Y-%m-%dT10:15:00.000Z"), won_day=as_day("%Y-%m-%d 10:15:00+02:00")),
    "spreadsheet days": Variant(lead_day=serial, won_day=serial),
    "unix seconds": Variant(lead_day=unix(1), won_day=unix(1)),
    "unix milliseconds": Variant(lead_day=unix(1000), won_day=unix(1000)),
    "no signs": Variant(lead_day=as_day("%Y%m%d"), won_day=as_day("%Y%m%d%H%M%S")),
    "chinese days": Variant(lead_day=as_day("%Y年%m月%d日"), won_day=as_day("%Y年%m月%d日"), **CHINESE),
    "month names": Variant(lead_day=as_day("%d %b %Y"), won_day=as_day("%B %d, %Y")),
    "german months": Variant(lead_day=german, **GERMAN),
    "years of an emperor": Variant(lead_day=as_day("令和6年%m月%d日"), won_day=as_day("R6.%m.%d")),
    "a format": Variant(lead_day=as_day("%d%m%Y"), won_day=as_day("%d%m%Y"), mapping='dates: "%d%m%Y"'),
    "ambiguous days": Variant(
        lead_day=as_day("%d/%m/%Y"),
        keep=lambda lead: max(day.item().day for day in (lead.contacted, lead.closed or lead.contacted)) < 13,
        mapping="window: {leads_until: 2024-06-30}",
        asks="the order of day and month cannot be told.*`dates: day-month-year` or `dates: month-day-year`",
        answer="dates: day-month-year",
    ),
    # money
    "decimal comma": Variant(separator=";", value=number("# EUR", thousands=".", decimal=",")),
    "swiss": Variant(value=number("€ #", thousands="'")),
    "thin blanks": Variant(value=number("# €", thousands="\u202f", decimal=",")),
    "in thousands": Variant(value=lambda eur: f"{eur / 1000:.5f}K"),
    "in thousands of euros": Variant(value=lambda eur: f"{eur / 1000:.5f} T€"),
    "in ten thousands": Variant(value=lambda eur: f"{eur / 10000:.6f}万", **CHINESE),
    "money by the name of its column": Variant(
        deal_names=("Lead ID", "Won date", "Owner", "Value, TEUR", None), value=lambda eur: f"{eur / 1000:.5f}"
    ),
    "by the name of the column": Variant(
        deal_names=("Lead ID", "Won date", "Owner", "Value (K€)", None),
        value=lambda eur: f"{eur / 1000:.5f}",
        mapping="leads: {id: Lead ID, contacted: First contact, channel: Source}\n"
        "deals: {lead: Lead ID, won: Won date, rep: Owner, value: Value (K€)}",
    ),
    "dollars": Variant(value=number("$#"), asks="values are in USD", answer="currency: {USD: 0.5}", rate=0.5),
    "roubles": Variant(
        value=number("# тыс. руб.", thousands=" ", decimal=","),
        asks="values are in RUB",
        answer="currency: {RUB: 0.001}",
        **RUSSIAN,
    ),
    **{
        f"thousands by the name {name}": Variant(
            deal_names=("Lead ID", "Won date", "Owner", name, None), value=lambda eur: f"{eur / 1000:.5f}"
        )
        for name in ("Amount (in thousands)", "Value ('000)", "amount_keur", "Umsatz in Tsd. €")
    },
    "cents by the name": Variant(
        deal_names=("Lead ID", "Won date", "Owner", "amount_cents", None), value=lambda eur: str(round(eur * 100))
    ),
    "a price of pieces": Variant(
        deal_names=("Lead ID", "Won date", "Owner", "Price", None),
        more={"Quantity": tell("3")},
        asks='is "Price" what a deal is worth, or the price of one piece of "Quantity"',
        answer="deals: {lead: Lead ID, won: Won date, rep: Owner, value: Price}",
    ),
    "a month's value": Variant(
        deal_names=("Lead ID", "Won date", "Owner", "Amount (per month)", None), value=lambda eur: repr(eur / 12)
    ),
    "a converted column with its currency": Variant(
        more={"Value Currency": tell("USD"), "Amount (converted) Currency": tell("EUR")},
        deal_names=("Lead ID", "Won date", "Owner", "Amount (converted)", None),
    ),
    "a currency column": Variant(
        more={"Currency": tell("USD")}, asks="values are in USD", answer="currency: {USD: 0.5}", rate=0.5
    ),
    "a currency column of euros": Variant(more={"Currency": tell("EUR")}),
    "two currencies": Variant(
        value=lambda eur: f"JPY {eur:,.2f}" if int(eur) % 2 else f"USD {eur:,.2f}",
        asks=r"JPY: RATE, USD: RATE",
        answer="currency: {JPY: 0.5, USD: 0.5}",
        rate=0.5,
    ),
    "no decimals to tell": Variant(
        value=lambda eur: f"{eur / 1000:.3f}",
        asks="the decimal sign cannot be told",
        answer='decimal: "."',
        rate=0.001,
    ),
    # states
    "states": Variant(**ALL),
    "a total below": Variant(**ALL, below=(("Grand total (170)", "", "", "1234567.89", ""),)),
    "states in russian": Variant(
        only_won=False,
        states={"won": "Сделка успешна", "lost": "Сделка провалена", "open": "В работе"},
        names=RUSSIAN["names"],
        deal_names=("ID лида", "Дата закрытия", "Менеджер", "Сумма", "Стадия сделки"),
    ),
    "states in chinese": Variant(
        only_won=False,
        states={"won": "赢单", "lost": "输单", "open": "跟进中"},
        names=CHINESE["names"],
        deal_names=("线索编号", "结单日期", "销售", "金额", "商机阶段"),
    ),
    "states nobody knows": Variant(
        only_won=False,
        deal_names=STATES,
        states={"won": "Hurra", "lost": "Schade", "open": "Mal sehen"},
        asks="by its name|nobody knows whether|also stands for",
        answer="deals: {lead: Lead ID, won: Close date, rep: Owner, value: Value, stage: Stage}\nwon_is: [Hurra]",
    ),
    "states a mapping does not use": Variant(
        **ALL,
        mapping="leads: {id: Lead ID, contacted: First contact, channel: Source}\n"
        "deals: {lead: Lead ID, won: Close date, rep: Owner, value: Value}",
        asks=r'"Close date" also stands for deals that were not won, as "Stage" tells.*won_is: \[Closed Won\]',
        answer="deals: {lead: Lead ID, won: Close date, rep: Owner, value: Value, stage: Stage}\nwon_is: [Closed Won]",
    ),
    "reasons of losing": Variant(
        only_won=False,
        deal_names=("Lead ID", "Close date", "Owner", "Value", None),
        more={"Lost reason": lambda lead: "price" if lead.fate == "lost" else ""},
        asks=r"stage: COLUMN|lost: Lost reason",
        answer="deals: {lead: Lead ID, won: Close date, rep: Owner, value: Value, lost: Lost reason}",
    ),
    "yes or no": Variant(
        only_won=False,
        deal_names=STATES,
        states={"won": "true", "lost": "false", "open": "false"},
        mapping="deals: {lead: Lead ID, won: Close date, rep: Owner, value: Value, stage: Stage}",
        asks="nobody knows whether",
        answer="deals: {lead: Lead ID, won: Close date, rep: Owner, value: Value, stage: Stage}\nwon_is: [true]",
    ),
    **{
        f"states like {won}": Variant(
            only_won=False, deal_names=STATES, states={"won": won, "lost": lost, "open": "6 - Negotiation"}
        )
        for won, lost in (("Closed/Won", "Closed / Lost"), ("Won - Renewal", "Lost: no budget"), ("✅ Won", "❌ Lost"))
    },
    "states that are not there": Variant(
        only_won=False,
        deal_names=STATES,
        states={"won": "Won", "lost": "", "open": "Open"},
        asks=r'deals with a day have no state.*`open_is: \[""\]` or `won_is: \[""\]`',
        answer='open_is: [""]',
    ),
    "a flag of the won": Variant(
        only_won=False,
        deal_names=("Lead ID", "Close date", "Owner", "Value", "Won"),
        states={"won": "1", "lost": "0", "open": "0"},
    ),
    "a flag of the lost": Variant(
        only_won=False,
        deal_names=("Lead ID", "Close date", "Owner", "Value", "Lost"),
        states={"won": "No", "lost": "Yes", "open": "No"},
        asks=r"lost: Lost.*if open deals have no \"Close date\"",
        answer="deals: {lead: Lead ID, won: Close date, rep: Owner, value: Value, lost: Lost}",
    ),
    "only a closing date": Variant(
        deal_names=("Lead ID", "Close date", "Owner", "Value", None),
        asks='"Close date" may also stand for lost and open deals',
        answer="all_won: true",
    ),
    # words for nothing
    **{
        f"nothing is {word}": Variant(
            **{**ALL, "deal_names": ("Lead ID", "Won date", "Owner", "Value", "Stage")}, nothing=word
        )
        for word in ("N/A", "NULL", "-", "None", "0000-00-00", "\\N", "нет", "无", "01.01.0001")
    },
    "most deals not closed": Variant(
        **{**ALL, "deal_names": ("Lead ID", "Won date", "Owner", "Value", "Stage")}, nothing="still running"
    ),
    "another word for nothing": Variant(**ALL, nothing="t.b.d.", mapping="nothing: [t.b.d.]"),
    # ids
    "ids with a point": Variant(lead_id=lambda n: str(1000 + n), deal_lead=lambda n: f"{1000 + n}.0"),
    "ids in other letters": Variant(deal_lead=lambda n: f" l{n:05} "),
    "ids with signs between thousands": Variant(
        lead_id=lambda n: str(112000 + n), deal_lead=lambda n: f"{112000 + n:,}"
    ),
    "ids without zeros": Variant(lead_id=lambda n: f"{n + 1:06}", deal_lead=lambda n: str(n + 1)),
    "ids of 18 signs": Variant(lead_id=lambda n: f"00Q5g000{n:07}", deal_lead=lambda n: f"00Q5g000{n:07}EAA"),
    "ids with a word": Variant(lead_id=lambda n: f"LEAD-{n + 1:04}", deal_lead=lambda n: str(n + 1)),
    "several ids": Variant(deal_lead=lambda n: f"L{n:05};X{n:05}"),
    # systems
    "HubSpot": Variant(
        names=("Record ID - Contact", "Create Date", "Original Traffic Source"),
        deal_names=("Associated Contact IDs", "Close Date", "Deal owner", "Amount", "Deal Stage"),
        channels={"search": "Organic Search", "events": "Offline event", "content": "Email Marketing"},
        only_won=False,
        states={"won": "Closed Won (Sales Pipeline)", "lost": "Closed Lost (Sales Pipeline)", "open": "Contract Sent"},
        lead_id=lambda n: str(112000 + n),
        more={"Record ID": lambda lead: str(900000 + lead.number), "Deal Name": tell("Deal {n}")},
        lead_day=as_day("%Y-%m-%d 09:12"),
    ),
    "Salesforce": Variant(
        names=("Id", "CreatedDate", "LeadSource"),
        deal_names=("LeadId__c", "CloseDate", "OwnerId", "Amount", "StageName"),
        only_won=False,
        states={"won": "Closed Won", "lost": "Closed Lost", "open": "Negotiation/Review"},
        more={"IsWon": lambda lead: str(lead.fate == "won").lower(), "IsClosed": tell("true"), "Type": tell("New")},
    ),
    "Pipedrive": Variant(
        names=("Lead - ID", "Lead - Lead created", "Lead - Source"),
        deal_names=("Deal - Lead ID", "Deal - Won time", "Deal - Owner", "Deal - Value", "Deal - Status"),
        only_won=False,
        more={
            "Deal - Stage": tell("Negotiations Started"),
            "Deal - Title": tell("{n}"),
            "Deal - Currency": tell("EUR"),
        },
    ),
    "Zoho": Variant(
        names=("Record Id", "Created Time", "Lead Source"),
        deal_names=("Contact Name.id", "Closing Date", "Deal Owner", "Amount", "Stage"),
        only_won=False,
        states={"won": "Closed Won", "lost": "Closed-Lost to Competition", "open": "Needs Analysis"},
        lead_id=lambda n: f"zcrm_487687600000{n:04}",
        deal_lead=lambda n: f"487687600000{n:04}",
        more={"Deal Name": tell("{n}")},
    ),
    "Dynamics 365": Variant(
        names=("(Do Not Modify) Lead", "Created On", "Lead Source"),
        deal_names=("Originating Lead", "Actual Close Date", "Owner", "Actual Revenue", "Status"),
        only_won=False,
        more={"Status Reason": lambda lead: {"won": "Won", "lost": "Out-Sold", "open": "In Progress"}[str(lead.fate)]},
        lead_day=as_day("%d.%m.%Y %H:%M"),
        won_day=as_day("%d.%m.%Y"),
        separator=";",
    ),
    "Dynamics by codes": Variant(
        names=("leadid", "createdon", "leadsourcecode"),
        deal_names=("originatingleadid", "actualclosedate", "ownerid", "actualvalue", "statecode"),
        only_won=False,
        states={"won": "1", "lost": "2", "open": "0"},
    ),
    "Odoo": Variant(
        names=("External ID", "Created on", "Source"),
        deal_names=("External ID", "Closed Date", "user_id", "Expected Revenue", "Won/Lost"),
        only_won=False,
        more={"Sales Team": tell("Direct"), "Opportunity": tell("{n}")},
    ),
    "Bitrix24": Variant(
        names=("ID", "Дата создания", "Источник"),
        deal_names=("Лид", "Дата завершения", "Ответственный", "Сумма", "Стадия сделки"),
        only_won=False,
        states={"won": "Сделка успешна", "lost": "Сделка провалена", "open": "Новая"},
        channels={"search": "Яндекс", "events": "Выставка", "content": "Рассылка"},
        lead_id=lambda n: str(n + 1),
        lead_day=as_day("%d.%m.%Y %H:%M:%S"),
        won_day=as_day("%d.%m.%Y"),
        more={"ID": lambda lead: str(lead.number + 500), "Название сделки": tell("Сделка {n}"), "Валюта": tell("EUR")},
        separator=";",
        encoding="cp1251",
    ),
}


def mapping_of(text: str, folder: Any) -> CrmMapping:
    if not text:
        return CrmMapping()
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def joined(one: str, other: str) -> str:
    """Both mappings; a section of the second takes the place of one of the same name."""
    names = {line.split(":")[0] for line in other.splitlines()}
    return "\n".join([line for line in one.splitlines() if line.split(":")[0] not in names] + other.splitlines())


@pytest.mark.parametrize("name", VARIANTS)
def test_the_leads_are_read_to_the_same_or_asked_with_the_line_that_makes_it_so(name, tmp_path):
    variant = VARIANTS[name]
    files = variant.write(tmp_path)
    text = variant.mapping
    if variant.asks:
        with pytest.raises(UnsureError, match=variant.asks):
            read_export(*files, mapping_of(text, tmp_path), CHANNELS)
        text = joined(text, variant.answer)
    export = read_export(*files, mapping_of(text, tmp_path), CHANNELS)
    found = export.leads
    rows = zip(found.contacted, found.channel, found.won, found.value, strict=True)
    assert found.channels == CHANNELS
    assert len(found) == sum(map(variant.keep, LEADS))
    read = {
        (day, CHANNELS[way], None if np.isnat(won) else won, None if np.isnan(value) else round(value, 0))
        for day, way, won, value in rows
    }
    assert read == {known(lead, variant.rate) for lead in LEADS if variant.keep(lead)}
    assert len(np.unique(found.rep)) == 5  # four, and nobody
