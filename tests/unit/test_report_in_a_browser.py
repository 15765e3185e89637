"""The report draws itself in a real browser, offline, on a desk and on a phone, without an error in its console."""

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from experiments.execution.runner import Settings
from experiments.questions.brief.ask import BriefQuestion
from tests.asking import page_of, result_of
from tests.unit.test_report import comparison

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
OPTIONS = (
    *("--headless", "--no-sandbox", "--no-first-run", "--enable-logging=stderr", "--allow-file-access-from-files"),
    *("--disable-gpu", "--disable-dev-shm-usage", "--disable-sync", "--disable-component-update"),
    *("--disable-background-networking", "--virtual-time-budget=9000", "--window-size=1300,900", "--hide-scrollbars"),
)
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND"
WIDTHS = (1200, 390)
PAPER = re.compile(rb"/Type\s*/Page\b")
FRAME = """<!DOCTYPE html><title>frame</title>{frames}<p id="drawn"></p><script>
    setTimeout(function () {{
      var counts = Array.from(document.querySelectorAll('iframe')).map(function (frame) {{
        return frame.contentDocument.querySelectorAll('.svg-container').length;
      }});
      var phone = document.querySelector('iframe[width="390"]').contentDocument.documentElement;
      counts.push('and ' + phone.scrollWidth + ' wide');
      document.getElementById('drawn').textContent = 'drawn ' + counts.join(' ');
    }}, 7000);
</script>"""


@cache
def brief():
    return result_of(BriefQuestion("small_firm", runs=10), Settings(workers=1))


def started(folder: Path, file: str, *options: str) -> subprocess.CompletedProcess[str]:
    """A browser of its own that opens a file, offline."""
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [str(BROWSER), *OPTIONS, OFFLINE, profile, *options, (folder / file).as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)


def opened(page: str, folder: Path) -> tuple[list[str], str]:
    """What the console says, and how many figures are drawn at both widths, and how wide the page is on a phone."""
    (folder / "report.html").write_text(page, encoding="utf-8")
    frames = "".join(f'<iframe src="report.html" width="{width}" height="9000"></iframe>' for width in WIDTHS)
    (folder / "frame.html").write_text(FRAME.format(frames=frames), encoding="utf-8")
    done = started(folder, "frame.html", "--dump-dom")
    drawn = re.search(r"drawn ([\w ]+)<", done.stdout)
    return re.findall(r"CONSOLE.*", done.stderr), drawn.group(1) if drawn else ""


def printed(page: str, folder: Path) -> int:
    """Pages on paper."""
    (folder / "report.html").write_text(page, encoding="utf-8")
    started(folder, "report.html", f"--print-to-pdf={folder / 'printed.pdf'}")
    return len(PAPER.findall((folder / "printed.pdf").read_bytes()))


needs_browser = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here to open the report with")


@needs_browser
@pytest.mark.parametrize("result", [comparison, brief])
def test_every_figure_is_drawn_nothing_is_wider_than_a_phone_and_the_console_stays_empty(result, tmp_path):
    n_figures = len(result().figures())
    assert opened(page_of(result()), tmp_path) == ([], f"{n_figures} {n_figures} and 390 wide")


@needs_browser
def test_a_brief_prints_on_one_page_and_a_comparison_with_its_folded_numbers_on_many(tmp_path):
    assert printed(page_of(brief()), tmp_path) == 1
    folded = page_of(comparison())
    assert printed(folded, tmp_path) > printed(re.sub(r"(?s)<details>.*?</details>", "", folded), tmp_path)


@needs_browser
def test_an_error_in_the_page_is_noticed(tmp_path):
    said, _ = opened("<!DOCTYPE html><script>nothing.at.all</script>", tmp_path)
    assert any("nothing is not defined" in line for line in said)


@needs_browser
def test_a_page_wider_than_a_phone_is_noticed(tmp_path):
    _, drawn = opened('<!DOCTYPE html><body style="margin:0"><p style="width:500px">wide', tmp_path)
    assert drawn == "0 0 and 500 wide"
