"""The pages in a real browser: a lesson by teacher and students, on a wall and on phones, with an empty console."""

import shutil

import pytest

from tests.studio.class_clients import MadeUpRuns, serving

playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed here")
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here to open the class room with")
PHONE, WALL = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def house(tmp_path):
    """Opens pages, each in a browser profile of its own; what their consoles say has to be nothing."""
    said = []
    with serving(tmp_path, MadeUpRuns()) as base, playwright.sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])

        def opened(address, size, language="en-GB"):
            page = chromium.new_context(viewport=size, locale=language).new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("dialog", lambda dialog: said.append(f"dialog {dialog.message}"))
            page.set_default_timeout(8000)
            page.goto(base + address)
            return page

        yield opened
        chromium.close()
    assert said == []


def join(page, name):
    page.fill("#name", name)
    page.keyboard.press("Enter")


def test_a_lesson_by_keyboard_on_a_wall_and_on_phones(house, tmp_path_factory):
    teacher = house("/class/teach", WALL)
    teacher.wait_for_selector("#create button")
    teacher.select_option("#lesson", "never_called")
    teacher.focus("#create button")
    teacher.keyboard.press("Enter")
    teacher.wait_for_selector("#qr svg")
    code = teacher.text_content("#code")
    ann, chen = house(f"/class/#{code}", PHONE), house(f"/class/#{code}", PHONE, "zh-CN")
    ann.wait_for_selector("#name")
    chen.wait_for_selector("#name")
    join(ann, HOSTILE)
    join(chen, "陈")
    for page, guess in ((ann, "30"), (chen, "75")):
        page.wait_for_selector("#predict")
        page.focus("#guess")
        page.keyboard.type(guess)
        page.keyboard.press("Enter")
    ann.fill("#team_name", "Reds")
    ann.keyboard.press("Enter")
    ann.wait_for_selector("#change:not([hidden])")
    ann.select_option("#path", "practices.sla")
    ann.fill("#value", "true")
    ann.keyboard.press("Enter")
    teacher.wait_for_selector("li.answered >> nth=1")
    ann.reload()  # the phone was locked: it comes back as who it was
    ann.wait_for_selector('#step:has-text("Sent: 30")')
    ann.evaluate("code => (location.hash = code)", code.replace("-", "").lower())  # as somebody types it
    ann.reload()
    ann.wait_for_selector('#step:has-text("Sent: 30")')
    for step in ("locked", "run", "revealed"):
        teacher.click(f"[data-step={step}]:enabled")
    for page in (teacher, ann, chen):
        page.wait_for_selector("#reveal svg")
        assert page.locator("#reveal circle").count() == 2
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        unlabelled = "[...document.querySelectorAll('input,select')].filter((x) => !x.labels.length && !x.ariaLabel && "
        assert page.evaluate(unlabelled + "!x.getAttribute('aria-labelledby')).map((x) => x.id)") == []
        assert page.evaluate("[...document.querySelectorAll('[data-words]')].every((x) => x.textContent.length)")
    assert ann.text_content("#me") == HOSTILE
    assert "你的预测" in chen.text_content("#reveal")
    assert "Reds" in teacher.text_content("#reveal")
    teacher.wait_for_selector("#table td")
    teacher.select_option("#language", "ru")
    assert "Почему" in teacher.text_content("#reveal")
    assert teacher.evaluate("document.documentElement.scrollWidth <= innerWidth")
    teacher.set_viewport_size(PHONE)
    assert teacher.evaluate("document.documentElement.scrollWidth <= innerWidth")
    teacher.set_viewport_size(WALL)
    folder = tmp_path_factory.mktemp("class_room_pages")
    for name, page in (("teacher", teacher), ("ann", ann), ("chen", chen)):
        page.screenshot(path=folder / f"{name}.png", full_page=True)
    teacher.click("#go_on")
    ann.wait_for_selector("#predict:not([hidden])")
