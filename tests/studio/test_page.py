"""The page in a real browser, from a file, with the network off: what it shows, by mouse, keyboard and on a phone."""

import json
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

import scenarios
from simulation import simulate
from simulation.border.causes import Topic
from simulation.referral import REFERRAL
from simulation.status import Status
from simulation.tape import Event
from studio.kit import kit_of_company
from studio.playback import LANGUAGES, live_page, page
from studio.recording import Recording

CHROMIUM = shutil.which("chromium")
STUDIO = Path(__file__).parents[2] / "studio"
AXE = STUDIO / "page" / "node_modules" / "axe-core" / "axe.min.js"
needs_browser = pytest.mark.skipif(
    CHROMIUM is None, reason="NO BROWSER: without Chromium no page of the studio is tested"
)
needs_npm = pytest.mark.skipif(
    not AXE.exists(), reason="NO NODE MODULES: `npm ci` in studio/page brings what this needs"
)
DESK, PHONE = (1400, 1000), (390, 844)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """A page of recordings, and one with the engine in it."""
    folder = tmp_path_factory.mktemp("pages")
    recordings = [
        Recording.of(simulate(scenarios.load("reference", practices), 1, tape=True), practices=practices)
        for practices in ("undefined", "integrated")
    ]
    (folder / "told.html").write_text(page(recordings), encoding="utf-8")
    kit = kit_of_company("reference", draws=12)
    cases = [{"company": kit["company"], "practices": p, "changes": [], "seed": 1} for p in ("undefined", "integrated")]
    (folder / "live.html").write_text(live_page([kit], cases), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, files):
    """Open a page; at the end, nothing may have been asked for and nothing may have gone wrong."""
    trouble, contexts = [], []

    def heard(request):
        if not request.url.startswith(("file:", "blob:", "data:")):
            trouble.append(request.url)

    def of(name, size=DESK, link="", **options):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("request", heard)
        tab.on(
            "console", lambda message: trouble.append(message.text) if message.type in ("error", "warning") else None
        )
        tab.on("pageerror", lambda error: trouble.append(str(error)))
        tab.goto((files / name).as_uri() + link)
        tab.wait_for_selector("html[data-ready]", state="attached")
        return tab

    yield of
    for context in contexts:
        context.close()
    assert trouble == []


def until(tab, said, seconds=15.0):
    """Wait until an expression is true; the page's policy keeps Playwright from waiting inside of it."""
    end = time.monotonic() + seconds
    while not tab.evaluate(said):
        assert time.monotonic() < end, f"it never comes to {said}"
        time.sleep(0.02)


def day(tab):
    return tab.evaluate("studio.page().day")


@needs_browser
@pytest.mark.parametrize("name", ["told.html", "live.html"])
def test_it_opens_offline_and_shows_both_companies(opened, name):
    tab = opened(name)
    print(f"first picture of {name} after {tab.evaluate('document.documentElement.dataset.ready')} ms")
    assert tab.locator(".world canvas[role=img]").count() == 2
    label = tab.locator("canvas[role=img]").first.get_attribute("aria-label")
    assert label.startswith("Undefined, day 0: 0 leads never called")


@needs_browser
def test_both_pages_show_the_same(opened):
    digests = []
    for name in ("told.html", "live.html"):
        tab = opened(name, link="#day=400")
        digests.append(tab.evaluate("studio.page().worlds.map(one => one.state.digest())"))
    assert digests[0] == digests[1]


SEEK = """() => studio.page().worlds.map(({recording}) => {
  const digests = [], state = new studio.State(recording);
  for (let day = 0; day <= 300; day++) state.seek(day);
  digests.push(state.digest());
  state.seek(566); state.seek(300);
  digests.push(state.digest());
  state.seek(-1); state.seek(300);
  digests.push(state.digest());
  const other = new studio.State(recording);
  other.seek(300);
  return [...digests, other.digest()];
})"""


@needs_browser
def test_seeking_gives_what_playing_gives(opened):
    for digests in opened("told.html").evaluate(SEEK):
        assert len(set(digests)) == 1


COUNT = """() => studio.page().worlds.map(({recording}) => {
  const state = new studio.State(recording), wrong = [];
  for (let day = 0; day < recording.head.days; day += 21) {
    state.seek(day);
    const n = new Array(13).fill(0);
    for (const status of state.status) n[status]++;
    for (const status of [2, 3, 4, 5, 6, 7, 8, 9, 10, 12])
      if (n[status] !== recording.inState[day * 13 + status]) wrong.push([day, status]);
    const placed = state.members.reduce((sum, one) => sum + one.length, 0);
    if (placed !== recording.head.n_prospects - n[1]) wrong.push([day, "placed"]);
    state.members.forEach((leads, group) => leads.forEach((lead, at) => {
      if (state.slot[lead] !== at || state.group[lead] !== group) wrong.push([day, lead]);
    }));
  }
  return wrong;
})"""


@needs_browser
def test_the_page_counts_what_the_books_count(opened):
    assert opened("told.html").evaluate(COUNT) == [[], []]


@needs_browser
def test_keys_alone_play_step_and_open_a_person_and_a_lead(opened):
    tab = opened("told.html")
    tab.keyboard.press("Space")
    until(tab, "studio.page().day > 2")
    tab.keyboard.press("Space")
    stopped = day(tab)
    assert not tab.evaluate("studio.page().playing")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Shift+ArrowRight")
    tab.keyboard.press("ArrowLeft")
    assert day(tab) == stopped + 5
    focus_on(tab, ".scrub")
    tab.keyboard.press("End")
    assert day(tab) == 566
    assert "It was 51" in tab.locator(".answer").first.inner_text()
    focus_on(tab, ".follow")
    tab.keyboard.press("Enter")
    told = tab.locator(".story")
    assert "nobody ever called" in told.nth(0).inner_text()
    assert "signs with" in told.nth(1).inner_text()
    focus_on(tab, ".person select")
    tab.keyboard.press("ArrowDown")
    tab.wait_for_selector(".person table")
    assert "leads in their care" in tab.locator(".person").inner_text()


