"""How quickly a played page shows, answers a lever and paints: `python -m benchmarks.played_page`. Needs Chromium.

It prints one line a measure, in milliseconds; the extra `bench` brings Playwright.
"""

import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from studio.kit import DRAWS, kit_of_company
from studio.playback import live_page

COMPANIES = ("reference", "enterprise")
N_OPENED, N_MOVED = 9, 15
LEVER = "practices.informal_contact_h_per_week"
MOVE = """async ([path, value]) => {
  const page = studio.page(), began = performance.now(), before = page.worlds[1].recording;
  const { here, there } = page.cases;
  page.ask({ here, there: { ...there, changes: [{ path, value }] } });
  while (page.worlds[1].recording === before) await new Promise((go) => requestAnimationFrame(go));
  return performance.now() - began;
}"""
PAINT = """() => {
  const page = studio.page();
  page.paints.length = 0;
  for (let day = 1; day < page.days; day++) page.seek(day);
  return [...page.paints];
}"""


def main() -> None:
    """Measure each company's page in Chromium, one after the other."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("there is no Chromium here")
    with sync_playwright() as browsers, tempfile.TemporaryDirectory() as folder:
        browser = browsers.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for company in COMPANIES:
            file = Path(folder) / f"{company}.html"
            file.write_text(_page(company), encoding="utf-8")
            print(f"{company}: the file has {file.stat().st_size / 1e3:.0f} KB")
            opened = [_opened(browser, file) for _ in range(N_OPENED)]
            _say("first picture", [ready for _, ready in opened])
            tab = opened[-1][0]
            _say("lever to picture", [tab.evaluate(MOVE, [LEVER, 0.1 * (k + 1)]) for k in range(N_MOVED)])
            _say("paint of both companies", tab.evaluate(PAINT))
            for one, _ in opened:
                one.close()
        browser.close()


def _page(company: str) -> str:
    kit = kit_of_company(company, draws=DRAWS)
    cases = [
        {"company": kit["company"], "practices": one, "changes": [], "seed": 1} for one in ("undefined", "aligned")
    ]
    return live_page([kit], cases)


def _opened(browser: Any, file: Path) -> tuple[Any, float]:
    """A page that shows its first picture, and how long after its opening it did."""
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    tab.goto(file.as_uri())
    tab.wait_for_selector("html[data-ready]", state="attached")
    return tab, float(tab.get_attribute("html", "data-ready"))


def _say(what: str, times: list[float]) -> None:
    late = sorted(times)[int(0.95 * (len(times) - 1))]
    print(f"  {what}: median {statistics.median(times):.1f} ms, 95 % below {late:.1f}, worst {max(times):.1f}")


if __name__ == "__main__":
    main()
