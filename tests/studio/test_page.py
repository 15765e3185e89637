"""The page in a real browser, from a file, with the network off: what it shows, by mouse, keyboard and on a phone."""

import re
import subprocess
from pathlib import Path

import pytest

import scenarios
from simulation import simulate
from simulation.border.causes import Topic
from simulation.referral import REFERRAL
from simulation.status import Status
from simulation.tape import Event
from studio.playback import LANGUAGES, page
from studio.recording import Recording
from tests.studio.pages import DESK, PHONE, day, until

STUDIO = Path(__file__).parents[2] / "studio"
AXE = STUDIO / "page" / "node_modules" / "axe-core" / "axe.min.js"
needs_npm = pytest.mark.skipif(
    not AXE.exists(), reason="NO NODE MODULES: `npm ci` in studio/page brings what this needs"
)


@pytest.mark.parametrize("name", ["told.html", "live.html"])
def test_it_opens_offline_and_shows_both_companies(opened, name):
    tab = opened(name)
    print(f"first picture of {name} after {tab.evaluate('document.documentElement.dataset.ready')} ms")
    assert tab.locator(".world canvas[role=img]").count() == 2
    label = tab.locator("canvas[role=img]").first.get_attribute("aria-label")
    assert label.startswith("Undefined, day 0: 0 leads never called")


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


def test_the_page_counts_what_the_books_count(opened):
    assert opened("told.html").evaluate(COUNT) == [[], []]


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


def test_the_next_dispute_is_a_dispute(opened):
    tab = opened("told.html")
    tab.get_by_role("button", name="Next dispute").click()
    captions = " ".join(tab.locator(".caption").all_inner_texts())
    assert f"Day {day(tab)}" in captions
    assert "A dispute" in captions


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


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["told.html", "live.html"])
def test_a_phone_shows_all_of_it(opened, language, name):
    tab = opened(name, PHONE, f"#day=566&lead=303&language={language}")
    tab.evaluate("studio.page().choose({rep: 9}); document.querySelectorAll('details').forEach(one => one.open = true)")
    assert tab.evaluate("document.documentElement.lang") == language
    assert tab.evaluate(CUT) == [PHONE[0], []]


@needs_npm
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_axe_finds_nothing(opened, size):
    tab = opened("live.html", size, "#day=566&lead=303")
    tab.evaluate("studio.page().choose({rep: 9}); document.querySelector('.levers summary').click()")
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = tab.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]] == []


def test_who_wants_no_motion_sees_none(opened):
    tab = opened("told.html", reduced_motion="reduce")
    tab.evaluate("studio.page().toggle(true)")
    assert tab.evaluate("studio.page().look()") | {"glide_d": 0, "still": True} == tab.evaluate("studio.page().look()")


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
