"""The page in Firefox: it opens from a file and lives the same companies, to the last bit."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import scenarios
from simulation import simulate
from studio.kit import kit_of_company
from studio.playback import live_page

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
NODE = shutil.which("node")
PUPPETEER = Path(__file__).parents[2] / "studio/page/node_modules/puppeteer-core/lib/puppeteer/puppeteer-core.js"


@pytest.mark.skipif(
    not (FIREFOX and NODE and PUPPETEER.exists()),
    reason="NO FIREFOX: without Firefox, Node and `npm ci` in studio/page no page is tested there",
)
def test_firefox_opens_the_file_and_lives_what_python_lives(tmp_path):
    practices = ("undefined", "aligned")
    cases = [{"company": "small_firm", "practices": one, "changes": [], "seed": 5} for one in practices]
    page = tmp_path / "play.html"
    page.write_text(live_page([kit_of_company("small_firm")], cases), encoding="utf-8")
    command = [NODE, str(Path(__file__).with_name("firefox.mjs")), PUPPETEER.as_uri(), FIREFOX, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = json.loads(done.stdout)
    lived = [simulate(scenarios.load("small_firm", one), 5).outcomes["contribution_eur"] for one in practices]
    assert found["outcomes"] == lived
    assert found["wrong"] == []
    assert found["wide"] <= 390
    assert "Undefined" in found["said"]
