"""The studio in a real browser, from its server and from a file: start, lesson, compare, one's own company."""

import json
import shutil
import time

import httpx
import pytest

import run
import scenarios
from scenarios import ScenarioError
from studio.company_file import company_text, kit_of_text
from studio.lesson import lessons
from studio.lesson_page import lesson_page
from studio.playback import lesson_file
from tests.studio.class_clients import MadeUpRuns, serving

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_browser = pytest.mark.skipif(
    BROWSER is None, reason="NO BROWSER: without Chromium no page of the studio is tested"
)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
HOSTILE = "<img src=x onerror=alert(1)>"
MINE = "name: mine\nextends: small_firm\nrun: {quarters: 2}\npractices:\n  sla: true\n  meeting_every_d: 10\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("rooms"), MadeUpRuns()) as address:
        yield address


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium):
    """Opens addresses, each in a profile of its own; what their consoles say has to be nothing."""
    said, contexts = [], []

    def of(address, size=DESK, **options):
        contexts.append(chromium.new_context(viewport=size, locale="en-GB", **options))
        page = contexts[-1].new_page()
        page.on("console", lambda message: None if "422" in message.text else said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
        page.set_default_timeout(15_000)
        page.goto(address)
        return page

    yield of
    for context in contexts:
        context.close()
    assert said == []


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@needs_browser
def test_the_start_screen_can_be_touched_before_the_engine_is_there(opened, base):
    began = time.monotonic()
    page = opened(f"{base}/", PHONE)
    page.wait_for_selector(".way >> nth=5")
    print(f"start screen after {time.monotonic() - began:.2f} s")
    assert fits(page)
    assert page.locator(".way").count() == 6
    page.select_option("nav select", "zh")
    page.wait_for_selector("h1:has-text('两家公司')")
    page.click(".way.watch")
    page.wait_for_selector(".world canvas >> nth=1")
    page.select_option("header select >> nth=-1", "en")
    page.click(".home")
    page.wait_for_selector("h1:has-text('Two companies')")


@needs_browser
def test_a_link_opens_a_company_and_another_one_is_fetched_when_it_is_chosen(opened, base):
    asked = []
    page = opened(f"{base}/#company=small_firm&here=undefined&there=aligned&set=practices.sla:true@40&day=200&seed=3")
    page.on("request", lambda request: asked.append(request.url))
    page.wait_for_selector(".saves")
    shown = page.evaluate("({...studio.page().shown()})")
    assert (shown["company"], shown["there"], shown["day"], shown["seed"]) == ("small_firm", "aligned", 200, 3)
    assert shown["set"] == [{"path": "practices.sla", "value": True, "day": 40}]
    chooser = page.locator(".chooser select").first
    assert chooser.locator("option").count() == len(scenarios.companies())
    chooser.select_option("fast_simple_market")
    page.wait_for_selector(".world canvas[aria-label]")
    end = time.monotonic() + 10
    while page.evaluate("studio.page().cases.here.company") != "fast_simple_market":
        assert time.monotonic() < end
    assert [one for one in asked if "/kits/" in one][-1] == f"{base}/api/kits/fast_simple_market"


def lesson_by_keyboard(page):
    """From the guess to the last question, by keys alone; returns what was revealed."""
    keys = page.keyboard
    page.wait_for_selector(".guess-value:focus")
    for _ in range(5):
        keys.press("ArrowRight")
    assert page.text_content(".guess-out") == "55 of 100 leads"
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_selector(".scene canvas >> nth=1")
    page.wait_for_selector(".task h2:focus")
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_selector(".sentence:visible")
    told = page.text_content(".task")
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_selector(".many:has-text('Cause taken away')")
    page.wait_for_selector(".story li >> nth=0")
    keys.press("Tab")
    keys.press("Enter")
    page.wait_for_selector("textarea")
    keys.press("Tab")
    keys.type("Nobody looked.")
    assert page.input_value("textarea >> nth=0") == "Nobody looked."
    page.locator(".steps button").first.focus()
    keys.press("Enter")
    page.wait_for_selector(".guess-value:disabled")
    return told


@needs_browser
def test_a_lesson_by_keyboard_alone(opened, base):
    page = opened(f"{base}/#lesson=never_called")
    told = lesson_by_keyboard(page)
    assert "Your guess: 55 of 100 leads" in told
    assert "In 30 runs: 50 of 100 leads on average. The middle 80 % lie between" in told
    assert fits(page)


@needs_browser
def test_a_lesson_in_a_file_needs_no_network_and_no_word_is_wider_than_a_phone(opened, tmp_path):
    (tmp_path / "lesson.html").write_text(lesson_file(lesson_page(lessons()["never_called"])), encoding="utf-8")
    page = opened((tmp_path / "lesson.html").as_uri(), PHONE, offline=True)
    page.wait_for_selector(".guess-value")
    page.click(".task .next")
    page.wait_for_selector(".scene canvas >> nth=1")
    assert fits(page)
    page.click(".task .next")
    page.wait_for_selector(".many:not(:empty)")
    page.select_option("nav select", "ru")
    page.wait_for_selector(".task p:has-text('Ваш прогноз')")
    assert fits(page)


def test_every_lesson_has_kits_for_its_companies_and_keeps_what_was_measured():
    for name, lesson in lessons().items():
        told = lesson_page(lesson)
        kits = {kit["company"]: kit for kit in told["kits"]}
        for side, case in told["cases"].items():
            kit = kits[case["company"]]
            assert side in kit["types"], name
            assert {change["path"] for change in kit["calendars"][side]} <= {lever["path"] for lever in kit["levers"]}
        assert "finding" not in told["lesson"]
        assert "notes" not in told["lesson"]


@needs_browser
def test_compare_fills_in_and_says_nothing_of_chances_before_ten_markets(opened, base):
    page = opened(f"{base}/#mine")
    take(page, MINE)
    page.click(".taken a >> nth=1")
    page.wait_for_selector(".go")
    page.click(".go")
    page.wait_for_selector(".hint:has-text('of 20')")
    n, early = (
        page.evaluate("[...document.querySelectorAll('main .hint')].at(-1).textContent"),
        page.text_content("[data-type=own]"),
    )
    assert int(n.split()[0]) >= 10 or "too few markets yet" in early
    page.wait_for_selector("[data-type=aligned] td:has-text('of 20 markets')")
    assert page.locator(".strip-row circle").count() == 4 * 20
    page.select_option("select >> nth=2", "aligned")
    page.wait_for_selector("[data-type=aligned] td:has-text('the base')")
    page.click("[data-type=own] .watch")
    page.wait_for_selector(".saves")
    shown = page.evaluate("({...studio.page().shown()})")
    assert (shown["company"], shown["here"], shown["there"]) == ("mine", "aligned", "own")


def take(page, text):
    page.wait_for_selector(".company-text")
    page.fill(".company-text", text)
    page.click("button.take")
    page.wait_for_selector(".taken a, .message:not(:empty):not(:has-text('being built'))")


@needs_browser
def test_a_company_is_taken_in_or_told_what_is_wrong_and_its_name_is_text(opened, base, tmp_path):
    page = opened(f"{base}/#mine")
    take(page, "extends: small_firm\npeople:\n  marketerz: 3\n")
    assert (
        page.text_content(".message").strip()
        == "your_company.yaml, line 3: unknown key people.marketerz; did you mean marketers?"
    )
    take(page, f'name: "{HOSTILE}"\n{MINE.partition(chr(10))[2]}')
    assert HOSTILE.replace("_", " ") in page.text_content(".taken")
    page.click(".taken a >> nth=0")
    page.wait_for_selector(".saves")
    assert page.evaluate("studio.page().cases.here.company") == HOSTILE
    assert page.locator("img").count() == 0
    with page.expect_download() as saved:
        page.click(".saves button >> nth=0")
    file = tmp_path / "saved.yaml"
    saved.value.save_as(file)
    assert scenarios.load(file).practices.meeting_every_d == 10


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: ../../../etc/passwd", "extends is"),
        ("extends: /etc/hostname", "extends is"),
        ("extends: [reference]", "extends is a list"),
        ("extends: reference\npreset: ./mine.yaml", "preset is"),
        ("x: !!python/object/apply:os.system ['true']", "tag"),
        ("a: &a [1]\nb: *a", "unknown key a|alias"),
        ("extends: enterprise\npeople: {marketers: 1900}", "more than a page shows"),
        ("", "the file is empty"),
        ("extends: reference\nrun: {quarters: 900}", "at most 80"),
    ],
)
def test_a_company_that_cannot_be_is_told_in_one_sentence_and_names_no_file_of_ours(text, said):
    with pytest.raises(ScenarioError, match=said) as error:
        kit_of_text(text)
    assert "\n" not in str(error.value)
    assert "/tmp" not in str(error.value)
    assert "root:" not in str(error.value)