def focus_on(tab, selector):
    """Press Tab until the focus is there."""
    for _ in range(40):
        if tab.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        tab.keyboard.press("Tab")
    pytest.fail(f"the Tab key does not come to {selector}")


@needs_browser
def test_the_next_dispute_is_a_dispute(opened):
    tab = opened("told.html")
    tab.get_by_role("button", name="Next dispute").click()
    captions = " ".join(tab.locator(".caption").all_inner_texts())
    assert f"Day {day(tab)}" in captions
    assert "A dispute" in captions


@needs_browser
def test_a_click_on_a_face_opens_the_person(opened):
    tab = opened("told.html", link="#day=100")
    at = tab.evaluate("studio.page().worlds[0].picture.layout.repAt(8)")
    tab.locator("canvas[role=img]").first.click(position={"x": at["x"], "y": at["y"]})
    assert tab.locator(".person select").input_value() == "r8"


CUT = """() => {
  const cut = [], width = innerWidth;
  const texts = "h1, h2, h3, p, button, select, label, output, li, canvas, figcaption span, summary";
  for (const one of document.querySelectorAll(texts)) {
    const box = one.getBoundingClientRect();
    if (!box.width || getComputedStyle(one).clipPath !== "none") continue;
    if (box.left < -0.5 || box.right > width + 0.5) cut.push(one.className + " " + one.textContent);
    const spills = one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
    if (one.matches("button") && spills) cut.push(one.textContent);
    if (one.matches("button, select") && (box.height < 24 || box.width < 24)) cut.push("small: " + one.textContent);
  }
  return [document.documentElement.scrollWidth, cut];
}"""


@needs_browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["told.html", "live.html"])
def test_a_phone_shows_all_of_it(opened, language, name):
    tab = opened(name, PHONE, f"#day=566&lead=303&language={language}")
    tab.evaluate("studio.page().choose({rep: 9}); document.querySelectorAll('details').forEach(one => one.open = true)")
    assert tab.evaluate("document.documentElement.lang") == language
    assert tab.evaluate(CUT) == [PHONE[0], []]


@needs_browser
@needs_npm
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_axe_finds_nothing(opened, size):
    tab = opened("live.html", size, "#day=566&lead=303")
    tab.evaluate("studio.page().choose({rep: 9}); document.querySelector('.levers summary').click()")
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = tab.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


@needs_browser
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


@needs_browser
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


@needs_browser
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


@needs_browser
def test_who_wants_no_motion_sees_none(opened):
    tab = opened("told.html", reduced_motion="reduce")
    tab.evaluate("studio.page().toggle(true)")
    assert tab.evaluate("studio.page().look()") | {"glide_d": 0, "still": True} == tab.evaluate("studio.page().look()")


@needs_browser
def test_a_hostile_name_is_text(browser, tmp_path):
    name = "</script><img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    run = simulate(scenarios.load("small_firm"), 1, tape=True)
    recordings = [Recording.of(run, practices=name, title=name), Recording.of(run, practices=name, title=name)]
    file = tmp_path / "hostile.html"
    file.write_text(page(recordings), encoding="utf-8")
    tab = browser.new_page()
    tab.goto(file.as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached")
    assert tab.locator(".world h2").first.inner_text() == name
    assert tab.title() != "taken"
    assert tab.locator("img").count() == 0
    tab.close()


@needs_browser
def test_memory_stays_flat(browser, files):
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.goto((files / "told.html").as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached")
    devtools = context.new_cdp_session(tab)
    used = []
    for _ in range(20):
        tab.evaluate("() => { for (let day = 0; day < 567; day += 27) studio.page().seek(day) }")
        devtools.send("HeapProfiler.collectGarbage")
        used.append(devtools.send("Runtime.getHeapUsage")["usedSize"])
    assert max(used[10:]) < 1.05 * max(used[2:10])
    context.close()


def test_the_page_knows_the_numbers_of_python():
    text = (STUDIO / "page" / "events.ts").read_text(encoding="utf-8")
    parts = dict(re.findall(r"export const (EVENT|STATUS) = \{(.*?)\}", text, re.DOTALL))
    for name, enum in (("EVENT", Event), ("STATUS", Status)):
        numbers = {key: int(number) for key, number in re.findall(r"(\w+): (\d+)", parts[name])}
        assert numbers.items() <= {one.name: one.value for one in enum}.items()
    assert f"N_STATUS = {len(Status)};" in text
    assert f"N_TOPICS = {len(Topic)};" in text
    assert f"REFERRAL = {REFERRAL};" in (STUDIO / "page" / "story.ts").read_text(encoding="utf-8")


@needs_npm
def test_what_is_built_is_what_is_written(tmp_path):
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=STUDIO / "page", check=True, capture_output=True)
    for name in ("studio.js", "played.js", "studio.css", "worker.js"):
        assert (tmp_path / name).read_bytes() == (STUDIO / "built" / name).read_bytes(), f"{name}: run `npm run build`"


def test_nothing_of_a_registry_is_written_down():
    assert "resolved" not in (STUDIO / "page" / "package-lock.json").read_text(encoding="utf-8")


def test_a_page_of_one_recording_is_refused():
    with pytest.raises(ValueError, match="shows two recordings, not 0"):
        page([])
    with pytest.raises(ValueError, match="no language xx; there are: en, zh, ru"):
        page([Recording({}, b"")] * 2, language="xx")
