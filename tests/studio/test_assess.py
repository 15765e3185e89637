"""The studio assesses a company: what the page sends, what the server makes of it, and the page in a real browser."""

import threading
import time

import httpx
import pytest
import yaml

from experiments.execution.runner import Settings
from scenarios.input_errors import InputError
from scenarios.practices import Practices
from studio.assessments import MOST_WAITING, Assessments, assessed
from studio.refused import Refused
from tests.studio.class_clients import MadeUpRuns, serving
from tests.studio.test_page import AXE, needs_npm
from tests.studio.test_studio import MINE, PHONE, chromium, fits, needs_browser, opened

__all__ = ["chromium", "opened"]  # fixtures

ANSWERED = {
    "company": "small_firm",
    "answers": [[3, 4]] * 19 + [[None, 2]],
    "people": [3, 1],
    "facts": {"meeting_every_d": "never", "marketing_pay": ""},
}
SAID = {
    "types": {"undefined": 0.1, "defined": 0.72, "aligned": 0.15, "integrated": 0.03},
    "score": [54.0, 51.0, 57.0],
    "scores": [52.0, 56.0],
    "gaps": [
        {
            "statement": 3,
            "sales": 2.0,
            "marketing": 4.5,
            "share": 0.004,
            "causes": dict.fromkeys(("en", "zh", "ru"), "X"),
        }
    ],
    "whole_gap": [-4.0, -8.0, 1.0],
    "steps": [
        {"label": dict.fromkeys(("en", "zh", "ru"), "the SLA"), "gain": [3e5, 1e5, 5e5], "pays": 0.8, "open": 0.7},
        {"label": dict.fromkeys(("en", "zh", "ru"), "Y"), "gain": [1e5, -1e5, 3e5], "pays": None, "open": 1.0},
    ],
    "told": [
        {"lever": dict.fromkeys(("en", "zh", "ru"), "one head"), "value": dict.fromkeys(("en", "zh", "ru"), "no")}
    ],
    "evidence": [200, 0.66],
    "is_unlike": True,
    "yaml": MINE,
}


def made_up(wanted, on_progress):
    if wanted["people"] == [99, None]:
        raise InputError("the answers are wrong")
    on_progress(1, 2)
    return SAID


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("rooms"), MadeUpRuns(), assess=made_up) as address:
        yield address


def over(base, number):
    end = time.monotonic() + 10
    while (told := httpx.get(f"{base}/api/assess/{number}").json())["state"] == "asking":
        assert time.monotonic() < end
        time.sleep(0.02)
    return told


def test_an_assessment_is_begun_and_asked_after(base):
    begun = httpx.post(f"{base}/api/assess", json=ANSWERED)
    assert begun.status_code == 202
    assert over(base, begun.json()["number"]) == {"state": "done", **SAID}
    wrong = httpx.post(f"{base}/api/assess", json=ANSWERED | {"people": [99, None]}).json()["number"]
    assert over(base, wrong) == {"state": "refused", "sentence": "the answers are wrong"}
    assert httpx.get(f"{base}/api/assess/nothing").status_code == 404
    asked = httpx.get(f"{base}/api/questionnaire").json()
    assert len(asked["statements"]) == 20
    assert asked["facts"][0]["choices"] == ["yes", "no"]


@pytest.mark.parametrize(
    "change",
    [
        {"answers": [[3, 4]] * 19},
        {"answers": [[3, 6]] * 20},
        {"answers": [["agree", 4]] * 20},
        {"people": [0, 1]},
        {"facts": {"meeting_every_d": 5}},
        {"other": 1},
    ],
)
def test_a_body_that_is_no_answer_is_refused(base, change):
    assert httpx.post(f"{base}/api/assess", json=ANSWERED | change).status_code == 422


