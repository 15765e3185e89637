"""The report draws itself in a real browser, offline, on a desk and on a phone, without an error in its console."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from experiments.questions.compare.figures import exhibits
from experiments.questions.compare.report import report
from tests.unit.test_report import MADE, found

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
OPTIONS = (
    *("--headless", "--no-sandbox", "--no-first-run", "--enable-logging=stderr", "--allow-file-access-from-files"),
    *("--disable-gpu", "--disable-dev-shm-usage", "--disable-sync", "--disable-component-update"),
    *("--disable-background-networking", "--virtual-time-budget=9000", "--window-size=1300,900", "--dump-dom"),
)
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND"
WIDTHS = (1200, 390)
FRAME = """<!DOCTYPE html><title>frame</title>{frames}<p id="drawn"></p><script>
    setTimeout(function () {{
      var counts = Array.from(document.querySelectorAll('iframe')).map(function (frame) {{
        return frame.contentDocument.querySelectorAll('.svg-container').length;
      }});
      document.getElementById('drawn').textContent = 'drawn ' + counts.join(' ');
    }}, 7000);
</script>"""


def opened(page: str, folder: Path) -> tuple[list[str], str]:
    """What the console says, and how many figures are drawn, with the page open at both widths."""
    (folder / "report.html").write_text(page, encoding="utf-8")
    frames = "".join(f'<iframe src="report.html" width="{width}" height="9000"></iframe>' for width in WIDTHS)
    (folder / "frame.html").write_text(FRAME.format(frames=frames), encoding="utf-8")
    command = [
        str(BROWSER),
        *OPTIONS,
        OFFLINE,
        f"--user-data-dir={folder / 'profile'}",
        (folder / "frame.html").as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    drawn = re.search(r"drawn ([\d ]+)<", done.stdout)
    return re.findall(r"CONSOLE.*", done.stderr), drawn.group(1) if drawn else ""


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here to open the report with")
def test_every_figure_is_drawn_and_the_console_stays_empty(tmp_path):
    shown = exhibits(found())
    page = report(found(), shown, MADE)
    assert opened(page, tmp_path) == ([], f"{len(shown)} {len(shown)}")


@pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here to open the report with")
def test_an_error_in_the_page_is_noticed(tmp_path):
    said, _ = opened("<!DOCTYPE html><script>nothing.at.all</script>", tmp_path)
    assert any("nothing is not defined" in line for line in said)