@pytest.mark.parametrize("practices", ["own", *scenarios.presets()])
def test_a_case_saved_as_a_company_file_is_that_case_again(tmp_path, practices):
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE, encoding="utf-8")
    changes = [
        {"path": "practices.joint_calls", "value": 0.5, "day": None},
        {"path": "practices.brainstorm_every_d", "value": None, "day": None},
        {"path": "practices.sla", "value": False, "day": 40},
    ]
    asked = {
        "practices.joint_calls": 0.5,
        "practices.brainstorm_every_d": None,
        "calendar": {"practices.sla@40": False},
    }
    for company, text in ((mine, MINE), ("small_firm", None)):
        saved = tmp_path / "saved.yaml"
        saved.write_text(company_text(str(company), practices, changes, text), encoding="utf-8")
        wanted = scenarios.load(company, None if practices == "own" else practices, asked)
        labels = {"name": told(saved)["name"], "preset": told(saved)["preset"]}
        assert told(saved) == {**scenarios.resolved(wanted), **labels}


def told(file):
    return scenarios.resolved(scenarios.load(file))


def test_a_saved_company_file_can_be_compared_and_its_results_played(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "saved.yaml").write_text(company_text("x", "own", [], MINE), encoding="utf-8")
    asked = [
        "compare",
        "saved.yaml",
        "--runs",
        "2",
        "--types",
        "today,aligned",
        "--workers",
        "1",
        "--quick",
        "--out",
        "found",
    ]
    assert run.main(asked) == 0
    assert "run.py play found" in (tmp_path / "found" / "report.html").read_text(encoding="utf-8")
    assert run.main(["play", "found"]) == 0
    assert '"practices":"aligned"' in (tmp_path / "play.html").read_text(encoding="utf-8")
    case = {"case": 1, "company": "small_firm", "here": "undefined", "there": "aligned", "seed": 3, "day": 90}
    (tmp_path / "case.json").write_text(json.dumps({**case, "set": [{"path": "practices.sla", "value": True}]}))
    assert run.main(["play", "case.json", "--out", "case.html"]) == 0
    assert "case.html#day=90" in capsys.readouterr().out
    wrong = [{"set": [{"path": "practices.sla", "value": True, "day": 9999}]}, {"seed": 2**53}]
    wrong += [{"set": [{"path": "practices.meeting_h", "value": 1e300}]}]
    for one, said in zip(wrong, ("after the run", "2**53", "at most 8"), strict=True):
        (tmp_path / "case.json").write_text(json.dumps({**case, **one}))
        assert run.main(["play", "case.json", "--out", "other.html"]) == 2
        assert said in capsys.readouterr().err
    assert run.main(["play", "small_firm", "--out", "nowhere/other.html"]) == 2
    assert "no folder nowhere" in capsys.readouterr().err
    (tmp_path / "case.json").write_text('{"case": 2}')
    assert run.main(["play", "case.json", "--out", "other.html"]) == 2
    assert "no case that a page has saved" in capsys.readouterr().err


def test_kits_are_packed_and_kept_and_what_there_is_not_is_refused(base):
    with httpx.Client(base_url=base) as client:
        names = [one["name"] for one in client.get("/api/companies").json()]
        assert names == scenarios.companies()
        answer = client.get("/api/kits/small_firm")
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.json()["company"] == "small_firm"
        plain = client.get("/api/kits/small_firm", headers={"Accept-Encoding": "identity"})
        assert plain.json() == answer.json()
        assert client.get("/api/kits/..%2Fpasswd").status_code == 404
        assert client.get("/api/kits/nobody").json()["error"] == "no_company"
        assert "wasm-unsafe-eval" in client.get("/").headers["content-security-policy"]
        refused = client.post("/api/company", json={"text": "x" * 300_000})
        assert refused.status_code in (413, 422)
        assert client.post("/api/company", json={"text": "a: 1"}).json()["error"] == "wrong_company"
        assert client.post("/api/yaml", json={"company": "/etc/passwd", "practices": "own"}).status_code == 422