def test_the_same_answers_are_worked_out_once_and_too_many_have_to_wait():
    go, n = threading.Event(), []

    def slow(wanted, on_progress):
        n.append(wanted["company"])
        go.wait(10)
        return SAID

    some = Assessments(slow)
    first = some.begin({"company": "a"})
    assert some.begin({"company": "a"}) == first
    for one in range(MOST_WAITING - 1):
        some.begin({"company": str(one)})
    with pytest.raises(Refused, match="Others are being assessed"):
        some.begin({"company": "b"})
    go.set()
    end = time.monotonic() + 10
    while some.state(first)["state"] != "done":
        assert time.monotonic() < end
    assert n.count("a") == 1
    some.close()


def test_a_company_that_was_sent_is_assessed_with_the_real_model_and_comes_back_as_a_file():
    progress = []
    wanted = ANSWERED | {"text": f"{MINE}market:\n  prospects_per_day: 4\n", "runs": 300, "plausible": 10}
    told = assessed(wanted, lambda *now: progress.append(now), Settings(workers=1))
    assert sum(told["types"].values()) == pytest.approx(1)
    assert progress[-1][0] == progress[-1][1]
    found = yaml.safe_load(told["yaml"])
    assert found["name"] == "mine_assessed"
    assert found["extends"] == "small_firm"
    assert found["practices"]["meeting_every_d"] is None
    assert found["run"] == {"quarters": 2}
    assert set(found["practices"]) <= set(Practices.model_fields)
    for text in ("extends: ../../etc/passwd", "extends: small_firm\nrun: {quarters: 900}"):
        with pytest.raises(InputError) as error:
            assessed(wanted | {"text": text}, lambda *now: None)
        assert "/tmp" not in str(error.value)
    with pytest.raises(InputError, match="there is no company"):
        assessed(ANSWERED | {"company": "/etc/hostname", "text": None}, lambda *now: None)


@needs_browser
def test_both_sides_answer_by_keyboard_and_the_company_that_is_found_can_be_watched(opened, base):
    page = opened(f"{base}/#mine", PHONE)
    page.wait_for_selector(".company-text")
    page.click("a[href='#assess']")
    page.wait_for_selector("fieldset.statement >> nth=19")
    assert fits(page)
    page.click(".assess-go")
    assert "Sales has to answer at least 10" in page.text_content(".message")
    page.locator("input[name=statement-0-0] >> nth=5").focus()
    for number in range(20):
        for side in (0, 1):
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("ArrowLeft")
            assert page.locator(f"input[name=statement-{number}-{side}][value='4']").is_checked()
            page.keyboard.press("Tab")
    page.locator(".fact select >> nth=0").select_option("yes")
    page.select_option("nav select", "ru")
    page.wait_for_selector("html[lang=ru] h1")
    assert page.locator("input[name=statement-7-1][value='4']").is_checked()
    page.select_option("nav select", "en")
    page.wait_for_selector("html[lang=en] h1:has-text('Which type are we')")
    page.click(".assess-go")
    page.wait_for_selector(".assessed h2:focus")
    told = page.text_content(".assessed")
    assert told.startswith("Most likely Defined (72%)")
    assert "hardly any simulated company answers like that" in told
    assert "The SLA: €300K a year" in told
    assert "Y:" not in told  # a step that may cost is not named
    assert "3. People from Marketing talk" in told
    assert fits(page)
    page.click(".watch-assessed")
    page.wait_for_selector(".saves")
    assert page.evaluate("studio.page().cases.here.company") == "mine"


@needs_npm
@needs_browser
def test_axe_finds_nothing_in_the_questionnaire_nor_in_what_is_found(opened, base):
    page = opened(f"{base}/#assess", bypass_csp=True)
    page.wait_for_selector("fieldset.statement >> nth=19")
    page.evaluate("document.querySelectorAll('input[value=\"3\"]').forEach(one => one.click())")
    page.click(".assess-go")
    page.wait_for_selector(".assessed h2")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found["violations"]] == []
