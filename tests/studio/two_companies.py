"""The picture in the README, of two companies: `python -m tests.studio.two_companies`. Needs Chromium, Playwright."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from studio.kit import kit_of_company
from studio.playback import live_page

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "two_companies.png"
DAY = 420
SEED = 1


def main() -> None:
    """Open a played page on a day, and photograph both companies."""
    from playwright.sync_api import sync_playwright

    kit = kit_of_company("reference")
    cases: list[dict[str, Any]] = [
        {"company": "reference", "practices": one, "changes": [], "seed": SEED} for one in ("undefined", "integrated")
    ]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as browsers:
        file = Path(folder) / "play.html"
        file.write_text(live_page([kit], cases), encoding="utf-8")
        browser = browsers.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1400, "height": 1000})
        page.goto(f"{file.as_uri()}#day={DAY}")
        page.wait_for_selector("html[data-ready]", state="attached")
        page.wait_for_timeout(500)
        page.locator("div.two").first.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE)


if __name__ == "__main__":
    main()
