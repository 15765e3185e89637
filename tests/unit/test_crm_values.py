# ruff: noqa: RUF001  # foreign letters are what is tried
"""Dates, money, states and ids are read as they are written; what cannot be told is asked, never guessed."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from experiments.crm.channels import proposed
from experiments.crm.currencies import marks_in_name
from experiments.crm.links import links
from experiments.crm.money import Money, MoneyForm, read_money
from experiments.crm.states import LOST, OPEN, WON, StateWords, meaning_of, read_states
from experiments.crm.unsure import UnsureError
from experiments.crm.written_dates import DateForm, Dates, read_dates
from scenarios.input_errors import InputError


def dates(*texts: str, ways: tuple[str, ...] = (), zone: str | None = None) -> Dates:
    return read_dates(pd.Series(texts, dtype=str), DateForm(ways, zone), "a file")


def days(*texts: str, ways: tuple[str, ...] = (), zone: str | None = None) -> list[date | None]:
    return dates(*texts, ways=ways, zone=zone).days.tolist()


def test_dates_are_read_however_they_are_written():
    third, last = date(2018, 1, 3), date(2018, 1, 31)
    assert days("2018-01-03T08:00:00Z", "2018/1/31", "") == [third, last, None]
    assert days("03-01-2018 19:58", "31.01.2018") == [third, last]
    assert days("1/3/18", "1/31/18") == [third, last]
    assert days("3/1/2018", "1/3/2018", ways=("day-month-year",)) == [third, date(2018, 3, 1)]
    assert days("2018-01-03", "31-01-2018", ways=("day-month-year",)) == [third, last]
    assert days("03 Jan 2018", "31.01.2018", ways=("%d %b %Y", "day-month-year")) == [third, last]


@pytest.mark.parametrize(
    "text",
    [
        *("43103", "43103.75", "1514937600", "1514937600000", "1514937600.0", "/Date(1514937600000)/", "20180103"),
        *(
            "20180103T101500Z",
            "20180103101500",
            "2018年1月3日",
            "2018年01月03日 上午10:00",
            "18年1月3日",
            "2018년 1월 3일",
            "２０１８/１/３",
        ),
        *(
            "3. Januar 2018",
            "3 января 2018 г.",
            "3 de enero de 2018",
            "January 3rd, 2018",
            "3 janv. 2018",
            "Wed, 3 Jan 2018",
        ),
        *("Wed Jan 03 2018 10:00:00 GMT+0100 (CET)", "03-JAN-18", "2018. 1. 3.", "3 stycznia 2018", "'2018-01-03"),
    ],
)
def test_a_day_is_known_by_itself_where_a_machine_or_a_word_tells_it(text):
    assert days(text) == [date(2018, 1, 3)]


def test_the_order_of_day_and_month_is_never_guessed():
    with pytest.raises(UnsureError, match=r'cannot be told \(e\.g\. "03/01/2018"\); say `dates: day-month-year`'):
        days("03/01/2018", "04/01/2018")
    with pytest.raises(UnsureError, match="days and months both come first"):
        days("31/01/2018", "01/31/2018")
    with pytest.raises(UnsureError, match="`dates: year-month-day`"):
        days("24/01/01", "24/01/31")
    with pytest.raises(UnsureError, match='"201210" may be a month or a day'):
        days("201210", "201211")


def test_one_order_holds_for_a_whole_column():
    both = ("day-month-year", "month-day-year")
    assert days("01/02/2024", "31/01/2024", ways=both) == [date(2024, 2, 1), date(2024, 1, 31)]
    assert days("01/02/2024", "01/31/2024", ways=both) == [date(2024, 1, 2), date(2024, 1, 31)]
    with pytest.raises(UnsureError):
        days("01/02/2024", "02/03/2024", ways=both)
    many = [f"24/{month:02}/{day:02}" for month in range(1, 13) for day in range(1, 29)]
    assert days(*many)[-1] == date(2024, 12, 28)  # as years, the days would span decades


def test_dates_that_a_spreadsheet_took_for_others_are_refused():
    with pytest.raises(InputError, match='"13/01/2024" is left as text'):
        days("2024-01-02", "2024-03-04", "2024-05-06", "13/01/2024", "14/02/2024", "25/02/2024")


def test_months_are_told_as_months():
    assert dates("2024-01", "2024-12").is_months
    assert dates("Jan 2024", "Март 2024").days.tolist() == [date(2024, 1, 1), date(2024, 3, 1)]
    assert not dates("2024-01-01", "2024-12-01").is_months


def test_a_time_zone_moves_late_evenings_to_the_next_day():
    assert days("2024-01-31T23:30:00Z", zone="Asia/Shanghai") == [date(2024, 2, 1)]
    assert days("2024-01-31T23:30:00Z") == [date(2024, 1, 31)]
    assert "days are taken as written" in dates("2024-01-31T23:30:00Z").notes[0]
    assert days("1706743800000", zone="Asia/Shanghai") == [date(2024, 2, 1)]


def test_what_is_no_day_is_none():
    assert days("2024-02-31", "soon", "2024-13-01", "99/99/9999", "12 kg", "2024") == [None] * 6


def money(*texts: str, rates: dict[str, float | None] | None = None, **more: object) -> Money:
    column = str(more.get("column", "value"))
    codes = more.get("codes")
    series = pd.Series(codes, dtype=str) if codes else None
    return read_money(pd.Series(texts, dtype=str), MoneyForm(more.get("decimal"), rates), ("a file", column), series)


def test_numbers_are_read_with_either_decimal_sign():
    assert money("1.234,50 EUR", "7", "-3,5", "1.234.567", decimal=",").eur.tolist() == [1234.5, 7.0, -3.5, 1234567.0]
    read = money("1,234.50", "7 000", "1'234.5", "€ 5", "120.-", "(1,234.0)", "5-", decimal=".").eur.tolist()
    assert read == [1234.5, 7000.0, 1234.5, 5.0, 120.0, -1234.0, -5.0]
    assert money("1.2E+05", "3e4", "5,00,000", decimal=".").eur.tolist() == [120_000.0, 30_000.0, 500_000.0]
    assert np.isnan(
        money("", "none", "1.2.3", "1-2", "1.234,50", "12,50", "9e", "12 kg", "50 %", decimal=".").eur
    ).all()


def test_the_decimal_sign_is_found_out_but_never_guessed():
    assert money("1.234,50", "900", "1.234").eur.tolist() == [1234.5, 900.0, 1234.0]
    assert money("1,234.50", "900", "1,234").eur.tolist() == [1234.5, 900.0, 1234.0]
    for texts in (("1.234", "5.678"), ("1,234", "900"), ("1.5", "1,5")):
        with pytest.raises(UnsureError, match="a file, value: the decimal sign cannot be told"):
            money(*texts)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        *(("4.93K", 1e3), ("4.93k", 1e3), ("4.93 тыс.", 1e3), ("4.93 Tsd.", 1e3), ("4.93M", 1e6), ("4.93 mn", 1e6)),
        *(("4.93 млн", 1e6), ("4.93 Mio.", 1e6), ("4.93bn", 1e9), ("4.93 млрд", 1e9), ("4.93万", 1e4), ("4.93億", 1e8)),
        *(("4.93 lakh", 1e5), ("4.93 crore", 1e7), ("4.93 T€", 1e3), ("4.93百万", 1e6)),
    ],
)
def test_what_multiplies_is_multiplied_out_and_told(text, times):
    read = money(text)
    assert read.eur.tolist() == [pytest.approx(4.93 * times)]
    assert "multiplied by" in read.notes[0]


def test_the_name_of_a_column_may_multiply_and_tell_the_currency():
    assert money("4.93", column="Umsatz (TEUR)").eur.tolist() == [pytest.approx(4930)]
    assert money("4.93", column="金额（万元）", rates={"CNY": 0.1}).eur.tolist() == [pytest.approx(4930)]
    names = {
        "Value $K": 1e3,
        "ARR ($M)": 1e6,
        "Сумма тыс. руб.": 1e3,
        "金额万元": 1e4,
        "Value in INR Cr": 1e7,
        "MRR (k€)": 12e3,
    }
    names |= {
        "Amount (x1000)": 1e3,
        "Revenue M EUR": 1e6,
        "Value M": 1,
        "Deal value": 1,
        "Amount in company currency": 1,
    }
    assert {name: marks_in_name(name).times for name in names} == names
    assert (
        '"mil" in the name of "Amount (mil EUR)" is not understood' in money("4.93", column="Amount (mil EUR)").notes[0]
    )
    assert not money("4.93", column="Amount (net, EUR)").notes
    with pytest.raises(InputError, match="multiplies its values, and so do values in it"):
        money("4.93K", column="Amount (K)")


@pytest.mark.parametrize("sign", ["$", "USD ", "US$", "usd", "€ $"])
def test_another_currency_asks_for_a_rate(sign):
    if sign == "€ $":
        assert np.isnan(money("€ $5", decimal=".").eur).all()
        return
    with pytest.raises(UnsureError, match=r"values are in USD .*say `currency: \{USD: RATE\}`"):
        money(f"{sign}5.5")
    assert money(f"{sign}5.5", rates={"USD": 0.8}).eur.tolist() == [pytest.approx(4.4)]


def test_currencies_do_not_mix_without_a_rate_for_each():
    with pytest.raises(UnsureError, match=r"JPY: RATE, USD: RATE"):
        money("JPY 1,088,323", "USD 2,830.99")
    with pytest.raises(UnsureError, match=r"say `currency: \{JPY: RATE\}`"):
        money("JPY 1,088,323", "USD 2,830.99", rates={"USD": 0.8})
    assert money("JPY 1,000", "USD 2.5", rates={"USD": 0.8, "JPY": 0.01}).eur.tolist() == [10.0, 2.0]
    with pytest.raises(UnsureError, match="1 value without a currency"):
        money("JPY 1,000", "USD 2.5", "7.5", rates={"USD": 0.8, "JPY": 0.01})
    assert money("5.5", "6.5", codes=["USD", "EUR"], rates={"USD": 0.8}).eur.tolist() == [pytest.approx(4.4), 6.5]
    assert money("¥5.5", rates={"JPY": 0.01}).eur.tolist() == [pytest.approx(0.055)]
    with pytest.raises(InputError, match='"Talers" is no known currency'):
        money("5.5", codes=["Talers"])
    assert money("5.5", codes=["Talers"], rates={"Talers": 2.0}).eur.tolist() == [11.0]
    assert money("٥٫٥").eur.tolist() == [5.5]


def test_states_are_known_in_many_languages_and_asked_otherwise():
    won = (
        "Closed Won",
        "7 - Closed Won",
        "closedwon",
        "C3:WON",
        "Closed Won (New Business)",
        "Gewonnen",
        "Сделка успешна",
        "赢单",
        "Closed/Won",
        "Won - New",
        "Sales Pipeline: Won",
    )
    lost = ("Closed Lost", "LOSE", "Verloren", "Perdu", "Сделка провалена", "输单", "Closed-Lost to Competition")
    still = ("Negotiation/Review", "In Progress", "Angebot", "Переговоры", "跟进中", "", "appointmentscheduled")
    for states, meant in ((won, WON), (lost, LOST), (still, OPEN)):
        assert {state: meaning_of(state, "stage") for state in states} == dict.fromkeys(states, meant)
    for state in ("Won / Lost", "Won - cancelled", "Won - pending", "Not won", "Closed Won by competitor"):
        assert meaning_of(state, "stage") is None
    with pytest.raises(UnsureError, match=r'nobody knows whether "Halb" \(1\).*`open_is: \[Halb\]` or `lost_is'):
        read_states(pd.Series(["Won", "Halb"]), StateWords(), ("f", "stage"))
    said = StateWords(won=("Halb",), lost=("Won",))
    assert read_states(pd.Series(["Won", "Halb"]), said, ("f", "stage")).meant.tolist() == [LOST, WON]
    with pytest.raises(UnsureError, match='"Won" looks won but is not in won_is'):
        read_states(pd.Series(["Won", "Halb"]), StateWords(won=("Halb",)), ("f", "stage"))
    with pytest.raises(UnsureError, match="none of the states means won"):
        read_states(pd.Series(["Lost", "Open"]), StateWords(), ("f", "stage"))


def test_ids_that_differ_in_form_are_the_same_where_no_other_is_like_them():
    ids = pd.Series(["1234", "L-12", "0077", "77", "0050", "aB3456789012345", "x", "X"], dtype=str)
    cells = ["1234.0", "  L-12 ", "l-12", "77", "077", "50", "aB3456789012345QAA", "1234;L-12", "", "'x'"]
    found = links(ids, pd.Series(cells, dtype=str))
    named = list(zip(found.cell.tolist(), ids[found.number], strict=True))
    assert [pair for pair in named if pair[0] != 7] == [
        *((0, "1234"), (1, "L-12"), (2, "L-12"), (3, "77"), (5, "0050"), (6, "aB3456789012345"), (9, "x")),
    ]
    assert [id_ for cell, id_ in named if cell == 7] == ["1234", "L-12"]
    assert found.n_several == 1


def test_channels_are_proposed_by_words_and_only_those_the_company_has():
    values = ["Google", "Messe Köln", "PAID_SOCIAL", "Cold Call", "По рекомендации", "展会", "Partner"]
    assert proposed(values, ["search", "events"]) == {
        "Google": "search",
        "Messe Köln": "events",
        "Cold Call": "own_prospecting",
        "По рекомендации": "customer_referral",
        "展会": "events",
    }
    assert proposed(["Google", "Google Ads"], ["organic_search", "paid_search"]) == {
        "Google": "organic_search",
        "Google Ads": "paid_search",
    }
