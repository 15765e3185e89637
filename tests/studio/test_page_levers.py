"""Levers, links, cases and doubt of a played page, in a real browser."""

import json

import pytest

from tests.studio.pages import day, until


def test_a_link_reopens_what_is_shown(opened):
    link = (
        "#company=reference&here=undefined&there=defined&seed=7&day=120&lead=303&language=ru&set=practices.sla:true@10"
    )
    tab = opened("live.html", link=link)
    head = "studio.page().worlds.map(({recording: {head}}) => [head.practices, head.seed, head.changes])"
    change = {"path": "practices.sla", "value": True, "day": 10}
    assert tab.evaluate(head) == [["undefined", 7, []], ["defined", 7, [change]]]
    assert (day(tab), tab.evaluate("studio.page().chosen.lead"), tab.evaluate("studio.page().language")) == (
        120,
        303,
        "ru",
    )


def test_practices_levers_and_the_market_can_be_changed(opened):
    tab = opened("live.html", link="#day=300")
    right = "studio.page().worlds[1].recording.head"
    tab.locator(".practices select").nth(1).select_option("undefined")
    until(tab, f"{right}.practices === 'undefined'")
    same = tab.evaluate("studio.page().worlds.map(one => one.state.digest())")
    assert same[0] == same[1]
    tab.locator(".levers summary").first.click()
    tab.locator(".lever input[type=range]").first.fill("5")
    until(tab, f"{right}.changes.length === 1")
    assert tab.evaluate("studio.page().worlds[1].state.digest()") != same[0]
    tab.get_by_role("button", name="Another market").click()
    until(tab, f"{right}.seed === 2")
    assert day(tab) == 300


def _shown(tab):
    return tab.evaluate("JSON.parse(JSON.stringify(studio.page().cases))")


def test_a_case_from_a_file_is_what_levers_and_choices_then_start_from(opened, tmp_path):
    tab = opened("live.html")
    case = {"case": 1, "company": "reference", "here": "defined", "there": "aligned", "seed": 4, "day": 90}
    case |= {"lead": 10**6, "set": [{"path": "practices.meeting_h", "value": 2}]}
    (tmp_path / "case.json").write_text(json.dumps(case), encoding="utf-8")
    tab.set_input_files("input[type=file]", tmp_path / "case.json")
    tab.wait_for_selector(".chooser input[type=number] >> visible=true")
    tab.wait_for_selector(".levers .hint:has-text('1 change')")
    _settled(tab)
    assert [tab.locator(".practices select").nth(side).input_value() for side in (0, 1)] == ["defined", "aligned"]
    assert tab.evaluate("[studio.page().day, studio.page().chosen.lead]") == [90, None]  # there is no such lead
    tab.click("text=Another market")
    _settled(tab)
    there = _shown(tab)["there"]
    assert (there["practices"], there["seed"], there["changes"]) == ("aligned", 5, case["set"])


def _settled(tab):
    tab.wait_for_timeout(50)
    tab.wait_for_selector(".message:empty", state="attached")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("#set=practices.nonsense:1", "no lever practices.nonsense"),
        ("#set=practices.sla:maybe", "practices.sla cannot be maybe"),
        ("#set=practices.meeting_h:1e300", "practices.meeting_h cannot be"),
        ("#set=practices.sla:true@99999", "comes after the run"),
        ("#set=pay.sales.quota_eur_per_quarter:50000@9", "from the first day on only"),
        ("#there=hax", "no practices hax"),
        ("#company=nobody&here=defined", "no company nobody"),
    ],
)
def test_what_a_link_says_wrongly_is_told_and_counts_as_not_said(opened, link, said):
    tab = opened("live.html", link=link)
    assert said in tab.inner_text(".message")
    assert _shown(tab)["there"] == {"company": "reference", "practices": "integrated", "changes": [], "seed": 1}


def test_doubt_is_of_what_was_asked_for_last(opened):
    """Asked for at once after a lever has moved, before its company has lived again."""
    tab = opened("live.html")
    tab.evaluate("document.querySelectorAll('.levers details').forEach(one => (one.open = true))")
    tab.evaluate(
        """() => { const asked = window.asked = [], { live } = studio.page(), { outcomes } = live;
        live.outcomes = (one, ...rest) => (asked.push(one.changes.length), outcomes(one, ...rest));
        const slider = document.querySelector('.lever input[type=range]');
        slider.value = slider.max; slider.dispatchEvent(new Event('input'));
        document.querySelector('.doubt .primary').click(); }"""
    )
    assert tab.evaluate("window.asked.slice(0, 2)") == [0, 1]


def test_who_has_seen_the_answer_guesses_no_more(opened):
    tab = opened("live.html", link="#day=9999")
    tab.select_option("header select", "ru")
    tab.evaluate("studio.page().seek(10)")
    tab.select_option("header select", "en")
    assert tab.locator(".guess input:disabled").count() == 2


def test_a_lever_that_is_moved_is_no_longer_unset(opened):
    tab = opened("live.html")
    tab.evaluate("document.querySelectorAll('.levers details').forEach(one => (one.open = true))")
    lever = tab.locator(".lever:has(.check)").first
    lever.locator(".check input").check()
    lever.locator("input[type=range]").press("ArrowRight")
    assert not lever.locator(".check input").is_checked()
    _settled(tab)


def test_doubt_fills_in_and_says_nothing_of_few_markets(opened):
    tab = opened("live.html")
    tab.locator(".doubt .primary").click()
    until(tab, "document.querySelector('.said').textContent !== ''")
    assert tab.locator(".said").inner_text() == "Too few markets yet to say anything."
    until(tab, "document.querySelector('.said').textContent.startsWith('The right company')")
    tab.locator(".doubt .primary").click()
