"""A played page in a real browser: the files, the browser, and a page that is watched while it is open."""

import shutil

import pytest

import scenarios
from simulation import simulate
from studio.kit import kit_of_company
from studio.playback import live_page, page
from studio.recording import Recording
from tests.studio.pages import DESK

CHROMIUM = shutil.which("chromium")


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
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: without Chromium no page of the studio is tested")
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
